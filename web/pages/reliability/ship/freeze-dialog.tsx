import { type FormEvent, useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { standpointOf } from '../../../app/search.ts'
import { readerZone } from '../../../app/zone.ts'
import { useEntityOffers } from '../../../parts/editing/offers.ts'
import { Button, ChoiceField, FieldRow, TextField } from '../../../ui/form/index.ts'
import { Dialog } from '../../../ui/overlay/index.ts'
import classes from './ship.module.css'

const EXEMPT = [
  { value: 'fix,security', label: 'fixes and security' },
  { value: 'fix,security,reliability', label: 'fixes, security and reliability' },
  { value: '', label: 'nothing' },
]

/** Adds a span to the freeze calendar: what, until when, and why. */
export function FreezeDialog({ onClose }: { onClose: () => void }) {
  const { search } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const { act, busy } = useAct()
  const offers = useEntityOffers('component', 'system')
  const [what, setWhat] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [exempt, setExempt] = useState(EXEMPT[0]!.value)
  const [asked, setAsked] = useState(false)
  const wrong = {
    to: to === '' ? 'When does it end?' : from !== '' && to <= from ? 'It ends before it begins.' : undefined,
    reason: reason.trim().length < 3 ? 'Say why: whoever is held will read it.' : undefined,
  }
  const shown = (text: string | undefined) => (asked ? text : undefined)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (wrong.to || wrong.reason) return
    const wish = {
      scope,
      for: what.trim(),
      ...(from === '' ? {} : { from: new Date(from).toISOString() }),
      to: new Date(to).toISOString(),
      zone: readerZone(),
      reason,
      exempt,
    }
    const done = await act('gate.freeze', wish, ({ ref }) => ({
      text: 'Frozen: the gate holds releases and says why.',
      undo: () => void act('gate.freeze.withdraw', { ref }, () => ({ text: 'Taken back: releases go on.' })),
    }))
    if (done) onClose()
  }
  return (
    <Dialog title="Freeze releases" onClose={onClose}>
      <form className={classes.form} onSubmit={(event) => void save(event)}>
        <TextField
          label="What"
          hint="A component or a system; everything here where you leave it empty."
          optional
          value={what}
          onChange={setWhat}
          offers={offers}
        />
        <FieldRow>
          <TextField label="From" hint="Now where left empty" optional type="datetime-local" value={from} onChange={setFrom} />
          <TextField label="Until" hint="In your time zone" type="datetime-local" value={to} onChange={setTo} error={shown(wrong.to)} />
        </FieldRow>
        <TextField label="Why" value={reason} onChange={setReason} placeholder="parcels for Christmas" error={shown(wrong.reason)} />
        <ChoiceField label="What may go out all the same" value={exempt} onChange={setExempt} choices={EXEMPT} />
        <div className={classes.buttons}>
          <Button type="submit" look="danger" busy={busy}>
            Freeze
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
