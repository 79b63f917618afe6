import type { Weekly } from './step.ts'

/** Rounds of levels and weeks taken in turn; more change nothing to speak of. */
const ROUNDS = 20

/**
 * What series do together, week by week: the mean of each week once every series' own level is taken out, levels and
 * weeks taken in turn, so that a series that misses a week shifts nothing. A week in which fewer than half are known is missing.
 */
export function commonOf(series: readonly Weekly[]): Weekly {
  const length = series[0]?.length ?? 0
  let weeks: (number | null)[] = Array.from({ length }, () => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const levels = series.map((values) => meanDistance(values, (week) => weeks[week] ?? null))
    weeks = weeks.map((_, week) => {
      const known = series.flatMap((values, index) => (values[week] == null ? [] : [values[week] - (levels[index] ?? 0)]))
      return 2 * known.length < series.length || known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
    })
    if (series.every((values) => values.every((value) => value !== null))) break
  }
  return weeks
}

/** One series without another; missing where either is. */
export function without(series: Weekly, other: Weekly): Weekly {
  return series.map((value, week) => (value === null || other[week] == null ? null : value - other[week]))
}

function meanDistance(values: Weekly, from: (week: number) => number | null): number | null {
  let [sum, n] = [0, 0]
  values.forEach((value, week) => {
    const base = from(week)
    if (value === null || base === null) return
    sum += value - base
    n++
  })
  return n === 0 ? null : sum / n
}
