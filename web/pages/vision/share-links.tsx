import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, ask } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { Button, ChoiceField } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import { Copyable, When } from '../../ui/text/index.ts'
import classes from './vision.module.css'

const TERMS = [
  { value: '', label: 'until it is taken back' },
  { value: '30', label: 'for 30 days' },
  { value: '366', label: 'for a year' },
] as const

/** Links by which the vision is read without an account: make one, see which there are, take one back. */
export function ShareVision({ vision }: { vision: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Share</Button>
      {open && <ShareDialog vision={vision} onClose={() => setOpen(false)} />}
    </>
  )
}

function ShareDialog({ vision, onClose }: { vision: string; onClose: () => void }) {
  const { standpoint } = useAddress()
  const { act, busy } = useAct()
  const [days, setDays] = useState('')
  const [made, setMade] = useState<Answer<'vision.share'>>()
  const { data } = useQuery(ask('link.list', { target: vision }))
  const live = (data?.links ?? []).filter((link) => link.live)
  const make = async () =>
    setMade(
      await act(
        'vision.share',
        { ...(standpoint.scope ? { scope: standpoint.scope } : {}), ...(days ? { days: Number(days) } : {}) },
        () => ({ text: 'A link is made.' }),
      ),
    )
  return (
    <Dialog title="Share the vision" onClose={onClose}>
      <p>Whoever has the link reads this page and its outcomes and principles, without an account, and nothing else.</p>
      {made ? (
        <p className={classes.madeLink}>
          <Copyable label="the link">{`${window.location.origin}${made.path}`}</Copyable>
          <span className="quiet small">It is shown this once.</span>
        </p>
      ) : (
        <div className={classes.choices}>
          <ChoiceField label="It works" value={days} onChange={setDays} choices={TERMS} />
          <Button look="primary" busy={busy} onClick={() => void make()}>
            Make a link
          </Button>
        </div>
      )}
      {live.length > 0 && (
        <>
          <h3>Links that work</h3>
          <ul className={classes.links}>
            {live.map((link) => (
              <li key={link.id}>
                <span>
                  Made on <When at={link.createdAt} />
                  {link.expiresAt && (
                    <>
                      , ends on <When at={link.expiresAt} />
                    </>
                  )}
                  {link.lastUsedAt ? (
                    <>
                      , last read on <When at={link.lastUsedAt} />
                    </>
                  ) : (
                    ', never read'
                  )}
                </span>
                <Button
                  look="quiet"
                  busy={busy}
                  onClick={() => void act('link.revoke', { id: link.id }, () => ({ text: 'The link opens nothing any more.' }))}
                >
                  Take back
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}
