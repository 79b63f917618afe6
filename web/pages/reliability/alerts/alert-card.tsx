import { useState } from 'react'
import { useAct } from '../../../app/act.ts'
import { Go, shortName } from '../../../app/go.tsx'
import { urls } from '../../../app/urls.ts'
import { formatQuantity } from '../../../ui/figure/index.ts'
import { Button } from '../../../ui/form/index.ts'
import { State } from '../../../ui/state/index.ts'
import { capitalised, Term, When } from '../../../ui/text/index.ts'
import classes from './alerts.module.css'
import type { Alert } from './asks.ts'
import { Told } from './deliveries.tsx'
import { SilenceDialog } from './silence-dialog.tsx'

/** One alert: what burns, since when, what to do, who was told; and the two things one does at once. */
export function AlertCard({ alert }: { alert: Alert }) {
  const { slo, title, target, severity, service, state, since, words, lastsSeconds, silentSince, runbook } = alert
  const isPage = severity === 'page'
  return (
    <li className={classes.card} data-state={state} data-page={isPage || undefined}>
      <div className={classes.cardHead}>
        <State
          state={state === 'pending' ? 'at_risk' : isPage ? 'missed' : 'at_risk'}
          words={state === 'pending' ? 'About to fire' : 'Fires'}
        />
        <span className={classes.severity}>{severity}</span>
        <h3>
          <Go to={urls.entity(slo)}>{title}</Go>
        </h3>
        <span className="quiet">
          <Go to={urls.entity(service)}>{shortName(service)}</Go>
          {target !== null && `, ${formatQuantity(target, 'ratio')} promised`}
        </span>
      </div>
      <p className={classes.words}>
        <Words of={words} />
        {lastsSeconds !== null && ` At this pace a whole budget lasts ${formatQuantity(lastsSeconds, 's')}.`}
      </p>
      <p className="quiet">
        Since <When at={since} clock />
        {silentSince && (
          <>
            ; unknown since <When at={silentSince} clock />: no samples come, so it is not known whether it goes on
          </>
        )}
        .{' '}
        {runbook ? (
          <a href={runbook} rel="noreferrer">
            What to do
          </a>
        ) : (
          <>
            Nobody wrote what to do: link it in the annotation <code>throughline.dev/runbook</code> of the SLO.
          </>
        )}
      </p>
      <Told alert={alert} />
      <Acts alert={alert} />
    </li>
  )
}

const BURNS = 'burns its budget'

/** What is seen, the word that needs it explained. */
function Words({ of }: { of: string }) {
  if (!of.startsWith(BURNS)) return <>{capitalised(of)}.</>
  return (
    <>
      It <Term of="burn rate">{BURNS}</Term>
      {of.slice(BURNS.length)}.
    </>
  )
}

function Acts({ alert }: { alert: Alert }) {
  const { act, busy } = useAct()
  const [silencing, setSilencing] = useState(false)
  const { id, acknowledged, state } = alert
  const acknowledge = (yes: boolean) =>
    act('burn.acknowledge', { id, acknowledged: yes }, () => ({
      text: yes ? 'It is yours: others see that somebody looks after it.' : 'It is nobody’s again.',
      ...(yes ? { undo: () => void acknowledge(false) } : {}),
    }))
  return (
    <div className={classes.acts} data-screen-only>
      {acknowledged ? (
        <>
          <span>
            {shortName(acknowledged.by)} looks after it since <When at={acknowledged.at} clock />
          </span>
          <Button look="quiet" busy={busy} onClick={() => void acknowledge(false)}>
            Give it back
          </Button>
        </>
      ) : (
        <Button look="primary" busy={busy} onClick={() => void acknowledge(true)}>
          Acknowledge
        </Button>
      )}
      {state === 'firing' && alert.silence === null && <Button onClick={() => setSilencing(true)}>Silence…</Button>}
      {silencing && <SilenceDialog alert={alert} onClose={() => setSilencing(false)} />}
    </div>
  )
}
