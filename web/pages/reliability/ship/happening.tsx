import { useLoaded } from '../../../api/index.ts'
import { useAct } from '../../../app/act.ts'
import { useAddress } from '../../../app/address.ts'
import { GoTo, shortName } from '../../../app/go.tsx'
import { recordOf } from '../../../app/urls.ts'
import { Freezes, freezesAsk } from '../../../parts/freezes.tsx'
import classes from '../../../parts/happening.module.css'
import { Button } from '../../../ui/form/index.ts'
import { formatCount } from '../../../ui/figure/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { State } from '../../../ui/state/index.ts'
import { When } from '../../../ui/text/index.ts'
import { type Incident, incidentsAsk } from './asks.ts'

/** More incidents than these would push the promises out of sight. */
const FIRST = 6

/** What holds releases now, besides budgets: incidents that are open, and freezes. */
export function Happening() {
  const { search, set } = useAddress()
  const { incidents } = useLoaded(incidentsAsk(search))
  const freezes = useLoaded(freezesAsk(search)).freezes.filter(({ state }) => state === 'in_force')
  const shown = search.all ? incidents : incidents.slice(0, FIRST)
  return (
    <>
      {incidents.length > 0 && (
        <Section title="Open incidents" note="the gate holds a component with one, as its policy says">
          <ul className={classes.list}>
            {shown.map((incident) => (
              <li key={`${incident.component} ${incident.id}`}>
                <IncidentTold incident={incident} />
              </li>
            ))}
          </ul>
          {shown.length < incidents.length && (
            <div className={classes.more}>
              <Button onClick={() => set({ all: '1' })}>Show the other {formatCount(incidents.length - shown.length)}</Button>
            </div>
          )}
        </Section>
      )}
      {freezes.length > 0 && (
        <Section title="Freezes" note="nothing is released meanwhile">
          <Freezes freezes={freezes} />
        </Section>
      )}
    </>
  )
}

/** Freezes to come. */
export function FreezesToCome() {
  const { search } = useAddress()
  const freezes = useLoaded(freezesAsk(search)).freezes.filter(({ state }) => state === 'coming')
  if (freezes.length === 0) return null
  return (
    <Section title="Freezes to come" note="nothing is released then">
      <Freezes freezes={freezes} />
    </Section>
  )
}

function IncidentTold({ incident: { id, component, title, severity, openedAt, ours } }: { incident: Incident }) {
  const { act, busy } = useAct()
  const settle = (resolved: boolean) =>
    void act('incident.resolve', { id, resolved }, () => ({
      text: resolved ? 'Resolved: it holds nothing any more.' : 'It is open again.',
      undo: () => settle(!resolved),
    }))
  return (
    <>
      <div>
        <State state="missed" words={severity ? `Open, ${severity}` : 'Open'} />{' '}
        <GoTo id={recordOf(id, component)}>
          {shortName(component)}: {title}
        </GoTo>{' '}
        <span className="quiet small">
          since <When at={openedAt} clock />
          {!ours && '; to be resolved in the system that told of it'}
        </span>
      </div>
      {ours && (
        <Button busy={busy} onClick={() => settle(true)}>
          Resolve<span className="visually-hidden">: {title}</span>
        </Button>
      )}
    </>
  )
}
