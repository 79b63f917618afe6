import * as z from 'zod'
import { Refusal } from '../../ground/core/index.ts'
import { type Remote, shaped } from '../../ground/intake/index.ts'

/** Series of one answer: more is a query that forgot to sum. */
export const MOST_SERIES = 10_000

const Sample = z.tuple([z.number(), z.string().max(40)])
const Matrix = z.looseObject({
  status: z.literal('success'),
  data: z.looseObject({
    resultType: z.literal('matrix'),
    result: z.array(z.looseObject({ metric: z.record(z.string(), z.string()), values: z.array(Sample).default([]) })),
  }),
})

/** One series: its labels, and its values by second. */
export interface Series {
  metric: Record<string, string>
  values: [number, number][]
}

/** A span of steps, in seconds since 1970. */
export interface Span {
  start: number
  end: number
  step: number
}

/** Values of a query at each step; those that are stale, not a number or infinite are none. */
export async function matrixOf(query: string, { start, end, step }: Span, remote: Remote): Promise<Series[]> {
  const search = new URLSearchParams({
    query: query.replaceAll('$step', `${step}s`),
    start: String(start),
    end: String(end),
    step: String(step),
  })
  const { data } = shaped(Matrix, await remote.get(`/api/v1/query_range?${search}`))
  if (data.result.length > MOST_SERIES)
    throw new Refusal('prometheus.too_many_series', `The query returns ${data.result.length.toLocaleString('en-GB')} series.`, {
      fix: 'Sum over the labels that tell nothing, as in sum by (service) (…), under "Edit settings" or with throughline sources set.',
    })
  return data.result.map(({ metric, values }) => ({
    metric,
    values: values
      .map(([at, value]): [number, number] => [at, Number(value)])
      .filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value)),
  }))
}

/** What tells one series from another. */
export function labelsOf({ metric }: Series): string {
  const { __name__: _, ...labels } = metric
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}
