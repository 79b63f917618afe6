import * as z from 'zod'
import { formatInstant, formatWindow, Unknown } from '../../../ground/core/index.ts'
import { wilsonInterval } from '../../../ground/measures/index.ts'
import { type CohortCounts, SMALL_GROUP } from '../store/index.ts'

const Interval = z.object({ low: z.number(), high: z.number(), level: z.number() })

const Cell = z.object({
  /** How many intervals after the one people began in. */
  period: z.number().int(),
  returned: z.number().int().nullable(),
  share: z.number().nullable(),
  interval: Interval.optional(),
  /** Why there is no number: the interval is not over, or too few people to be shown. */
  why: z.enum(['incomplete', 'small_group']).optional(),
})

const Point = z.object({
  period: z.number().int(),
  /** People of all cohorts for which this interval is over. */
  n: z.number().int(),
  returned: z.number().int(),
  share: z.number().nullable(),
  interval: Interval.optional(),
  /** Cohorts it rests on: the further on, the fewer. */
  cohorts: z.number().int(),
})

/** Cohorts by the interval they began in, and the curve of how many come back. */
export const CohortView = z.object({
  measure: z.string(),
  title: z.string(),
  question: z.string(),
  subject: z.string(),
  start: z.string(),
  return: z.string(),
  interval: z.enum(['day', 'week', 'month']),
  zone: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  at: z.string(),
  asOf: z.string(),
  cohorts: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** Null where there are some, but too few to be shown. */
      size: z.number().int().nullable(),
      cells: z.array(Cell),
    }),
  ),
  curve: z.array(Point),
  excluded: z.array(z.object({ code: z.string(), count: z.number().int() })),
  /** Set when nobody is in any cohort. */
  unknown: Unknown.optional(),
})
export type CohortView = z.infer<typeof CohortView>

const LEVEL = 0.95

/** The cells of a table that are complete, and the curve over them; what is not complete is null and says so. */
export function cohortTable(counts: CohortCounts, periods: number): Pick<CohortView, 'cohorts' | 'curve' | 'excluded' | 'window'> {
  const isSmall = (size: number) => size > 0 && size < SMALL_GROUP
  const isOver = (index: number, period: number) => index + period <= counts.lastOver
  const numbers = Array.from({ length: periods }, (_, index) => index + 1)
  const shown = counts.cohorts.map((cohort, index) => ({ ...cohort, index })).filter(({ size }) => !isSmall(size))
  const cut = counts.cohorts.filter(({ size }, index) => size > 0 && !isOver(index, 1))
  const small = counts.cohorts.filter(({ size }) => isSmall(size))
  const people = (cohorts: readonly { size: number }[]) => cohorts.reduce((sum, { size }) => sum + size, 0)
  return {
    window: {
      from: formatInstant(counts.cohorts[0]?.window.from ?? counts.borders[0]!),
      to: formatInstant(counts.cohorts.at(-1)?.window.to ?? counts.borders[0]!),
    },
    cohorts: counts.cohorts.map(({ window, size, returned }, index) => ({
      ...formatWindow(window),
      size: isSmall(size) ? null : size,
      cells: numbers.map((period): z.infer<typeof Cell> => {
        if (!isOver(index, period)) return { period, returned: null, share: null, why: 'incomplete' }
        if (isSmall(size)) return { period, returned: null, share: null, why: 'small_group' }
        return { period, ...shareOf(returned[period - 1]!, size) }
      }),
    })),
    curve: numbers.map((period) => {
      const over = shown.filter(({ index, size }) => size > 0 && isOver(index, period))
      const n = people(over)
      return {
        period,
        n,
        ...shareOf(
          over.reduce((sum, one) => sum + one.returned[period - 1]!, 0),
          n,
        ),
        cohorts: over.length,
      }
    }),
    excluded: [
      { code: 'incomplete_cohort', count: people(cut) },
      { code: 'small_cohort', count: people(small) },
      { code: 'repeated_start', count: counts.repeated },
    ].filter(({ count }) => count > 0),
  }
}

function shareOf(returned: number, n: number) {
  const interval = wilsonInterval(returned, n, LEVEL)
  return { returned, share: n === 0 ? null : returned / n, ...(interval ? { interval } : {}) }
}
