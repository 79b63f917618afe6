import { useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { standpointOf } from '../../../app/search.ts'
import { useEntityOffers } from '../../../parts/editing/offers.ts'
import { ChoiceField, FieldRow, TextField, useDraft } from '../../../ui/form/index.ts'
import { FormDialog } from '../../../ui/overlay/index.ts'

const SEVERITIES = ['critical', 'high', 'medium', 'low'].map((value) => ({ value, label: value }))

const EMPTY = { service: '', title: '', severity: 'high', since: '' }

/** Says that something is wrong: an incident record, until somebody resolves it. */
export function IncidentDialog({ onClose }: { onClose: () => void }) {
  const { search } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const { act, busy } = useAct()
  const offers = useEntityOffers('component')
  const { draft, change, discard } = useDraft(`incident:${scope}`, EMPTY)
  const { service, title, severity, since } = draft
  const [asked, setAsked] = useState(false)
  const wrong = {
    service: service.trim() === '' ? 'Which service?' : undefined,
    title: title.trim().length < 3 ? 'Say what people notice.' : undefined,
  }
  const shown = (text: string | undefined) => (asked ? text : undefined)
  const save = async () => {
    setAsked(true)
    if (wrong.service || wrong.title) return
    const name = service.trim()
    const component = name.includes('/') || name.includes(':') ? name : `${scope}/${name}`
    const wish = { component, title, severity, ...(since === '' ? {} : { openedAt: new Date(since).toISOString() }) }
    const done = await act('incident.declare', wish, ({ id }) => ({
      text: 'Declared: the gate and the measures count it until it is resolved.',
      undo: () => void act('incident.withdraw', { id }, () => ({ text: 'Taken back: there was no incident.' })),
    }))
    if (!done) return
    discard()
    onClose()
  }
  return (
    <FormDialog title="Declare an incident" verb="Declare" look="danger" busy={busy} onSubmit={() => void save()} onClose={onClose}>
      <TextField
        label="Service"
        value={service}
        onChange={(next) => change({ service: next })}
        offers={offers}
        error={shown(wrong.service)}
      />
      <TextField
        label="What people notice"
        value={title}
        onChange={(next) => change({ title: next })}
        placeholder="cards are refused"
        error={shown(wrong.title)}
      />
      <FieldRow>
        <ChoiceField label="Severity" value={severity} onChange={(next) => change({ severity: next })} choices={SEVERITIES} />
        <TextField
          label="Since"
          hint="Now where left empty"
          optional
          type="datetime-local"
          value={since}
          onChange={(next) => change({ since: next })}
        />
      </FieldRow>
      <p className="quiet small">It pages nobody: it is a record. Incidents your pager tells of need not be declared here.</p>
    </FormDialog>
  )
}
