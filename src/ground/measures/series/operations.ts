import * as z from 'zod'
import type { Catalog } from '../../catalog/index.ts'
import { type Clock, DAY, formatInstant, operation, parseDuration, Refusal } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import { checkedZone } from '../asking.ts'
import type { Measures } from '../measures.ts'
import { askInput, readingAsk } from '../operations.ts'
import { analyseMany } from '../time/index.ts'
import { Annotation, annotationsOf } from './annotations.ts'
import { ChangedMeasure, toldChanges } from './changed.ts'
import { watched } from './lately.ts'
import { LATELY_DAYS, OverviewView, overviewOf } from './overview.ts'
import { SeriesView } from './shape.ts'
import { wholeBuckets } from './step.ts'
import { questionOf, stepsIn, viewOf } from './view.ts'

type Context = { measures: Measures; catalog: Catalog; store: Store; clock: Clock }

const Bucket = z.enum(['day', 'week', 'month'])
const Days = z.string().trim().max(20)

/** Steps one looks ahead at most. */
const FARTHEST = 400

const namespaceInput = {
  /** A namespace; `default` when left out. */
  scope: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i, { error: 'is not a namespace' })
    .default('default'),
  at: askInput.at,
  asOf: askInput.asOf,
  zone: askInput.zone,
}

export const seriesOperations = [
  operation({
    id: 'series.read',
    method: 'get',
    path: '/series/{id}',
    scope: 'read',
    summary: 'One measure over time: its values, robust trend, changes of level, and on wish a forecast with its back-tested coverage',
    input: z.object({
      id: z.string().min(1).max(200),
      ...askInput,
      /** One value a bucket; sent-in values stand as they came when left out. */
      bucket: Bucket.optional(),
      /** How far ahead, for example 28d. */
      forecast: Days.optional(),
      /** Share of forecast intervals that shall hold. */
      level: z.coerce.number().min(0.5).max(0.99).default(0.8),
    }),
    output: SeriesView,
    run: async ({ id, bucket, forecast, level, ...asked }, { measures }: Context) => {
      const series = await measures.series({ ...readingAsk(id, asked), bucket })
      const ahead = forecast === undefined ? undefined : stepsAhead(forecast, series.step)
      const [answer] = await analyseMany([questionOf(series, { ...(ahead ? { ahead } : {}), level })])
      return viewOf(series, answer!)
    },
  }),
  operation({
    id: 'annotations',
    method: 'get',
    path: '/annotations',
    scope: 'read',
    summary: 'What else happened over time: deployments, incidents, decisions and investments, one mark a kind and bucket',
    input: z.object({ ...askInput, bucket: Bucket.default('day') }),
    output: z.object({
      annotations: z.array(Annotation),
      window: z.object({ from: z.string(), to: z.string() }),
      at: z.string(),
      asOf: z.string(),
    }),
    run: async ({ bucket, ...asked }, context: Context) => {
      const { window, subject, at, asOf, zone } = await context.measures.resolve(readingAsk('', asked))
      const buckets = wholeBuckets(window, bucket, zone)
      const inside = ({ at: moment }: Annotation) => Date.parse(moment) >= window.from && Date.parse(moment) < window.to
      return {
        annotations: (await annotationsOf({ subject, buckets, at: Math.min(at, window.to), asOf }, context)).filter(inside),
        window: { from: formatInstant(window.from), to: formatInstant(window.to) },
        at: formatInstant(at),
        asOf: formatInstant(asOf),
      }
    },
  }),
  operation({
    id: 'changes',
    method: 'get',
    path: '/changes',
    scope: 'read',
    keep: true,
    summary: 'Which measures of a namespace changed level lately, worst first, how surely, and what else happened around then',
    input: z.object({ ...namespaceInput, since: Days.default('28d') }),
    output: z.object({
      changes: z.array(ChangedMeasure),
      since: z.string(),
      /** Series looked at, and those with too few values to tell. */
      looked: z.number().int(),
      tooFew: z.number().int(),
      at: z.string(),
      asOf: z.string(),
    }),
    run: async ({ since, scope, ...asked }, context: Context) => {
      const ask = await watchAsk(scope, asked, context)
      const all = await watched(ask, context)
      const from = ask.at - secondsOf(since, 'since') * 1_000
      const series = all.flatMap((one) => one.series)
      return {
        changes: await toldChanges(all, from, ask, context),
        since: formatInstant(from),
        looked: series.length,
        tooFew: series.filter(({ tooFew }) => tooFew).length,
        at: formatInstant(ask.at),
        asOf: formatInstant(ask.asOf),
      }
    },
  }),
  operation({
    id: 'measure.overview',
    method: 'get',
    path: '/measures-over-time',
    scope: 'read',
    keep: true,
    keepWarm: true,
    summary:
      'Every measure of a namespace at a glance: latest value, how many records, its way over half a year, whether it changed lately',
    input: z.object({ ...namespaceInput }),
    output: OverviewView.extend({ changes: z.array(ChangedMeasure) }),
    run: async ({ scope, ...asked }, context: Context) => {
      const ask = await watchAsk(scope, asked, context)
      const all = await watched(ask, context)
      return { ...overviewOf(ask, all), changes: await toldChanges(all, ask.at - LATELY_DAYS * DAY, ask, context) }
    },
  }),
] as const

async function watchAsk(scope: string, asked: Pick<z.output<z.ZodObject<typeof askInput>>, 'at' | 'asOf' | 'zone'>, { measures }: Context) {
  const namespace = scope.toLowerCase()
  const { at, asOf, zone } = await measures.resolve(readingAsk('', { ...asked, subject: `namespace:${namespace}` }))
  return { namespace, at, asOf, zone: checkedZone(zone) }
}

function stepsAhead(text: string, step: Parameters<typeof stepsIn>[1]): number {
  const ahead = stepsIn(secondsOf(text, 'forecast'), step)
  if (ahead <= FARTHEST) return ahead
  throw new Refusal('series.too_far', `${text} is ${ahead} ${step}s ahead; at most ${FARTHEST} are foretold.`, {
    fix: 'Look less far ahead, or by weeks or months.',
    path: 'forecast',
  })
}

function secondsOf(text: string, path: string): number {
  const read = parseDuration(text)
  if (read.ok && read.value > 0) return read.value
  const { code, message, fix } = read.ok
    ? { code: 'quantity.bad_duration', message: `"${text}" is no time`, fix: undefined }
    : read.problems[0]!
  throw new Refusal(code, `${message}.`, { fix: fix ?? 'Write a length of time such as 28d.', path })
}
