import type { Catalog, SubjectShare } from '../../catalog/index.ts'
import { type Bucket, DAY, formatInstant, type Instant, type Ref, type Unit, type Window } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import type { ListedMeasure, Measures } from '../measures.ts'
import { everythingSent } from '../pushed/index.ts'
import type { Keep } from '../sent-values.ts'
import { analyseMany, type SeriesAnswer } from '../time/index.ts'
import type { MeasuredPoint, MeasuredSeries } from '../measured-series.ts'
import { KeptWhileStanding, standingAt } from './kept.ts'
import { backFrom, pointsOf } from './measured.ts'
import type { Change } from './shape.ts'
import { wholeBuckets } from './step.ts'
import { changesOf, questionOf } from './view.ts'

/** Every measure of a namespace over time, and what changed in it. */
export interface Watched {
  measure: ListedMeasure
  /** One for the whole namespace; of measures that are sent in one a subject. */
  series: { subject: Ref; unit: Unit; step: Bucket; points: MeasuredPoint[]; changes: Change[]; tooFew: boolean }[]
}

export interface WatchAsk {
  namespace: string
  at: Instant
  asOf: Instant
  zone: string
}

/** How far back levels of what is sent in are compared, by days. */
const BACK_DAYS = 52 * 7

type Watching = Pick<MeasuredSeries, 'steps' | 'values' | 'definition' | 'step' | 'points'> & { subject: Ref }

/** Series stay as long as no write touches what they rest on. @decision 0038 */
const kept = new KeptWhileStanding<Watching[]>()
/** What was found in a series that stays. */
const answers = new WeakMap<Watching, SeriesAnswer>()

/** Looks at all measures of a namespace: computed ones by week, those that are sent in by day and subject, in one statement. */
export async function watched(
  ask: WatchAsk,
  { measures, catalog, store }: { measures: Measures; catalog: Catalog; store: Store },
): Promise<Watched[]> {
  const { namespace, at, asOf, zone } = ask
  const listed = await measures.listAll(namespace, asOf)
  const shares = await catalog.shares(`namespace:${namespace}`, asOf)
  const standingOf = await standingAt({ namespace, shares, asOf }, { catalog, store })
  const place = JSON.stringify([namespace, zone, backFrom(at, 'day', zone)])
  let sent: Promise<Map<string, SentOne[]>> | undefined
  const all: { measure: ListedMeasure; series: Watching[] }[] = []
  for (const measure of listed) {
    const keep = measure.sentIn
    const series = await kept.find({ store, place, name: measure.id, standing: standingOf(measure.kinds), at }, async () => {
      if (!keep) return [await computedSeries(measure, ask, measures)]
      sent ??= sentIn(ask, shares, store)
      return ((await sent).get(measure.id) ?? []).map((one) => ofSent(one, keep, measure))
    })
    // Ids that nobody declared and nobody sent to this namespace are not its business.
    if (series.length > 0 || measure.origin !== 'pushed') all.push({ measure, series })
  }
  const fresh = all.flatMap(({ series }) => series).filter((one) => !answers.has(one))
  const found = await analyseMany(fresh.map((one) => ({ ...questionOf(one, { level: 0.8 }), changesOnly: true as const })))
  fresh.forEach((one, index) => answers.set(one, found[index]!))
  return all.map(({ measure, series }) => ({
    measure,
    series: series.map((one) => ({
      subject: one.subject,
      unit: one.definition.unit,
      step: one.step,
      points: one.points,
      changes: changesOf(one, answers.get(one)!),
      tooFew: answers.get(one)!.tooFew.some(({ part }) => part === 'changes'),
    })),
  }))
}

async function computedSeries(measure: ListedMeasure, { namespace, at, asOf, zone }: WatchAsk, measures: Measures): Promise<Watching> {
  const subject = `namespace:${namespace}`
  const bucket = 'week'
  const readings = await measures.readMany({
    measure: measure.id,
    subject,
    from: backFrom(at, bucket, zone),
    to: at,
    at,
    asOf,
    zone,
    bucket,
  })
  const { unit = measure.unit, ...values } = pointsOf(readings, { bucket, zone, whole: false })
  return { subject, step: bucket, definition: { ...measure, unit }, ...values }
}

interface SentOne {
  subject: Ref
  steps: Window[]
  values: Map<number, Record<Keep, number> & { n: number }>
}

async function sentIn({ at, asOf, zone }: WatchAsk, shares: readonly SubjectShare[], store: Store): Promise<Map<string, SentOne[]>> {
  const buckets = wholeBuckets({ from: at - BACK_DAYS * DAY, to: at }, 'day', zone)
  const found = await everythingSent(store, { shares, where: {}, from: buckets[0]!.from, to: at, at, asOf, buckets })
  const byMeasure = new Map<string, Map<Ref, SentOne>>()
  for (const { measure, subject, place, ...value } of found) {
    const subjects = byMeasure.get(measure) ?? new Map<Ref, SentOne>()
    const one = subjects.get(subject) ?? { subject, steps: buckets, values: new Map() }
    one.values.set(place - 1, value)
    subjects.set(subject, one)
    byMeasure.set(measure, subjects)
  }
  return new Map([...byMeasure].map(([measure, subjects]) => [measure, [...subjects.values()]]))
}

function ofSent({ subject, steps, values }: SentOne, keep: Keep, measure: ListedMeasure): Watching {
  const first = Math.min(...values.keys())
  const own = steps.slice(first)
  const points = own.map(({ from, to }, index): MeasuredPoint => {
    const value = values.get(first + index)
    return { at: from, to, value: value ? value[keep] : null, n: value?.n ?? 0 }
  })
  // The present day is not over: half a day's sum is not the day's.
  const whole = points.map(({ value }, index) => (keep === 'sum' && index === points.length - 1 ? null : value))
  return { subject, steps: own, values: whole, definition: measure, step: 'day', points }
}

/** Changes since a moment, worst first: for the worse before those nobody has judged before those for the better; larger ones first. */
export function changedSince(
  all: readonly Watched[],
  since: Instant,
): { measure: ListedMeasure; subject: Ref; unit: Unit; step: Bucket; change: Change }[] {
  const rank = { worse: 0, better: 2 }
  const weight = ({ effect, size }: Change) => [effect ? rank[effect] : 1, -(size ?? Number.MAX_VALUE)] as const
  return all
    .flatMap(({ measure, series }) =>
      series.flatMap(({ subject, unit, step, changes }) =>
        changes.filter(({ at }) => at >= formatInstant(since)).map((change) => ({ measure, subject, unit, step, change })),
      ),
    )
    .sort((a, b) => {
      const [one, other] = [weight(a.change), weight(b.change)]
      return one[0] - other[0] || one[1] - other[1] || (a.measure.id < b.measure.id ? -1 : 1)
    })
}
