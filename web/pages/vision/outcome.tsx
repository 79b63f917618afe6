import { useLoaded } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { DriversOf } from '../../parts/drivers-of.tsx'
import { eventMarks, Happened } from '../../parts/happened.tsx'
import type { Outcome } from '../../parts/outcome-row.tsx'
import { Reservations, FixLink } from '../../parts/reading.tsx'
import { type Outlook, TimeSeries } from '../../ui/chart/index.ts'
import { formatCount, formatInterval, formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { sentence, Term, When } from '../../ui/text/index.ts'
import { outcomePageAsk } from './asks.ts'
import { Drivers, Guardrails } from './outcome-grounds.tsx'
import { RemarksAbout } from './remarks.tsx'
import { ServingWork } from './serving-work.tsx'
import classes from './vision.module.css'

export default function OutcomePage() {
  const { search } = useAddress()
  const { namespace = '', name = '' } = useNames()
  const { outcome, annotations, work } = useLoaded(outcomePageAsk(search, namespace, name))
  const { measure, target } = outcome
  return (
    <Page
      title={outcome.title}
      asks={outcome.statement}
      above={
        <>
          <Go to={urls.vision()}>Vision</Go> / Outcome
        </>
      }
      answer={
        <p>
          <State state={outcome.judgement.state} /> {unbroken(sentence(outcome.because))}
        </p>
      }
      actions={
        <>
          <Go to={urls.throughline()} search={{ from: outcome.ref }} className={buttonClass}>
            Trace to work
          </Go>
          <Go to={urls.outcomeEdit(outcome.ref)} className={buttonClass}>
            Edit
          </Go>
        </>
      }
    >
      <Facts outcome={outcome} />
      {measure && (
        <Section
          title={<Term of="measure">{measure.title}</Term>}
          note={`by week${outcome.quantile ? `, ${QUANTILE_WORDS[outcome.quantile] ?? outcome.quantile}` : ''}`}
          actions={
            <Go to={urls.measure(measure.id)} search={{ subject: outcome.subject }}>
              Open the measure
            </Go>
          }
        >
          <TimeSeries
            title={measure.title}
            untitled
            unit={measure.unit}
            points={outcome.series}
            outlook={outlookOf(outcome)}
            events={eventMarks(annotations, outcome.series)}
            target={
              typeof target?.value === 'number'
                ? { value: target.value, label: `promised ${formatQuantity(target.value, measure.unit)}` }
                : undefined
            }
          />
          <Happened annotations={annotations} />
          {outcome.judgement.reading && <Reservations reading={outcome.judgement.reading} />}
        </Section>
      )}
      <Guardrails guardrails={outcome.guardrails} />
      <Drivers drivers={outcome.drivers} />
      {measure && <DriversOf measure={measure.id} subject={outcome.subject} />}
      <ServingWork outcome={outcome} work={work} />
      <RemarksAbout about={outcome.ref} namespace={namespace} edit={urls.outcomeEdit(outcome.ref)} />
    </Page>
  )
}

/** Which of all values is shown. */
const QUANTILE_WORDS: Record<string, string> = {
  p50: 'the median',
  p75: 'what three of four stay below (p75)',
  p90: 'what nine of ten stay below (p90)',
}

/** The forecast as a band, and the slope since the baseline as the pace seen. */
function outlookOf({ forecast, pace, series, value }: Outcome): Outlook {
  const known = series.filter((point) => point.value !== null)
  const [first, last] = [known[0], known.at(-1)]
  const weeks = first && last ? (Date.parse(last.from) - Date.parse(first.from)) / WEEK_MS : 0
  const trend =
    pace && pace.seen !== null && first && last && value !== null
      ? { from: { at: first.from, value: value - pace.seen * weeks }, to: { at: last.from, value } }
      : undefined
  return {
    changes: [],
    forecast: forecast?.points ?? [],
    forecastLabel:
      forecast &&
      `${Math.round(forecast.level * 100)} % band; held in ${Math.round((forecast.held ?? 0) * 100)} % of ${formatCount(forecast.heldOf)} checks`,
    trend,
  }
}

const WEEK_MS = 7 * 86_400_000

/** Where it stands, where it should be, and how fast it moves. */
function Facts({ outcome }: { outcome: Outcome }) {
  const unit = outcome.measure?.unit ?? ''
  const write = (value: number | null, text: string) => (value === null ? text : formatQuantity(value, unit))
  const { baseline, target, pace, forecast, forecastUnknown, likelihood, watch } = outcome
  return (
    <dl className={classes.facts}>
      <div>
        <dt>Now</dt>
        <dd>
          {outcome.value === null ? 'unknown' : <b>{formatQuantity(outcome.value, unit)}</b>}
          {outcome.value === null && outcome.judgement.reading?.unknown && (
            <>
              . <FixLink fix={outcome.judgement.reading.unknown.fix} />
            </>
          )}
          {outcome.judgement.reading && outcome.value !== null && (
            <span className="quiet small"> n = {formatCount(outcome.judgement.reading.n)}</span>
          )}
        </dd>
      </div>
      {baseline && (
        <div>
          <dt>
            <Term>Baseline</Term>
          </dt>
          <dd>
            {write(baseline.value, baseline.text)}{' '}
            <span className="quiet small">
              on <When at={baseline.at} />
            </span>
          </dd>
        </div>
      )}
      {target && (
        <div>
          <dt>Promised</dt>
          <dd>
            {write(target.value, target.text)}{' '}
            <span className="quiet small">
              by <When at={target.by} />
            </span>
          </dd>
        </div>
      )}
      {target && (
        <div>
          <dt>
            <Term>Forecast</Term>
          </dt>
          <dd>
            {forecast ? (
              <>
                {formatQuantity(forecast.value, unit)}{' '}
                <span className="quiet small">
                  {Math.round(forecast.level * 100)} %: {formatInterval(forecast.low, forecast.high, unit)}, from{' '}
                  {plural(forecast.weeks, 'week')} (n = {formatCount(forecast.n)})
                </span>
              </>
            ) : (
              <span className="quiet small">
                none: {forecastUnknown?.why ?? (outcome.value === null ? 'the value is unknown' : 'nothing to forecast from')}.{' '}
                {forecastUnknown?.fix}
              </span>
            )}
          </dd>
        </div>
      )}
      {likelihood && (
        <div>
          <dt>
            <Term>Likely reached</Term>
          </dt>
          <dd>
            <b>{Math.round(likelihood.probability * 100)} %</b>{' '}
            <span className="quiet small">
              {likelihood.basis === 'forecast'
                ? `from ${plural(likelihood.n, 'past error')} of such forecasts`
                : `if the pace of ${plural(likelihood.n, 'week')} goes on`}
            </span>
          </dd>
        </div>
      )}
      {watch && (
        <div>
          <dt>
            <Term>Watch</Term>
          </dt>
          <dd>
            {WATCH_WORDS[watch.state]}{' '}
            <span className="quiet small">
              until <When at={watch.until} />
            </span>
          </dd>
        </div>
      )}
      {pace && pace.needed !== null && (
        <div>
          <dt>
            <Term>Pace</Term>
          </dt>
          <dd>
            {paceWords(pace.seen, unit)} <span className="quiet small">seen; {paceWords(pace.needed, unit)} needed</span>
          </dd>
        </div>
      )}
      <div>
        <dt>Owner</dt>
        <dd>{outcome.owner ? <GoTo id={outcome.owner} /> : 'nobody yet'}</dd>
      </div>
      <div>
        <dt>Measured for</dt>
        <dd>
          {outcome.subject.startsWith('namespace:') ? 'everything here' : <GoTo id={outcome.subject}>{shortName(outcome.subject)}</GoTo>}
        </dd>
      </div>
    </dl>
  )
}

/** What became of it after its date. */
const WATCH_WORDS: Record<NonNullable<Outcome['watch']>['state'], string> = {
  watched: 'watched: a relapse opens it again',
  relapsed: 'relapsed: open again',
  recovered: 'fell back and recovered',
  kept: 'kept through both periods',
}

/** "−0.1 d a week", as the brief says it. */
function paceWords(amount: number | null, unit: string): string {
  if (amount === null) return 'unknown'
  const sign = amount < 0 ? '−' : '+'
  const size = Math.abs(amount)
  if (unit === 'ratio') return `${sign}${(size * 100).toPrecision(2)} points a week`
  if (unit === '1/d') return `${sign}${(size * 7).toPrecision(2)} a week, every week`
  return `${sign}${formatQuantity(size, unit)} a week`
}
