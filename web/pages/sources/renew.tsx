import { useState } from 'react'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import { CopySteps, type Made } from './copy-steps.tsx'
import classes from './sources.module.css'

/** Makes the address and the secrets of this side anew, for when somebody saw them who should not. */
export function Renew({ id, title }: { id: string; title: string }) {
  const { act, busy } = useAct()
  const [asked, setAsked] = useState(false)
  const [made, setMade] = useState<Made>()
  const renew = async () => {
    const done = await act('connection.renew', { id }, () => ({ text: 'The old address takes nothing any more. Copy the new one now.' }))
    if (done) setMade(done)
    setAsked(false)
  }
  return (
    <>
      {made ? (
        <>
          <p className="quiet">Shown this once. Change what is set in {title}:</p>
          <CopySteps made={made} />
        </>
      ) : (
        <p className={classes.buttons}>
          <Button onClick={() => setAsked(true)}>Make a new address</Button>
        </p>
      )}
      {asked && (
        <Dialog title="Make a new address and secrets?" onClose={() => setAsked(false)}>
          <p>
            For when somebody saw them who should not. The old ones take nothing from that moment on, so {title} is turned away until the
            new ones are set there.
          </p>
          <p className={classes.buttons}>
            <Button onClick={() => setAsked(false)}>Keep the old ones</Button>
            <Button look="primary" busy={busy} onClick={() => void renew()}>
              Make new ones
            </Button>
          </p>
        </Dialog>
      )}
    </>
  )
}
