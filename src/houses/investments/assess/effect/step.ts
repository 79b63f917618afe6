import { studentCdf } from './student.ts'

/** One value a week, in order; what nobody told is missing (null), never zero. */
export type Weekly = readonly (number | null)[]

/** By how much a series lies higher or lower from a week on. */
export interface Step {
  value: number
  low: number
  high: number
  level: number
  /** Chance of a step at least as far from zero as zero is from this one. */
  p: number
  /** Where the series would lie without the step. */
  courseAt(week: number): number
}

export interface StepAsk {
  /** The first week after. */
  cut: number
  /** What is looked for in each week: a step unless told. */
  shape?: (week: number) => number
  /** Also a straight course over all weeks, which the step comes on top of. */
  trend?: boolean
  /** Series whose noise remembers alike; together they count as one more witness of how much it remembers. */
  alike?: readonly Weekly[]
  level: number
}

/** How much a week's distance from its level is remembered by the next: what is thought possible. */
const MEMORIES = Array.from({ length: 19 }, (_, index) => index / 20)
/** Parts that count for less than this do not show. */
const NOTHING = 1e-9

/**
 * A step in noise that remembers (AR(1)), missing weeks left out as such. For each memory the step is found by generalised
 * least squares and is Student distributed; the parts are weighed by their restricted likelihood (H. D. Patterson &
 * R. Thompson, Biometrika 58, 1971, 545–554) and mixed, so that not knowing the memory widens the interval. Memories are
 * thought likelier the longer they are, by (1 − memory)^−½: taken as too short they make intervals too narrow.
 * @returns null with fewer than two weeks to spare, or with no week on one side
 */
export function stepOf(
  values: Weekly,
  { cut, shape = (week) => (week >= cut ? 1 : 0), trend = false, alike = [], level }: StepAsk,
): Step | null {
  const own = fitsOf(values, shape, trend)
  if (!own) return null
  const witnesses = alike.flatMap((series) => fitsOf(series, shape, false) ?? [])
  const logs = own.map(({ log }, index) => {
    const others = witnesses.filter((_, place) => place % MEMORIES.length === index).reduce((sum, one) => sum + one.log, 0)
    return log + (alike.length > 0 ? others / alike.length : 0) - Math.log(1 - MEMORIES[index]!) / 2
  })
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const parts = own.map((fit, index) => ({ ...fit, weight: weights[index]! / all })).filter(({ weight }) => weight > NOTHING)
  const mean = (of: (fit: Fit) => number) => parts.reduce((sum, part) => sum + part.weight * of(part), 0)
  const below = (step: number) =>
    parts.reduce((sum, { weight, coefficients, error, freedom }) => sum + weight * belowOf(step - coefficients[1]!, error, freedom), 0)
  const [start, value, slope] = [
    mean((fit) => fit.coefficients[0]!),
    mean((fit) => fit.coefficients[1]!),
    mean((fit) => fit.coefficients[2] ?? 0),
  ]
  const reach = 100 * Math.max(...parts.map(({ error }) => error)) + spread(parts)
  return {
    value,
    low: crossing(below, (1 - level) / 2, value, reach),
    high: crossing(below, (1 + level) / 2, value, reach),
    level,
    p: Math.min(1, 2 * Math.min(below(0), 1 - below(0))),
    courseAt: (week) => start + slope * week,
  }
}

/** The least squares of one memory. */
interface Fit {
  /** Level, step and, where asked for, slope a week. */
  coefficients: number[]
  /** Standard error of the step. */
  error: number
  freedom: number
  /** Logarithm of the restricted likelihood. */
  log: number
}

function fitsOf(values: Weekly, shape: (week: number) => number, trend: boolean): Fit[] | null {
  const weeks = values.flatMap((value, week) => (value === null ? [] : [week]))
  const rows = weeks.map((week) => [1, shape(week), ...(trend ? [week] : []), values[week]!])
  const moves = rows.some((row) => row[1] !== rows[0]![1])
  if (!moves || weeks.length < (trend ? 5 : 4)) return null
  return MEMORIES.map((memory) => fitOf(rows, weeks, memory))
}

function fitOf(rows: readonly (readonly number[])[], weeks: readonly number[], memory: number): Fit {
  const columns = rows[0]!.length - 1
  const sums = Array.from({ length: columns + 1 }, () => Array.from({ length: columns + 1 }, () => 0))
  let logSpread = 0
  rows.forEach((row, index) => {
    const kept = index === 0 ? 0 : memory ** (weeks[index]! - weeks[index - 1]!)
    const scale = Math.sqrt(1 - kept ** 2)
    logSpread += Math.log(scale)
    const fresh = row.map((value, column) => (index === 0 ? value : (value - kept * rows[index - 1]![column]!) / scale))
    for (let a = 0; a <= columns; a++) for (let b = 0; b <= columns; b++) sums[a]![b]! += fresh[a]! * fresh[b]!
  })
  const { coefficients, stepVariance, logDeterminant } = solve(sums, columns)
  const total = sums[columns]![columns]!
  const rest = total - coefficients.reduce((sum, coefficient, column) => sum + coefficient * sums[column]![columns]!, 0)
  const freedom = rows.length - columns
  // Values without any noise leave nothing but rounding.
  const squares = Math.max(rest, 1e-18 * total, 1e-300)
  return {
    coefficients,
    error: Math.sqrt((squares / freedom) * stepVariance),
    freedom,
    log: -logSpread - logDeterminant / 2 - (freedom / 2) * Math.log(squares),
  }
}

/** Normal equations by Gauss and Jordan; the last column is the right side. */
function solve(sums: readonly (readonly number[])[], columns: number) {
  const rows = sums
    .slice(0, columns)
    .map((row, index) => [...row, ...Array.from({ length: columns }, (_, other) => (other === index ? 1 : 0))])
  let logDeterminant = 0
  for (let pivot = 0; pivot < columns; pivot++) {
    const by = rows[pivot]![pivot]!
    logDeterminant += Math.log(by)
    rows[pivot] = rows[pivot]!.map((value) => value / by)
    for (let other = 0; other < columns; other++) {
      const factor = rows[other]![pivot]!
      if (other !== pivot) rows[other] = rows[other]!.map((value, column) => value - factor * rows[pivot]![column]!)
    }
  }
  return { coefficients: rows.map((row) => row[columns]!), stepVariance: rows[1]![columns + 2]!, logDeterminant }
}

function belowOf(distance: number, error: number, freedom: number): number {
  return studentCdf(distance / error, freedom)
}

function spread(parts: readonly Fit[]): number {
  const steps = parts.map(({ coefficients }) => coefficients[1]!)
  return Math.max(...steps) - Math.min(...steps)
}

/** Where a rising function crosses a probability. */
function crossing(below: (value: number) => number, probability: number, middle: number, reach: number): number {
  let [low, high] = [middle - reach, middle + reach]
  for (let round = 0; round < 50; round++) {
    const half = (low + high) / 2
    if (below(half) < probability) low = half
    else high = half
  }
  return (low + high) / 2
}
