import type { Answer } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { Sparkline } from '../../ui/chart/index.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { State } from '../../ui/state/index.ts'
import classes from './story.module.css'

type Outcome = Answer<'story'>['outcomes'][number]

const MOVED = { better: '↗ better', worse: '↘ worse', up: '↑ up', down: '↓ down', unclear: 'no clear change' }

/** One outcome: what was, what is, what was promised, and the sentences about it. */
export function OutcomePart({ outcome, claims }: { outcome: Outcome; claims: readonly Answer<'story'>['claims'][number][] }) {
  const { measure, unit = '', before, now, target, moved, work, series, title, state, ref } = outcome
  const known = series.some(({ value }) => value !== null)
  return (
    <section className={classes.outcome} aria-label={title}>
      <h2>
        <Go to={urls.outcome(ref)}>{title}</Go>
        <State state={state} />
      </h2>
      {measure && now !== null && (
        <div className={classes.figures}>
          <p>
            <Go to={urls.measure(measure.id)}>{measure.title}</Go>{' '}
            <span className={classes.values}>
              {before === null ? 'unknown' : formatQuantity(before, unit)} → <strong>{formatQuantity(now, unit)}</strong>
              {target !== null && <span className="quiet"> → {formatQuantity(target, unit)} promised</span>}
            </span>
          </p>
          <p className="quiet small">
            {moved ? MOVED[moved] : 'change not judged'}
            {work && `, beside ${plural(work.n, 'change')}`}
          </p>
          {known && (
            <Sparkline values={series.map(({ value }) => value)} target={target} label={`${title}: the last ${series.length} weeks`} />
          )}
        </div>
      )}
      <ul className={classes.claims}>
        {claims.map((claim) => (
          <li key={claim.text}>
            <GroundedClaim claim={claim} />
          </li>
        ))}
      </ul>
    </section>
  )
}
