import { type Instant, parseQuantity, type Reading, type Unit, type Unknown, WEEK } from '../../../ground/core/index.ts'
import { analyseMany, fewestForForecast, normalCdf, trendOf, twoSidedZ } from '../../../ground/measures/index.ts'
import { type Direction, directionOf, type Likelihood, type Outlook, valueOf } from '../decide/index.ts'
import type { OutcomeIntent } from '../intent/index.ts'

/** Shortest piece of a week that counts as one: a week that loses an hour in spring is one, a cut one is not. */
const WHOLE_WEEK = 0.95 * WEEK
const LEVEL = 0.8
/** Weeks one looks ahead at most. */
const FARTHEST = 400
/** A forecast is believed where its past intervals held so often; 0.8 is what they promise. */
const BELIEVED = 0.65
/** Confidence of the interval of a slope. */
const SLOPE_LEVEL = 0.95

interface Week {
  from: Instant
  to: Instant
  value: number | null
  n: number
}

/**
 * Where the weeks of an outcome lead: the slope since its baseline, and what it will be on its day, foretold and
 * back-tested as every measure over time is.
 * @param readings weekly, oldest first, as far back as anything is known
 * @decision 0032
 */
export async function outlookOf(
  outcome: OutcomeIntent,
  readings: readonly Reading[],
  { better, now, at }: { better: Direction | undefined; now: Reading; at: Instant },
): Promise<Outlook> {
  const weeks = readings.flatMap((reading): Week[] => {
    const [from, to] = [Date.parse(reading.window.from), Date.parse(reading.window.to)]
    return to - from < WHOLE_WEEK ? [] : [{ from, to, value: valueOf(reading, outcome.quantile), n: reading.n }]
  })
  const since = weeks.filter(({ from }) => !outcome.baseline || from >= outcome.baseline.at)
  const trend = trendOf(
    since.map(({ value }) => value),
    1,
    SLOPE_LEVEL,
  )
  const pace = {
    slope: trend && { value: trend.slope, low: trend.interval.low, high: trend.interval.high },
    weeks: since.filter(({ value }) => value !== null).length,
  }
  const goal = goalOf(outcome, better, now.unit)
  if (!goal) return { pace }
  const outlook = await foretold(goal, weeks, now.unit)
  if (outlook.forecast) return { pace, ...outlook }
  const likelihood = pace.slope && likelyAt(pace.slope, pace.weeks, goal, { value: valueOf(now, outcome.quantile), at })
  return { pace, ...outlook, ...(likelihood ? { likelihood } : {}) }
}

interface Goal {
  value: number
  direction: Direction
  by: Instant
}

function goalOf({ target, baseline }: OutcomeIntent, better: Direction | undefined, unit: Unit): Goal | null {
  const value = target && parseQuantity(target.value, unit)
  const from = baseline && parseQuantity(baseline.value, unit)
  if (!target || !value?.ok) return null
  const direction = directionOf(better, from?.ok ? from.value : null, value.value)
  return direction && { value: value.value, direction, by: target.by }
}

/** How surely the slope seen is at least the one needed, taking Sen's interval for that of a normal quantity. */
function likelyAt(
  slope: { value: number; low: number; high: number },
  weeks: number,
  goal: Goal,
  now: { value: number | null; at: Instant },
): Likelihood | null {
  const left = (goal.by - now.at) / WEEK
  if (now.value === null || left <= 0) return null
  const needed = (goal.value - now.value) / left
  const spread = (slope.high - slope.low) / (2 * twoSidedZ(SLOPE_LEVEL))
  const ahead = goal.direction === 'higher' ? slope.value - needed : needed - slope.value
  const probability = spread > 0 ? normalCdf(ahead / spread) : ahead >= 0 ? 1 : 0
  return { probability: Math.min(0.99, Math.max(0.01, probability)), basis: 'pace', n: weeks }
}

async function foretold(
  goal: Goal,
  weeks: readonly Week[],
  unit: Unit,
): Promise<Pick<Outlook, 'forecast' | 'forecastUnknown' | 'likelihood'>> {
  const known = weeks.filter(({ value }) => value !== null)
  const last = known.at(-1)
  if (!last) return {}
  const ahead = Math.max(1, Math.ceil((goal.by - last.to) / WEEK))
  if (ahead > FARTHEST) return { forecastUnknown: tooShort(known.length, ahead) }
  const low = known.every(({ value }) => value! >= 0) ? { low: 0 } : {}
  const high = unit === 'ratio' ? { high: 1 } : {}
  const [answer] = await analyseMany([
    {
      values: weeks.map(({ value }) => value),
      period: 1,
      ahead,
      level: LEVEL,
      goal: { value: goal.value, side: goal.direction === 'higher' ? 'least' : 'most' },
      bounds: { ...low, ...high },
    },
  ])
  const { points, backTest, reaching } = answer?.forecast ?? {}
  if (!points || !backTest || !reaching) return { forecastUnknown: tooShort(known.length, ahead) }
  if (backTest.coverage === null || backTest.coverage < BELIEVED) return { forecastUnknown: unbelieved(backTest) }
  return {
    forecast: {
      ...points.at(-1)!,
      level: LEVEL,
      weeks: known.length,
      n: known.reduce((sum, { n }) => sum + n, 0),
      held: backTest.coverage,
      heldOf: backTest.n,
      points: points.map((point, index) => ({ ...point, from: last.to + index * WEEK, to: last.to + (index + 1) * WEEK })),
    },
    likelihood: { probability: reaching.probability, basis: 'forecast', n: reaching.n },
  }
}

function unbelieved({ coverage, n }: { coverage: number | null; n: number }): Unknown {
  return {
    code: 'forecast_does_not_hold',
    why:
      coverage === null
        ? 'no forecast of these weeks could be held against what came yet'
        : `forecasts of these weeks held ${Math.round(coverage * 100)} % of ${n} times, where ${LEVEL * 100} % are promised`,
    fix: 'The pace since the baseline is told instead; a forecast returns once its past ones hold.',
  }
}

function tooShort(known: number, ahead: number): Unknown {
  const needed = fewestForForecast(1, ahead)
  return {
    code: 'short_history',
    why: `${weeksWords(known)} with data are too few to foretell ${weeksWords(ahead)} ahead: it takes ${needed}`,
    fix: 'Import older history, set a nearer target, or wait.',
  }
}

function weeksWords(count: number): string {
  return count === 1 ? '1 week' : `${count} weeks`
}
