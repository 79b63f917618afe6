import { type FormEvent, useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { standpointOf } from '../../../app/search.ts'
import { useEntityOffers } from '../../../parts/editing/offers.ts'
import { Button, ChoiceField, FieldRow, TextField } from '../../../ui/form/index.ts'
import { Dialog } from '../../../ui/overlay/index.ts'
import classes from './ship.module.css'

const SEVERITIES = ['critical', 'high', 'medium', 'low'].map((value) => ({ value, label: value }))

/** Says that something is wrong: an incident record, until somebody resolves it. */
export function IncidentDialog({ onClose }: { onClose: () => void }) {
  const { search } = useAddress()
  const scope = standpointOf(search).scope ?? 'default'
  const { act, busy } = useAct()
  const offers = useEntityOffers('component')
  const [service, setService] = useState('')
  const [title, setTitle] = useState('')
  const [severity, setSeverity] = useState('high')
  const [since, setSince] = useState('')
  const [asked, setAsked] = useState(false)
  const wrong = {
    service: service.trim() === '' ? 'Which service?' : undefined,
    title: title.trim().length < 3 ? 'Say what people notice.' : undefined,
  }
  const shown = (text: string | undefined) => (asked ? text : undefined)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (wrong.service || wrong.title) return
    const name = service.trim()
    const component = name.includes('/') || name.includes(':') ? name : `${scope}/${name}`
    const wish = { component, title, severity, ...(since === '' ? {} : { openedAt: new Date(since).toISOString() }) }
    const done = await act('incident.declare', wish, ({ id }) => ({
      text: 'Declared: the gate and the measures count it until it is resolved.',
      undo: () => void act('incident.withdraw', { id }, () => ({ text: 'Taken back: there was no incident.' })),
    }))
    if (done) onClose()
  }
  return (
    <Dialog title="Declare an incident" onClose={onClose}>
      <form className={classes.form} onSubmit={(event) => void save(event)}>
        <TextField label="Service" value={service} onChange={setService} offers={offers} error={shown(wrong.service)} />
        <TextField
          label="What people notice"
          value={title}
          onChange={setTitle}
          placeholder="cards are refused"
          error={shown(wrong.title)}
        />
        <FieldRow>
          <ChoiceField label="Severity" value={severity} onChange={setSeverity} choices={SEVERITIES} />
          <TextField label="Since" hint="Now where left empty" optional type="datetime-local" value={since} onChange={setSince} />
        </FieldRow>
        <p className="quiet small">It pages nobody: it is a record. Incidents your pager tells of need not be declared here.</p>
        <div className={classes.buttons}>
          <Button type="submit" look="danger" busy={busy}>
            Declare
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
