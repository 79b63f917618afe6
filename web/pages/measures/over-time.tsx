import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { eventMarks, Happened } from '../../parts/happened.tsx'
import { type Outlook, TimeSeries } from '../../ui/chart/index.ts'
import { formatCount, formatInterval, formatQuantity, plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { formatMoment, Term } from '../../ui/text/index.ts'
import { annotationsAsk, type Grain, grainOf, seriesAsk } from './asks.ts'
import { ChangeWords } from './change-words.tsx'
import classes from './measures.module.css'

type Series = Answer<'series.read'>
type Annotation = Answer<'annotations'>['annotations'][number]

/** A measure over time: what was found in it in words, then the chart, then what else happened. */
export function OverTime({ id, title }: { id: string; title: string }) {
  const { search } = useAddress()
  const series = useLoaded(seriesAsk(search, id))
  const { annotations } = useLoaded(annotationsAsk(search))
  const grain = grainOf(search)
  // Before the first value there is nothing to be missing.
  const known = series.points.findIndex(({ value }) => value !== null)
  const points = series.points.slice(Math.max(0, known)).map((point) => ({ from: point.at, to: point.to ?? point.at, ...point }))
  const withQuantiles = points.some((point) => point.quantiles)
  return (
    <Section
      title="Over time"
      note={`by ${grain} (UTC); the band is the interval the true value lies in`}
      actions={<GrainPicker grain={grain} />}
    >
      <Found series={series} annotations={annotations} grain={grain} />
      {points.length > 0 && (
        <TimeSeries
          title={title}
          untitled
          unit={series.unit}
          points={points}
          beside={withQuantiles ? [{ label: 'p90', values: points.map((point) => point.quantiles?.p90 ?? null) }] : []}
          outlook={outlookOf(series)}
          events={eventMarks(annotations, points)}
        />
      )}
      {series.pointIs && <p className="quiet small">{series.pointIs}</p>}
      <Happened annotations={annotations} />
    </Section>
  )
}

const GRAINS: readonly Grain[] = ['day', 'week', 'month']

function GrainPicker({ grain }: { grain: Grain }) {
  const { set } = useAddress()
  return (
    <div className={classes.grains} role="group" aria-label="Grain">
      {GRAINS.map((one) => (
        <button key={one} type="button" aria-pressed={one === grain} onClick={() => set({ grain: one })}>
          by {one}
        </button>
      ))}
    </div>
  )
}

function outlookOf({ trend, changes, forecast = [], backTest }: Series): Outlook {
  const step = forecast.length > 1 ? Date.parse(forecast[1]!.at) - Date.parse(forecast[0]!.at) : 86_400_000
  return {
    trend: trend && trend.direction !== 'steady' ? { from: trend.from, to: trend.to } : undefined,
    changes: changes.map(({ at }) => ({ at, label: formatMoment(at) })),
    forecast: forecast.map((point) => ({ ...point, from: point.at, to: new Date(Date.parse(point.at) + step).toISOString() })),
    forecastLabel: forecast[0] && bandWords(forecast[0].level, backTest),
  }
}

/** "80 % band; held in 81 % of 1,240 checks", or that it could not be checked. */
function bandWords(level: number, backTest: Series['backTest']): string {
  const promised = `${Math.round(level * 100)} % band`
  if (backTest?.coverage == null) return `${promised}, too short to check`
  return `${promised}; held in ${Math.round(backTest.coverage * 100)} % of ${formatCount(backTest.n)} checks`
}

/** What was found, a sentence each; what could not be told, with its reason and the way out. */
function Found({ series, annotations, grain }: { series: Series; annotations: readonly Annotation[]; grain: Grain }) {
  const { trend, changes, forecast, backTest, untold, unit, unknown, points } = series
  const last = forecast?.at(-1)
  if (points.every(({ value }) => value === null))
    return <p className="quiet">{unknown ? `${unknown.why} ${unknown.fix}` : 'Nothing is known in this span.'}</p>
  return (
    <ul className={classes.found}>
      {changes.map((change) => (
        <li key={change.at}>
          <Term of="change of level">Level changed</Term>{' '}
          <ChangeWords change={change} unit={unit} around={near(annotations, change.at, grain)} />
        </li>
      ))}
      {changes.length === 0 && !untold.some(({ part }) => part === 'changes') && (
        <li>
          No <Term>change of level</Term>: what moves is noise{trend && trend.direction !== 'steady' ? ' and the trend' : ''}.
        </li>
      )}
      {trend && <li>{trendWords(trend, unit)}</li>}
      {last && (
        <li>
          <Term>Forecast</Term> for {formatMoment(last.at)}: {formatQuantity(last.value, unit)} ({Math.round(last.level * 100)}&nbsp;%:{' '}
          {formatInterval(last.low, last.high, unit)}). {checkWords(backTest)}
        </li>
      )}
      {untold.map(({ part, why, fix }) => (
        <li key={part} className="quiet">
          Unknown: {why} {fix}
        </li>
      ))}
    </ul>
  )
}

function trendWords({ direction, from, to, low, high, level, n }: NonNullable<Series['trend']>, unit: string): string {
  const since = `since ${formatMoment(from.at)} (n = ${formatCount(n)})`
  if (direction === 'steady')
    return `Steady at about ${formatQuantity((from.value + to.value) / 2, unit)} ${since}: no trend can be told from noise.`
  const months = (perDay: number) => Math.abs(perDay) * 30.44
  const [least, most] = [months(low), months(high)].sort((a, b) => a - b) as [number, number]
  return `${direction === 'rising' ? 'Rising' : 'Falling'} ${since}, from ${formatQuantity(from.value, unit)} to ${formatQuantity(to.value, unit)}: by ${formatInterval(least, most, unit)} a month (${Math.round(level * 100)} %).`
}

function checkWords(backTest: Series['backTest']): string {
  if (backTest?.coverage == null) return 'The series is too short to check such forecasts against what came.'
  const { coverage, n, origins, meanError, naiveError } = backTest
  const better =
    meanError !== null && naiveError !== null && naiveError > 0
      ? ` On average they were off by ${Math.round((meanError / naiveError) * 100)} % of what merely repeating the past is off by.`
      : ''
  return `Made at ${formatCount(origins)} earlier moments, ${Math.round(coverage * 100)} % of ${formatCount(n)} such intervals held.${better}`
}

const NEAR_DAYS: Record<Grain, number> = { day: 3, week: 7, month: 31 }

/** What happened around a moment; of several of one kind how many, leading to the last. */
function near(annotations: readonly Annotation[], at: string, grain: Grain): Annotation[] {
  const close = annotations.filter((one) => Math.abs(Date.parse(one.at) - Date.parse(at)) <= NEAR_DAYS[grain] * 86_400_000)
  return [...Map.groupBy(close, ({ kind }) => kind).values()].map((same) => {
    const count = same.reduce((sum, one) => sum + one.count, 0)
    return { ...same.at(-1)!, count, ...(same.length > 1 ? { title: plural(count, same[0]!.kind) } : {}) }
  })
}
