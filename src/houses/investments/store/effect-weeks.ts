import {
  type Bucket,
  bucketsOf,
  HOUR,
  type Instant,
  type Ref,
  refKind,
  refNamespace,
  WEEK,
  type Window,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Weekly } from '../assess/effect/index.ts'

/** A year in whole weeks, so that days of the week stay theirs. */
export const YEAR_WEEKS = 52

/** Weeks of components read in one question; beyond, each component is asked for itself. */
const MOST_AT_ONCE = 10_000

/** The weeks that are looked at: whole ones before and after a moment, and the one in which it lies. */
export interface Weeks {
  all: Window[]
  /** Index of the first week after. */
  cut: number
  /** Index of a week in which both before and after lie: it belongs to neither; null where the moment is a border. */
  between: number | null
  /** When the given whole week after will be over, whether or not it is yet. */
  endOf(weekAfter: number): Instant
}

/** @param most weeks on either side */
export function weeksAround(changedAt: Instant, until: Instant, most: number, zone: string): Weeks {
  const bucket: Bucket = 'week'
  // One piece more at both ends: the outermost may be cut short.
  const wide = bucketsOf({ from: changedAt - (most + 2) * WEEK, to: changedAt + (most + 2) * WEEK }, bucket, zone).slice(1, -1)
  const before = wide.filter(({ to }) => to <= changedAt).slice(-most)
  const between = wide.filter(({ from, to }) => from < changedAt && to > changedAt)
  const after = wide.filter(({ from }) => from >= changedAt).slice(0, most)
  return {
    all: [...before, ...between, ...after.filter(({ to }) => to <= until)],
    cut: before.length + between.length,
    between: between.length > 0 ? before.length : null,
    endOf: (weekAfter) => after[weekAfter - 1]!.to,
  }
}

export interface WeekPoint {
  value: number | null
  n: number
}

export interface WeeklyAsk {
  measure: string
  subject: string
  where: Record<string, string>
  quantile?: 'p50' | 'p75' | 'p90' | undefined
  at: Instant
  asOf: Instant
  zone: string
}

/** Values by the start of their week, with how many records stand behind each. */
export async function weeklyValues(ask: WeeklyAsk, window: Window, { measures }: Pick<Ground, 'measures'>) {
  const { quantile, ...about } = ask
  const series = await measures.series({ ...about, from: window.from, to: window.to, bucket: 'week' })
  const points = series.points.map((point, index) => {
    const value = quantile && point.quantiles ? point.quantiles[quantile] : series.values[index]!
    return [point.at, { value: point.partial ? null : value, n: point.n }] as const
  })
  return { series, points: new Map(points) }
}

/** One value a week; the week of the change is left out. */
export function onWeeks(points: ReadonlyMap<Instant, { value: number | null }>, weeks: Weeks, back = 0): Weekly {
  return weeks.all.map(({ from }, index) => {
    if (index === weeks.between) return null
    const shifted = from - back * WEEK
    // Clocks change between two years: the week that begins nearest.
    for (const at of [shifted, shifted - HOUR, shifted + HOUR]) if (points.has(at)) return points.get(at)!.value
    return null
  })
}

/**
 * The same of several components, in one question where the measure is answered from records; values that are sent in say
 * themselves what makes a week, so each is asked for its own series.
 */
export async function weeklyOfEach(
  subjects: readonly Ref[],
  ask: WeeklyAsk,
  window: Window,
  { measures, catalog }: Pick<Ground, 'measures' | 'catalog'>,
): Promise<Map<Ref, Map<Instant, WeekPoint>>> {
  const definition = measures.get(ask.measure)
  const [first] = subjects
  const namespace = first === undefined ? '' : refNamespace(first)
  const isOne =
    definition !== null &&
    !definition.sent &&
    subjects.length > 1 &&
    subjects.every((ref) => refKind(ref) === 'component' && refNamespace(ref) === namespace) &&
    ((await catalog.count({ kind: 'component', namespace }, ask.asOf)) * (window.to - window.from)) / WEEK < MOST_AT_ONCE
  if (!isOne) {
    const each = new Map<Ref, Map<Instant, WeekPoint>>()
    for (const subject of subjects) each.set(subject, (await weeklyValues({ ...ask, subject }, window, { measures })).points)
    return each
  }
  const { quantile, ...about } = ask
  const each = new Map(subjects.map((ref) => [ref, new Map<Instant, WeekPoint>()]))
  const readings = await measures.readMany({ ...about, subject: `namespace:${namespace}`, ...window, bucket: 'week', by: 'component' })
  for (const { subject, window: week, value, quantiles, n } of readings) {
    const known = quantile && quantiles ? quantiles[quantile] : value
    each.get(subject)?.set(Date.parse(week.from), { value: known, n })
  }
  return each
}
