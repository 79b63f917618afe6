import { useState } from 'react'
import { useAct } from '../../app/act.ts'
import { AreaField, Button } from '../../ui/form/index.ts'
import { FormDialog } from '../../ui/overlay/index.ts'
import type { Told } from './asks.ts'

/** Keeps the result with the experiment; one that still runs is stopped early, and says why. */
export function KeepResult({ told }: { told: Told }) {
  const { act, busy } = useAct()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (told.kept || told.state === 'planned') return null
  const early = told.state === 'running'
  const keep = async () => {
    const why = reason.trim()
    const done = await act('experiment.keep', { ref: told.ref, ...(why ? { reason: why } : {}) }, () => ({
      text: early ? 'Stopped early; its result is kept.' : 'Its result is kept.',
    }))
    if (done) setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{early ? 'Stop early' : 'Keep the result'}</Button>
      {open && (
        <FormDialog
          title={early ? 'Stop before the rule allows it' : 'Keep the result'}
          verb={early ? 'Stop it' : 'Keep it'}
          busy={busy}
          disabled={early && reason.trim() === ''}
          onSubmit={() => void keep()}
          onClose={() => setOpen(false)}
        >
          <p>
            {early
              ? 'It will stand as stopped early and not as decided: the rule has not allowed to stop yet.'
              : `It will stand as it is today, also when its records are gone: ${told.words}`}
          </p>
          <AreaField
            label={early ? 'Why' : 'What was learned'}
            value={reason}
            onChange={setReason}
            placeholder={early ? 'The form it tries is being replaced' : 'One page it is; the five steps go'}
            optional={!early}
          />
        </FormDialog>
      )}
    </>
  )
}
