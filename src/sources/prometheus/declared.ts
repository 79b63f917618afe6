import * as z from 'zod'
import type { Remote } from '../../ground/intake/index.ts'
import { labelsOf, matrixOf, type Series, type Span } from './matrix.ts'

const Query = z.string().min(1).max(20_000)

/**
 * An indicator an SLO asks for. Queries leave the length of a step open as `$step`.
 * - `total` with `good` or `bad`: counts of a step, or rates a second where `perSecond` says so.
 * - `share`: a share of good at each step; it counts as one event of that worth, since nobody says how many there were.
 */
export const DeclaredIndicator = z.object({
  indicator: z.string(),
  subject: z.string(),
  good: Query.optional(),
  bad: Query.optional(),
  total: Query.optional(),
  share: Query.optional(),
  perSecond: z.object({ part: z.boolean(), total: z.boolean() }),
})
export type DeclaredIndicator = z.infer<typeof DeclaredIndicator>

/** One minute: the grain of what is kept. */
export const DECLARED_STEP = 60

/** One series of an indicator: seconds with the good and all of the step before. */
export interface CountedSeries {
  metric: Record<string, string>
  values: [number, number, number][]
}

/** What was good and what was all at each step. Where all is not known, or how many were good, nothing is said. */
export async function countedOf(asked: DeclaredIndicator, span: Span, remote: Remote): Promise<CountedSeries[]> {
  const { good, bad, total, share, perSecond } = asked
  if (share !== undefined)
    return (await matrixOf(share, span, remote)).map(({ metric, values }) => ({
      metric,
      values: values.flatMap(([at, ratio]): CountedSeries['values'] => (ratio >= 0 && ratio <= 1 ? [[at, ratio, 1]] : [])),
    }))
  const part = good ?? bad
  if (part === undefined || total === undefined) return []
  const of = byLabels(await matrixOf(part, span, remote))
  const [partWorth, totalWorth] = [perSecond.part ? span.step : 1, perSecond.total ? span.step : 1]
  return (await matrixOf(total, span, remote)).map((series) => {
    const parts = of.get(labelsOf(series))
    return {
      metric: series.metric,
      values: series.values.flatMap(([at, value]): CountedSeries['values'] => {
        const all = Math.max(0, value * totalWorth)
        const known = parts?.get(at)
        // A series of failures appears with the first failure: until then there was none.
        const counted = known === undefined ? (bad === undefined ? null : 0) : known * partWorth
        if (counted === null) return []
        return [[at, Math.min(all, Math.max(0, bad === undefined ? counted : all - counted)), all]]
      }),
    }
  })
}

function byLabels(series: readonly Series[]): Map<string, Map<number, number>> {
  return new Map(series.map((one) => [labelsOf(one), new Map(one.values)]))
}
