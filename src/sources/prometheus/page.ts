import * as z from 'zod'
import { Refusal } from '../../ground/core/index.ts'
import type { Page, PageAsk, Payload, Remote } from '../../ground/intake/index.ts'
import { countedOf, DECLARED_STEP, DeclaredIndicator } from './declared.ts'
import { labelsOf, matrixOf, type Span } from './matrix.ts'
import { PrometheusSettings, queriesIn, type Query } from './settings.ts'

/** Prometheus answers with no more points a series ("exceeded maximum resolution of 11,000 points per timeseries"). */
const MOST_POINTS = 11_000
/** Mimir and others refuse to look over more than about a month at once. */
const MOST_SECONDS = 30 * 86_400
/** Until it is known how many series there are. */
const FIRST_POINTS = 100
/** Values that are kept in one transaction, about. */
const PAGE_VALUES = 10_000

const Cursor = z.object({ start: z.number().int(), points: z.number().int().min(1).max(MOST_POINTS) })

/** A span of steps on a grid that is the same each time, so that reading again finds the same moments. */
export async function pageOf({ stream, cursor, since, until, settings, declared, remote }: PageAsk): Promise<Page> {
  const read = PrometheusSettings.parse(settings)
  const asked = declared ? DeclaredIndicator.parse(declared) : undefined
  const query = asked ?? queriesIn(read).get(stream)
  const step = asked ? DECLARED_STEP : read.stepSeconds
  const last = Math.floor(until / 1000 / step) * step
  const { start, points } = cursor === null ? { start: Math.ceil(since / 1000 / step) * step, points: FIRST_POINTS } : Cursor.parse(cursor)
  if (!query || start > last) return { payloads: [], next: null }
  const end = Math.min(last, start + Math.min(points - 1, Math.floor(MOST_SECONDS / step)) * step)
  const payloads = await payloadsOf(query, { start, end, step }, remote).catch((error: unknown) => {
    if (error instanceof Refusal && error.problem.code === 'outgoing.too_large' && points > 1) return null
    throw error
  })
  if (payloads === null) return { payloads: [], next: { start, points: Math.ceil(points / 4) } }
  const next = Math.max(1, Math.min(MOST_POINTS, Math.floor(PAGE_VALUES / Math.max(1, payloads.length))))
  return { payloads, next: end === last ? null : { start: end + step, points: next } }
}

async function payloadsOf(asked: Query | DeclaredIndicator, span: Span, remote: Remote): Promise<Payload[]> {
  if ('indicator' in asked) {
    const { indicator, subject } = asked
    const found = await countedOf(asked, span, remote)
    return found.map((series) => ({ event: 'slo', body: { name: indicator, subject, step: span.step, ...series } }))
  }
  const { name, query, total } = asked
  const found = await matrixOf(query, span, remote)
  if (total === undefined) return found.map(({ metric, values }) => ({ event: 'series', body: { name, metric, step: span.step, values } }))
  const good = new Map(found.map((series) => [labelsOf(series), new Map(series.values)]))
  return (await matrixOf(total, span, remote)).map((series) => ({
    event: 'indicator',
    body: {
      name,
      metric: series.metric,
      step: span.step,
      // Where it is not known how many were good, nothing is.
      values: series.values.flatMap(([at, all]) => {
        const of = good.get(labelsOf(series))?.get(at)
        return of === undefined ? [] : [[at, of, all]]
      }),
    },
  }))
}
