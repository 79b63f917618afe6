import type { Answer } from '../api/index.ts'
import { Go } from '../app/go.tsx'
import { urls } from '../app/urls.ts'
import { Sparkline } from '../ui/chart/index.ts'
import { formatQuantity, unbroken } from '../ui/figure/index.ts'
import { State } from '../ui/state/index.ts'
import { sentence, When } from '../ui/text/index.ts'
import classes from './outcome-row.module.css'

export type Outcome = Answer<'outcomes'>['outcomes'][number]

/** One outcome in a list: where it stands, where it should be, and the way between. */
export function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const unit = outcome.measure?.unit ?? ''
  return (
    <li className={classes.row}>
      <div className={classes.state}>
        <State state={outcome.judgement.state} />
      </div>
      <div className={classes.words}>
        <h3>
          <Go to={urls.outcome(outcome.ref)}>{outcome.title}</Go>
        </h3>
        <p className={classes.statement}>{outcome.statement}</p>
        <p className={classes.because}>{unbroken(sentence(outcome.because))}</p>
      </div>
      <div className={classes.figures}>
        {outcome.value !== null && (
          <span className={classes.now}>
            {formatQuantity(outcome.value, unit)} <span className="quiet">now</span>
          </span>
        )}
        {outcome.target && (
          <span className="quiet">
            {outcome.target.value === null ? outcome.target.text : formatQuantity(outcome.target.value, unit)} by{' '}
            <When at={outcome.target.by} />
          </span>
        )}
        {outcome.measure && !outcome.judgement.reading?.unknown && outcome.judgement.reading && (
          <span className="quiet">n = {outcome.judgement.reading.n.toLocaleString('en-GB')}</span>
        )}
      </div>
      <div className={classes.spark}>
        {outcome.series.some((point) => point.value !== null) && (
          <Sparkline
            values={outcome.series.map((point) => point.value)}
            target={outcome.target?.value}
            label={`${outcome.title}: the last ${outcome.series.length} weeks`}
          />
        )}
      </div>
    </li>
  )
}
