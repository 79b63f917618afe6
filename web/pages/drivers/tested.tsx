import { plural, unbroken } from '../../ui/figure/index.ts'
import { Term } from '../../ui/text/index.ts'
import type { Driver } from './asks.ts'
import classes from './drivers.module.css'
import { VerdictState } from '../../parts/verdict.tsx'

/** The verdict on one driver: the word, why, what would make it surer, and the numbers. */
export function Tested({ driver }: { driver: Driver }) {
  const { verdict, why, fix, tested } = driver
  return (
    <>
      <p>
        <VerdictState verdict={verdict} />
      </p>
      <p>{unbroken(why)}</p>
      {fix && <p className="quiet">{fix}</p>}
      {tested && <Numbers tested={tested} />}
    </>
  )
}

function Numbers({ tested }: { tested: NonNullable<Driver['tested']> }) {
  const { correlation, interval, p, n, grain, lagsDays, lagDays, block } = tested
  const rows: [string, string][] = [
    [
      'correlation',
      `${correlation.toFixed(2)} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}, ${Math.round(interval.level * 100)} %)`,
    ],
    ['n', plural(n, grain)],
    [
      'lags tested',
      lagsDays.from === lagsDays.to ? `${lagsDays.from} d` : `${lagsDays.from} to ${lagsDays.to} d; strongest at ${lagDays} d`,
    ],
    ['p', p.toFixed(3)],
    ['shuffled in blocks of', plural(block, grain)],
  ]
  return (
    <dl className={classes.numbers}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Term>{name}</Term>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
