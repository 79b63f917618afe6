import type { Catalog } from '../../catalog/index.ts'
import { type Bucket, DAY, formatInstant, type Instant, type Ref, type Unit, type Window } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import type { ListedMeasure, Measures } from '../measures.ts'
import { everythingSent } from '../pushed/index.ts'
import type { Keep } from '../sent-values.ts'
import { analyseMany } from '../time/index.ts'
import type { MeasuredPoint, MeasuredSeries } from '../measured-series.ts'
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

/** Looks at all measures of a namespace: computed ones by week, those that are sent in by day and subject, in one statement. */
export async function watched(
  ask: WatchAsk,
  { measures, catalog, store }: { measures: Measures; catalog: Catalog; store: Store },
): Promise<Watched[]> {
  const listed = await measures.listAll(ask.namespace)
  const sent = await sentIn(ask, { catalog, store })
  const all: { measure: ListedMeasure; series: Watching[] }[] = []
  for (const measure of listed) {
    const keep = measure.sentIn
    const series = keep
      ? (sent.get(measure.id) ?? []).map((one) => ofSent(one, keep, measure))
      : [await computedSeries(measure, ask, measures)]
    // Ids that nobody declared and nobody sent to this namespace are not its business.
    if (series.length > 0 || measure.origin !== 'pushed') all.push({ measure, series })
  }
  const flat = all.flatMap(({ series }) => series)
  const answers = await analyseMany(flat.map((one) => ({ ...questionOf(one, { level: 0.8 }), changesOnly: true as const })))
  const answerOf = new Map(flat.map((one, index) => [one, answers[index]!]))
  return all.map(({ measure, series }) => ({
    measure,
    series: series.map((one) => ({
      subject: one.subject,
      unit: one.definition.unit,
      step: one.step,
      points: one.points,
      changes: changesOf(one, answerOf.get(one)!),
      tooFew: answerOf.get(one)!.tooFew.some(({ part }) => part === 'changes'),
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
  // Money has the currency of its answers, not of its question.
  const unit = readings.findLast(({ value }) => value !== null)?.unit ?? measure.unit
  return { subject, step: bucket, definition: { ...measure, unit }, ...pointsOf(readings, { bucket, zone, whole: false }) }
}

interface SentOne {
  subject: Ref
  steps: Window[]
  values: Map<number, Record<Keep, number> & { n: number }>
}

async function sentIn(
  { namespace, at, asOf, zone }: WatchAsk,
  { catalog, store }: { catalog: Catalog; store: Store },
): Promise<Map<string, SentOne[]>> {
  const shares = await catalog.shares(`namespace:${namespace}`, asOf)
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
