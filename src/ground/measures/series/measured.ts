import type { SubjectShare } from '../../catalog/index.ts'
import { type Bucket, DAY, type Instant, type Reading, Refusal, type Unit, type Window } from '../../core/index.ts'
import { dimensionsOf, type ResolvedAsk } from '../asking.ts'
import type { MeasureDefinition } from '../measures.ts'
import type { MeasuredPoint, MeasuredSeries, SeriesAsk } from '../measured-series.ts'
import { type Keep, KEEP_WORDS, type SentValue, type SentValues } from '../sent-values.ts'
import { bucketFor, bucketAt, STEPS, stepBetween, wholeBuckets } from './step.ts'

/** What the registry brings. */
interface Means {
  ask: ResolvedAsk
  asOf: Instant | null
  definition: MeasureDefinition
  shares: readonly SubjectShare[]
  read(window: Window, bucket?: Bucket): Promise<Reading[]>
}

/** Values that may stand as they came. */
const MOST_AS_THEY_CAME = 20_000
/** Steps that are looked at: 27 years of days take about a second in a thread of their own. */
const MOST_STEPS = 10_000

/** The values of a measure over time, from its first record on unless told: sent-in ones as they came or in buckets, others in buckets. */
export async function measuredSeries(wish: SeriesAsk, means: Means): Promise<MeasuredSeries> {
  const { definition, ask } = means
  const { title, question, unit, better } = definition
  const told = { definition: { title, question, unit, ...(better ? { better } : {}) }, zone: ask.zone }
  if (!definition.sent) {
    const { unit: counted, ...values } = await computed(wish, means)
    return { ...told, ...values, definition: { ...told.definition, unit: counted ?? unit } }
  }
  return {
    ...told,
    pointIs: pointWords(wish.bucket, definition, definition.sent.keep),
    ...(await (wish.bucket ? sentInBuckets(wish.bucket, wish, means, definition.sent) : sentAsTheyCame(wish, means, definition.sent))),
  }
}

/** How a point of what is sent in differs from a reading of the same span, which is robust against stray values. */
function pointWords(bucket: Bucket | undefined, { definition }: MeasureDefinition, keep: Keep): string {
  const point = bucket ? `A point is the ${bucket} with ${KEEP_WORDS[keep]}` : 'A point is a value as it came'
  return `${point}; a reading of the measure ("measure") is: ${definition}`
}

type Values = Omit<MeasuredSeries, 'definition' | 'zone' | 'pointIs'>

async function computed(wish: SeriesAsk, { ask, read }: Means): Promise<Values & { unit: Unit | undefined }> {
  const bucket = wish.bucket ?? (wish.from === undefined ? 'week' : bucketFor(ask.window))
  const { to } = ask.window
  const from = wish.from ?? backFrom(to, bucket, ask.zone)
  const [reading] = await read({ from, to })
  const readings = await read({ from, to }, bucket)
  return {
    reading: reading!,
    bucket,
    step: bucket,
    offset: 0,
    ...pointsOf(readings, { bucket, zone: ask.zone, whole: wish.from !== undefined }),
  }
}

/** How far back one looks unless told. */
export function backFrom(to: Instant, bucket: Bucket, zone: string): Instant {
  return bucketAt(to - STEPS[bucket].backDays * DAY, bucket, zone).from
}

/**
 * Readings of neighbouring buckets as points and steps. Money has the currency of its answers and not of its question: the
 * newest one counts, and what was in another is not known in it.
 * @param whole keeps the unknown ones before the first record: without it there is nothing yet to be missing
 */
export function pointsOf(
  readings: readonly Reading[],
  { bucket, zone, whole }: { bucket: Bucket; zone: string; whole: boolean },
): Pick<MeasuredSeries, 'points' | 'steps' | 'values'> & { unit: Unit | undefined } {
  const unit = readings.findLast(({ value }) => value !== null)?.unit
  const known = readings.findIndex(({ n }) => n > 0)
  const own = readings.slice(whole ? 0 : known === -1 ? readings.length : known)
  if (own.length === 0) return { points: [], steps: [], values: [], unit }
  const steps = wholeBuckets({ from: Date.parse(own[0]!.window.from), to: Date.parse(own.at(-1)!.window.to) }, bucket, zone)
  const points = own.map((one, index): MeasuredPoint => {
    const { n, window } = one
    const { value, interval, quantiles }: Partial<Reading> = one.unit === unit ? one : {}
    const [at, to] = [Date.parse(window.from), Date.parse(window.to)]
    const partial = at !== steps[index]!.from || to !== steps[index]!.to
    return { at, to, value: value ?? null, n, low: interval?.low, high: interval?.high, quantiles, ...(partial ? { partial } : {}) }
  })
  return { ...begun({ points, steps }, ({ partial }) => !partial), unit }
}

async function sentInBuckets(bucket: Bucket, wish: SeriesAsk, means: Means, sent: SentValues): Promise<Values> {
  const { ask, read } = means
  const asked = sentAsk(wish, means)
  const from = wish.from ?? (await sent.first(asked))
  if (from === null) return { ...(await nothing(means)), bucket, step: bucket }
  const { to } = ask.window
  const steps = stepsOf({ from, to }, bucket, ask.zone)
  const found = new Map((await sent.inBuckets({ ...asked, buckets: steps })).map((one) => [one.at, one]))
  const [reading] = await read({ from, to })
  const points = steps.map((step): MeasuredPoint => {
    const cut = (wish.from !== undefined && step.from < from) || step.to > to
    const { value = null, n = 0 } = found.get(step.from) ?? {}
    return { at: Math.max(step.from, wish.from ?? step.from), to: Math.min(step.to, to), value, n, ...(cut ? { partial: true } : {}) }
  })
  // A mean of the values so far is one; half a day's sum is not the day's.
  const whole = ({ partial }: MeasuredPoint) => !partial || sent.keep !== 'sum'
  return { reading: reading!, bucket, step: bucket, offset: 0, ...begun({ points, steps }, whole) }
}

/** Without a last bucket that is not over and has nothing yet: it is not missing. */
function begun(
  { points, steps }: Pick<MeasuredSeries, 'points' | 'steps'>,
  whole: (point: MeasuredPoint) => boolean,
): Pick<MeasuredSeries, 'points' | 'steps' | 'values'> {
  const last = points.at(-1)
  const count = last?.partial && last.n === 0 && last.value === null ? points.length - 1 : points.length
  const own = points.slice(0, count)
  return { points: own, steps: steps.slice(0, count), values: own.map((point) => (whole(point) ? point.value : null)) }
}

async function sentAsTheyCame(wish: SeriesAsk, means: Means, sent: SentValues): Promise<Values> {
  const { ask, read } = means
  const asked = sentAsk(wish, means)
  const came = await sent.asTheyCame({ ...asked, limit: MOST_AS_THEY_CAME + 1 })
  if (came.length === 0) return nothing(means)
  if (came.length > MOST_AS_THEY_CAME)
    throw new Refusal('series.too_many_points', `More than ${MOST_AS_THEY_CAME.toLocaleString('en-GB')} values of ${ask.measure} came.`, {
      fix: 'Ask for one value a day, week or month (--bucket day), or from a later day on.',
      path: 'bucket',
    })
  const from = wish.from ?? came[0]!.at
  const [reading] = await read({ from, to: ask.window.to })
  const step = stepBetween(came.map(({ at }) => at))
  const last = came.at(-1)!.at
  const steps = stepsOf({ from: came[0]!.at, to: last + 1 }, step, ask.zone)
  const kept = new Map((await sent.inBuckets({ ...asked, buckets: steps })).map((one: SentValue) => [one.at, one.value]))
  return {
    reading: reading!,
    bucket: null,
    points: came.map(({ at, value, n }) => ({ at, to: at, value, n })),
    step,
    steps,
    values: steps.map(({ from: start }) => kept.get(start) ?? null),
    offset: last - steps.at(-1)!.from,
  }
}

/** Whole steps of a window, as many as can be looked at. */
function stepsOf(window: Window, bucket: Bucket, zone: string): Window[] {
  const steps = wholeBuckets(window, bucket, zone)
  if (steps.length <= MOST_STEPS) return steps
  throw new Refusal('series.too_many_points', `From the first value to the last are ${steps.length.toLocaleString('en-GB')} ${bucket}s.`, {
    fix: `Choose a longer bucket, or a later first day; at most ${MOST_STEPS.toLocaleString('en-GB')} are looked at.`,
    path: 'bucket',
  })
}

function sentAsk(wish: SeriesAsk, { ask, asOf, definition, shares }: Means) {
  return { shares, where: dimensionsOf(definition, ask.where), from: wish.from, to: ask.window.to, at: ask.at, asOf }
}

/** Nothing was ever sent: the reading says why. */
async function nothing({ ask, read }: Means): Promise<Values> {
  const [reading] = await read(ask.window)
  return { reading: reading!, bucket: null, points: [], step: 'day', steps: [], values: [], offset: 0 }
}
