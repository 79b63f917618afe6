import { useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { shortName } from '../../../app/go.tsx'
import { ChoiceField, TextField } from '../../../ui/form/index.ts'
import { FormDialog } from '../../../ui/overlay/index.ts'
import { type Alert, scopeOf } from './asks.ts'

const HOURS = [
  { value: '1', label: 'an hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: 'a day' },
  { value: '168', label: 'a week' },
]
const HOUR = 3_600_000

/** Tells nobody for a while: of this promise, or of all of its service. A reason is asked for, since others will read it. */
export function SilenceDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { search } = useAddress()
  const { act, busy } = useAct()
  const [of, setOf] = useState<'service' | 'slo'>('service')
  const [hours, setHours] = useState('1')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const save = async () => {
    setAsked(true)
    if (reason.trim() === '') return
    const until = new Date(Date.now() + Number(hours) * HOUR).toISOString()
    const which = of === 'slo' ? { slo: alert.slo } : { service: alert.service }
    const done = await act('burn.silence', { scope: scopeOf(search), ...which, reason, until }, ({ id }) => ({
      text: 'Silenced: it is shown here, and nobody is told.',
      undo: () => void act('burn.silence_end', { id }, () => ({ text: 'The silence is over.' })),
    }))
    if (done) onClose()
  }
  return (
    <FormDialog title={`Silence ${shortName(alert.service)}`} verb="Silence" busy={busy} onSubmit={() => void save()} onClose={onClose}>
      <ChoiceField
        label="Silence"
        value={of}
        onChange={(value) => setOf(value === 'slo' ? 'slo' : 'service')}
        choices={[
          { value: 'service', label: `all of ${shortName(alert.service)}` },
          { value: 'slo', label: alert.title },
        ]}
      />
      <ChoiceField label="For" value={hours} onChange={setHours} choices={HOURS} />
      <TextField
        label="Why"
        value={reason}
        onChange={setReason}
        placeholder="moving the database"
        error={asked && reason.trim() === '' ? 'Say why: whoever is on call next will want to know.' : undefined}
      />
    </FormDialog>
  )
}
