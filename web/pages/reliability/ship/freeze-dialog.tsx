import { useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { standpointOf } from '../../../app/search.ts'
import { readerZone } from '../../../app/zone.ts'
import { useEntityOffers } from '../../../parts/editing/offers.ts'
import { ChoiceField, FieldRow, TextField, useDraft } from '../../../ui/form/index.ts'
import { FormDialog } from '../../../ui/overlay/index.ts'

const EXEMPT = [
  { value: 'fix,security', label: 'fixes and security' },
  { value: 'fix,security,reliability', label: 'fixes, security and reliability' },
  { value: '', label: 'nothing' },
]

const EMPTY = { what: '', from: '', to: '', reason: '', exempt: EXEMPT[0]!.value }

/** Adds a span to the freeze calendar: what, until when, and why. */
export function FreezeDialog({ onClose }: { onClose: () => void }) {
  const { search } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const { act, busy } = useAct()
  const offers = useEntityOffers('component', 'system')
  const { draft, change, discard } = useDraft(`freeze:${scope}`, EMPTY)
  const { what, from, to, reason, exempt } = draft
  const [asked, setAsked] = useState(false)
  const wrong = {
    to: to === '' ? 'When does it end?' : from !== '' && to <= from ? 'It ends before it begins.' : undefined,
    reason: reason.trim().length < 3 ? 'Say why: whoever is held will read it.' : undefined,
  }
  const shown = (text: string | undefined) => (asked ? text : undefined)
  const save = async () => {
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
    if (!done) return
    discard()
    onClose()
  }
  return (
    <FormDialog title="Freeze releases" verb="Freeze" look="danger" busy={busy} onSubmit={() => void save()} onClose={onClose}>
      <TextField
        label="What"
        hint="A component or a system; everything here where you leave it empty."
        optional
        value={what}
        onChange={(next) => change({ what: next })}
        offers={offers}
      />
      <FieldRow>
        <TextField
          label="From"
          hint="Now where left empty"
          optional
          type="datetime-local"
          value={from}
          onChange={(next) => change({ from: next })}
        />
        <TextField
          label="Until"
          hint="In your time zone"
          type="datetime-local"
          value={to}
          onChange={(next) => change({ to: next })}
          error={shown(wrong.to)}
        />
      </FieldRow>
      <TextField
        label="Why"
        value={reason}
        onChange={(next) => change({ reason: next })}
        placeholder="parcels for Christmas"
        error={shown(wrong.reason)}
      />
      <ChoiceField label="What may go out all the same" value={exempt} onChange={(next) => change({ exempt: next })} choices={EXEMPT} />
    </FormDialog>
  )
}
