import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, ask } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { shortName } from '../../app/go.tsx'
import { plural } from '../../ui/figure/index.ts'
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
  const { data, error } = useQuery(ask('link.list', { target: vision }))
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
      {error && <p className="quiet">Which links there are is unknown: {explain(error).why}</p>}
      <Links
        links={data?.links ?? []}
        busy={busy}
        takeBack={(id) => void act('link.revoke', { id }, () => ({ text: 'The link opens nothing any more.' }))}
      />
    </Dialog>
  )
}

type Link = Answer<'link.list'>['links'][number]

/** The links made before: those that work, to be taken back, and those that ended. */
function Links({ links, busy, takeBack }: { links: readonly Link[]; busy: boolean; takeBack: (id: string) => void }) {
  const newest = links.toReversed()
  const [live, ended] = [newest.filter((link) => link.live), newest.filter((link) => !link.live)]
  return (
    <>
      {live.length > 0 && (
        <section aria-label="Links that work">
          <h3>Links that work</h3>
          <ul className={classes.links}>
            {live.map((link) => (
              <li key={link.id}>
                <span>
                  <MadeBy link={link} />,{' '}
                  {link.expiresAt ? (
                    <>
                      ends on <When at={link.expiresAt} />
                    </>
                  ) : (
                    'ends when it is taken back'
                  )}
                  , <LastRead link={link} />
                </span>
                <Button look="quiet" busy={busy} onClick={() => takeBack(link.id)}>
                  Take back
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{plural(ended.length, 'link')} that ended</summary>
          <ul className={classes.links}>
            {ended.map((link) => (
              <li key={link.id}>
                <span>
                  <MadeBy link={link} />,{' '}
                  {link.revokedAt ? (
                    <>
                      taken back on <When at={link.revokedAt} />
                    </>
                  ) : (
                    <>
                      ended on <When at={link.expiresAt ?? link.createdAt} />
                    </>
                  )}
                  , <LastRead link={link} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function MadeBy({ link: { createdAt, createdBy } }: { link: Link }) {
  return (
    <>
      Made on <When at={createdAt} /> by {shortName(createdBy)}
    </>
  )
}

function LastRead({ link: { lastUsedAt } }: { link: Link }) {
  return lastUsedAt ? (
    <>
      last read on <When at={lastUsedAt} />
    </>
  ) : (
    'never read'
  )
}
