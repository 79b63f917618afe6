import * as z from 'zod'
import { parseQuantity, type Problem } from '../../core/index.ts'

const Edge = z.union([z.number(), z.string().min(1).max(40)])
const Text = z.string().min(1).max(600)

const Distribution = z.strictObject({
  measure: z.string().min(1).max(200),
  unit: z.string().min(1).max(20),
  /** Shares of those asked, from the least to the most; open at an end that is left out. */
  bands: z
    .array(z.strictObject({ from: Edge.optional(), to: Edge.optional(), share: z.number().min(0).max(1) }))
    .min(2)
    .max(100)
    .optional(),
  /** Where only the mean is published. */
  mean: Edge.optional(),
})

/** One edition of what others answered: `benchmarks/*.yaml`. */
const File = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  title: Text,
  publisher: Text,
  url: z.url({ protocol: /^https$/ }),
  /** The year, or the day. */
  published: z.string().regex(/^\d{4}(?:-\d{2}-\d{2})?$/),
  /** Who was asked, how. */
  asked: Text,
  caveats: z.array(Text).min(1).max(20),
  distributions: z.array(Distribution).min(1).max(100),
})

/** A share of those asked, between two values of the measure's unit; null where it is open. */
export interface Band {
  from: number | null
  to: number | null
  share: number
}

/** What others answered to one measure, with where it is from. */
export interface Benchmark {
  id: string
  title: string
  publisher: string
  url: string
  published: string
  asked: string
  caveats: string[]
  measure: string
  unit: string
  bands: Band[]
  mean: number | null
}

/** Reads one edition; refuses what is out of order, overlaps or does not add up. */
export function parseBenchmarks(value: unknown): { benchmarks: Benchmark[]; problems: Problem[] } {
  const read = File.safeParse(value)
  if (!read.success) {
    const problems = read.error.issues.map(({ message, path }) => problem(message, path.map(String).join('.')))
    return { benchmarks: [], problems }
  }
  const { distributions, ...edition } = read.data
  const problems: Problem[] = []
  const benchmarks = distributions.map(({ measure, unit, bands = [], mean }, place): Benchmark => {
    const at = `distributions.${place}`
    const number = (edge: number | string | undefined) => {
      if (edge === undefined) return null
      const quantity = parseQuantity(edge, unit)
      if (quantity.ok) return quantity.value
      problems.push(problem(quantity.problems[0]!.message, at))
      return null
    }
    const numbers = bands.map(({ from, to, share }) => ({ from: number(from), to: number(to), share }))
    if (numbers.length === 0 && mean === undefined) problems.push(problem('neither bands nor a mean is stated', at))
    const sum = numbers.reduce((total, { share }) => total + share, 0)
    if (numbers.length > 0 && Math.abs(sum - 1) > 0.03) problems.push(problem(`the shares add up to ${sum.toFixed(2)}, not 1`, at))
    if (!inOrder(numbers)) problems.push(problem('the bands overlap or are not in order', at))
    return { ...edition, measure, unit, bands: numbers, mean: number(mean) }
  })
  return { benchmarks: problems.length > 0 ? [] : benchmarks, problems }
}

function inOrder(bands: readonly Band[]): boolean {
  return bands.every(({ from, to }, place) => {
    const before = bands[place - 1]
    const isProper = from === null || to === null || from < to
    return isProper && (before === undefined ? true : before.to !== null && from !== null && from >= before.to)
  })
}

function problem(message: string, path: string): Problem {
  return { code: 'benchmark.unreadable', severity: 'error', message, path, fix: 'Correct the file: benchmarks/README.md says how.' }
}
