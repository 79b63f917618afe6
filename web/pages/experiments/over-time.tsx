import { useMeanwhile } from '../../parts/meanwhile.tsx'
import { TimeSeries } from '../../ui/chart/index.ts'
import { Section } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import type { Told } from './asks.ts'
import classes from './experiments.module.css'
import { amount, percent } from './standing.ts'

const DAY = 86_400_000

/** The difference as it stood at the end of each day, with the interval that holds at all of them at once. */
export function OverTime({ told }: { told: Told }) {
  const { looks, unit, effect, rule, test } = told
  const points = looks.map(({ at, difference, interval, control, treatment }) => ({
    from: new Date(Date.parse(at) - DAY).toISOString(),
    to: at,
    value: difference,
    ...(interval ? { low: interval.low, high: interval.high } : {}),
    n: control + treatment,
  }))
  const { events, meanwhile } = useMeanwhile(points)
  if (looks.length === 0) return null
  const counted = looks.filter(({ difference }) => difference !== null)
  if (counted.length < 2)
    return (
      <Section title="Over time">
        <p className="quiet">
          {counted.length === 0
            ? `No look counts yet: it takes ${rule.least} values in each arm, and the smaller one has ${Math.min(told.control.n, told.treatment.n)}.`
            : 'One look counts so far: a way needs two.'}
        </p>
      </Section>
    )
  const worth = effect === null ? undefined : (rule.expect === 'lower' ? -1 : 1) * effect
  return (
    <Section
      title="Over time"
      note={
        <>
          treatment minus control; the band is the <Term>always-valid interval</Term>: it holds the true difference at every look at once (
          {percent(1 - rule.alpha)})
        </>
      }
    >
      <p className={classes.told}>
        {test.crossedAt ? (
          <>
            The rule has allowed to stop since <When at={test.crossedAt} />.
          </>
        ) : (
          'The rule does not allow to stop: as far as the band goes, there may be no difference.'
        )}{' '}
        {test.p !== null && (
          <>
            <Term>Always-valid p</Term> {test.p < 0.0001 ? 'below 0.0001' : test.p.toPrecision(2)}.
          </>
        )}
      </p>
      <TimeSeries
        title="Difference between the arms"
        untitled
        unit={unit}
        points={points}
        target={worth === undefined ? undefined : { value: worth, label: `worth finding: ${amount(worth, unit)}` }}
        events={events}
      />
      {meanwhile}
    </Section>
  )
}
