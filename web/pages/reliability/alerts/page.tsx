import { useLoaded } from '../../../api/index.ts'
import { useAddress } from '../../../app/address.ts'
import { useLive } from '../../../app/live.ts'
import { Go, GoTo, shortName } from '../../../app/go.tsx'
import { urls } from '../../../app/urls.ts'
import { EmptyState } from '../../../ui/feedback/index.ts'
import { plural } from '../../../ui/figure/index.ts'
import { buttonClass } from '../../../ui/form/index.ts'
import { Page, Section } from '../../../ui/page/index.ts'
import { AlertCard } from './alert-card.tsx'
import classes from './alerts.module.css'
import { alertsAsk, type Inbox } from './asks.ts'
import { History } from './history.tsx'
import { Silences } from './silences.tsx'
import { Targets } from './targets.tsx'

/** Cards shown at first; more than these nobody reads at three in the morning. */
const SHOWN = 25

export default function AlertsPage() {
  const { search, set } = useAddress()
  const inbox = useLoaded(alertsAsk(search))
  useLive('alerts', 'burn.alerts')
  const { standing } = inbox
  const shown = search.all ? standing : standing.slice(0, SHOWN)
  return (
    <Page title="Alerts" asks="Which budgets burn too fast, since when, and what do we do?" answer={<p>{answerOf(inbox)}</p>}>
      <InCommon inbox={inbox} />
      {standing.length > 0 && (
        <Section title="Now" note="those that wake somebody first, the longest first">
          <ul className={classes.cards}>
            {shown.map((alert) => (
              <AlertCard key={alert.id} alert={alert} />
            ))}
          </ul>
          {shown.length < standing.length && (
            <button type="button" className={classes.more} onClick={() => set({ all: '1' })}>
              Show the other {standing.length - shown.length}
            </button>
          )}
        </Section>
      )}
      {inbox.watched === 0 && standing.length === 0 && (
        <EmptyState
          title="Nothing is watched yet"
          why="An SLO says what was promised. Its alerts then tell when its error budget burns too fast, in time to do something."
          action={
            <Go to={urls.sloNew()} className={buttonClass}>
              Promise something
            </Go>
          }
          command="throughline apply slos/"
        />
      )}
      <History inbox={inbox} />
      <Silences inbox={inbox} />
      <Targets inbox={inbox} />
    </Page>
  )
}

/** Where to look first when many burn at once. */
function InCommon({ inbox: { common } }: { inbox: Inbox }) {
  if (common === null) return null
  const { ref, covers, of, fires } = common
  return (
    <p>
      Look first at {ref.startsWith('component:') ? <GoTo id={ref}>{shortName(ref)}</GoTo> : <strong>{ref}</strong>}: {covers} of the {of}{' '}
      services that burn {fires ? 'are it, or depend on it' : 'depend on it'}, directly or through others. That says where they meet, and
      not yet why they burn. <Go to={urls.health()}>Who calls whom</Go>
    </p>
  )
}

/** "2 alerts fire: checkout (page), search (ticket). 1 is about to." */
function answerOf({ standing, watched, silences }: Inbox): string {
  const firing = standing.filter(({ state }) => state === 'firing')
  const pending = standing.length - firing.length
  const quiet = silences.filter(({ holds }) => holds).length
  const services = [...new Set(firing.map(({ service, severity }) => `${shortName(service)} (${severity})`))]
  const named = services.length > 4 ? `${services.slice(0, 3).join(', ')} and ${services.length - 3} more` : services.join(', ')
  const first =
    firing.length > 0
      ? `${plural(firing.length, 'alert')} ${firing.length === 1 ? 'fires' : 'fire'}: ${named}.`
      : watched === 0
        ? 'Unknown: no promise is watched.'
        : `Nothing fires: ${plural(watched, 'rule')} are looked at twice a minute.`
  return [
    first,
    pending > 0 ? `${pending} ${pending === 1 ? 'is' : 'are'} about to.` : '',
    quiet > 0 ? `${plural(quiet, 'silence')} ${quiet === 1 ? 'holds' : 'hold'}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}
