import type { Catalog } from '../../catalog/index.ts'
import { type Bucket, DAY, type Instant, type Reading, Refusal } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import { namespaceOf } from '../declared/index.ts'
import type { MeasuredSeries } from '../measured-series.ts'
import type { Measures } from '../measures.ts'
import { analyseMany } from '../time/index.ts'
import { type Annotation, annotationsOf } from './annotations.ts'
import { AROUND_DAYS } from './changed.ts'
import { KeptWhileStanding, standingAt } from './kept.ts'
import type { Change } from './shape.ts'
import { changesOf, questionOf } from './view.ts'

/** A measure of one subject whose level is watched. */
export interface Watch {
  measure: string
  subject: string
}

/** A change of level that can be told only since lately. */
export interface News extends Watch {
  title: string
  unit: string
  step: Bucket
  change: Change
  /** The measure since the change. */
  reading: Reading
  /** What else happened around then. Nothing says that one made the other. */
  around: Annotation[]
}

interface NewsAsk {
  watches: readonly Watch[]
  /** Told are changes that could not be seen before this moment. */
  since: Instant
  at: Instant
  asOf: Instant
}

/** How far back values are compared. */
const BACK_DAYS = 364
/** A change that began longer ago is old news, however late it can be told from noise. */
const OLD_DAYS = 56
/** Steps by which the place of a change may move while values come in. */
const SAME_STEPS: Record<Bucket, number> = { day: 7, week: 2, month: 1 }

/**
 * Changes of level that became visible lately: found with all values, and not yet without those since a moment. So one that
 * takes weeks to be told from noise is news when it can be told, once, and noise or too few values never are.
 */
export async function newsOf(
  { watches, since, at, asOf }: NewsAsk,
  context: { measures: Measures; catalog: Catalog; store: Store },
): Promise<News[]> {
  const series: { watch: Watch; read: MeasuredSeries }[] = []
  for (const [namespace, here] of Map.groupBy(watches, ({ subject }) => namespaceOf(subject))) {
    const kinds = new Map((await context.measures.listAll(namespace, asOf)).map((measure) => [measure.id, measure.kinds]))
    for (const [subject, ofSubject] of Map.groupBy(here, (watch) => watch.subject)) {
      const shares = await context.catalog.shares(subject, asOf)
      const standingOf = await standingAt({ namespace, shares, asOf }, context)
      for (const watch of ofSubject) {
        const place = `${namespace} ${Math.floor(at / DAY)}`
        const standing = standingOf(kinds.get(watch.measure) ?? [])
        const key = { store: context.store, place, name: `${watch.measure} ${subject}`, standing, at }
        const read = await kept.find(key, () => valuesOf(watch, { at, asOf }, context.measures))
        if (read) series.push({ watch, read })
      }
    }
  }
  const questions = series.flatMap(({ read }) =>
    [read, before(read, since)].map((one) => ({ ...questionOf(one, LEVEL), changesOnly: true as const })),
  )
  const answers = await analyseMany(questions)
  const found = series.flatMap(({ watch, read }, index) => {
    const [now, then] = [answers[2 * index]!.changes, answers[2 * index + 1]!.changes]
    const told = changesOf(read, answers[2 * index]!)
    return now.flatMap(({ place }, nth) => {
      const known = then.some((one) => Math.abs(one.place - place) <= SAME_STEPS[read.step])
      const old = read.steps[place]!.from < at - OLD_DAYS * DAY
      return known || old ? [] : [{ watch, read, change: told[nth]! }]
    })
  })
  return Promise.all(
    found.map(async ({ watch, read, change }) => {
      const moment = Date.parse(change.at)
      const reach = AROUND_DAYS[read.step] * DAY
      const buckets = [{ from: moment - reach, to: Math.min(moment + reach, at) }]
      const { measure, subject } = watch
      return {
        ...watch,
        title: read.definition.title,
        unit: read.definition.unit,
        step: read.step,
        change,
        reading: await context.measures.read({ measure, subject, from: Math.min(moment, at - 1), to: at, at, asOf }),
        around: await annotationsOf({ subject, buckets, at, asOf }, context),
      }
    }),
  )
}

/** Series stay as long as no write touches what they rest on. @decision 0038 */
const kept = new KeptWhileStanding<MeasuredSeries | null>()

/** Changes do not depend on it: forecasts do. */
const LEVEL = { level: 0.8 }

/**
 * By week where the measure is computed; values that are sent in go by their own pace, or by day where they are very many.
 * A measure that cannot be asked has no news: whoever rests on it says why.
 */
async function valuesOf({ measure, subject }: Watch, { at, asOf }: Pick<NewsAsk, 'at' | 'asOf'>, measures: Measures) {
  const ask = { measure, subject, from: at - BACK_DAYS * DAY, to: at, at, asOf }
  for (const bucket of [undefined, 'day'] as const)
    try {
      return await measures.series({ ...ask, bucket })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.problem.code !== 'series.too_many_points') return null
    }
  return null
}

/** The series as it was when the moment had come. */
function before({ steps, values, step, definition }: MeasuredSeries, since: Instant) {
  const count = steps.filter(({ to }) => to <= since).length
  return { steps: steps.slice(0, count), values: values.slice(0, count), step, definition }
}
