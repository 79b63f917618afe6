import type { Weekly } from './step.ts'

/** Rounds of levels and weeks taken in turn; more change nothing to speak of. */
const ROUNDS = 20

/**
 * What series do together, week by week: the mean of each week once every series' own level is taken out, levels and
 * weeks taken in turn, so that a series that misses a week shifts nothing. A series that scatters more than the middle one
 * counts for less, by its variance. A week in which fewer than half are known is missing.
 */
export function commonOf(series: readonly Weekly[]): Weekly {
  const length = series[0]?.length ?? 0
  const weights = weightsOf(series)
  let weeks: (number | null)[] = Array.from({ length }, () => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const levels = series.map((values) => meanDistance(values, (week) => weeks[week] ?? null))
    weeks = weeks.map((_, week) => {
      const known = series.flatMap((values, index) =>
        values[week] == null ? [] : [{ rest: values[week] - (levels[index] ?? 0), weight: weights[index]! }],
      )
      if (2 * known.length < series.length || known.length === 0) return null
      return known.reduce((sum, { rest, weight }) => sum + weight * rest, 0) / known.reduce((sum, { weight }) => sum + weight, 0)
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

/** At most 1, so that none leads. */
function weightsOf(series: readonly Weekly[]): number[] {
  const scatter = series.map(meanSquareStep)
  const middle = scatter.toSorted((a, b) => a - b)[Math.floor((scatter.length - 1) / 2)] ?? 0
  return scatter.map((own) => (own > middle && middle > 0 ? middle / own : 1))
}

/** From one known week to the next: a level that changes touches one of them. */
function meanSquareStep(values: Weekly): number {
  const known = values.filter((value) => value !== null)
  const steps = known.slice(1).map((value, index) => (value - known[index]!) ** 2)
  return steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / steps.length
}
