import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, forget, server } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Deliveries } from '../../parts/deliveries.tsx'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { useToast } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { alertsAsk } from './asks.ts'
import classes from './monday.module.css'

type Alert = Answer<'alerts'>['alerts'][number]

/** Changes told at once; the page of measures has all. */
const MOST = 5

/** Changes of level that became visible within a fortnight, worst first; put aside once seen. Arrives after the page: it takes longer. */
export function Changed() {
  const { search } = useAddress()
  const { data, error } = useQuery(alertsAsk(search))
  const { see, busy } = useSeen()
  if (error)
    return (
      <Section title="Changed lately">
        <p className="quiet">Unknown: {explain(error).why}</p>
      </Section>
    )
  const alerts = data?.alerts ?? []
  if (alerts.length === 0) return null
  const open = alerts.filter(({ seen }) => seen === null)
  const aside = alerts.filter(({ seen }) => seen !== null)
  return (
    <Section
      title={<Term of="change of level">Changed lately</Term>}
      note="of outcomes and headline measures; what stands around a change need not be its cause"
    >
      {open.length > 0 && (
        <ul className={classes.decide}>
          {open.slice(0, MOST).map((alert) => (
            <li key={keyOf(alert)}>
              <div className={classes.question}>
                <EffectOf alert={alert} />
                <GroundedClaim claim={alert.claim} />
                <Go to={urls.measure(alert.measure)} search={subjectOf(alert)} className="small">
                  Open the measure
                </Go>
                <Deliveries deliveries={alert.told} />
              </div>
              <Button busy={busy} onClick={() => void see(alert, true)}>
                Seen<span className="visually-hidden">: {alert.title}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open.length > MOST && (
        <p className="quiet small">
          <Go to={urls.measures()}>{plural(open.length - MOST, 'more change')}</Go>
        </p>
      )}
      {data!.listeners.length === 0 && (
        <p className="quiet small" data-screen-only>
          Nobody is sent a message of these: <Go to={urls.alerts()}>say who is told</Go>.
        </p>
      )}
      {aside.length > 0 && <Aside alerts={aside} onBack={(alert) => void see(alert, false)} />}
    </Section>
  )
}

const EFFECTS: Record<NonNullable<Alert['effect']>, [StateName, string]> = { worse: ['at_risk', 'Worse'], better: ['met', 'Better'] }

function EffectOf({ alert: { effect } }: { alert: Alert }) {
  if (!effect) return null
  const [state, words] = EFFECTS[effect]
  return <State state={state} words={words} quiet />
}

/** What was put aside, by whom, with the way back. */
function Aside({ alerts, onBack }: { alerts: readonly Alert[]; onBack: (alert: Alert) => void }) {
  return (
    <details className={classes.aside}>
      <summary>{plural(alerts.length, 'change')} put aside</summary>
      <ul className={classes.unknowns}>
        {alerts.map((alert) => (
          <li key={keyOf(alert)}>
            <span>
              {alert.title}, by {alert.seen!.by.slice(alert.seen!.by.indexOf('/') + 1)} on <When at={alert.seen!.on} />
            </span>
            <Button look="quiet" onClick={() => onBack(alert)}>
              Show it again<span className="visually-hidden">: {alert.title}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Puts a change aside, or takes that back; the toast has the way back. */
function useSeen() {
  const { standpoint } = useAddress()
  const { act, busy } = useAct()
  const client = useQueryClient()
  const toast = useToast()
  const inputOf = ({ measure, subject, at, before, after }: Alert, seen: boolean) => ({
    scope: standpoint.scope ?? 'default',
    measure,
    subject,
    at,
    up: after > before,
    seen,
  })
  const undo = async (alert: Alert) => {
    try {
      await server.call('alert.see', inputOf(alert, false))
      await forget(client)
      toast({ text: 'It is shown again.' })
    } catch (error) {
      toast({ text: explain(error).why, tone: 'error' })
    }
  }
  const see = (alert: Alert, seen: boolean) =>
    act('alert.see', inputOf(alert, seen), () =>
      seen ? { text: `${alert.title} is put aside.`, undo: () => void undo(alert) } : { text: `${alert.title} is shown again.` },
    )
  return { see, busy }
}

function keyOf({ measure, subject, at }: Alert): string {
  return `${measure} ${subject} ${at}`
}

function subjectOf({ subject, step }: Alert): Record<string, string | undefined> {
  return { subject: subject.startsWith('namespace:') ? undefined : subject, grain: step }
}
