/**
 * How well drivers are told from what only looks like one, and what a test costs: over 300 seeded draws each, level, growth,
 * weekly rhythm and AR(1) noise. `node bench/drivers/run.ts`
 */
import { association, type Random, randomOf } from '../../src/ground/measures/index.ts'

interface Case {
  name: string
  days: number
  /** What noise keeps of the day before. */
  memory: number
  /** What a unit of the driver's noise adds to the measure, 14 days later. */
  strength: number
  /** A swing of a year in both, at its own time in each, or at the same. */
  swing?: 'own' | 'shared'
  /** Share of days missing in each. */
  missing?: number
  /** Lags looked at; a week around 14 days unless told. */
  lags?: number[]
}

const DRAWS = 300
const LAG = 14
const AROUND = Array.from({ length: 7 }, (_, step) => LAG - 3 + step)
const CASES: Case[] = [
  { name: 'unrelated, 26 weeks', days: 182, memory: 0.3, strength: 0 },
  { name: 'unrelated, 52 weeks', days: 364, memory: 0.3, strength: 0 },
  { name: 'unrelated, long memory', days: 364, memory: 0.8, strength: 0 },
  { name: 'unrelated, each with a swing of a year', days: 364, memory: 0.3, strength: 0, swing: 'own' },
  { name: 'unrelated, the same swing of a year', days: 364, memory: 0.3, strength: 0, swing: 'shared' },
  { name: 'unrelated, three of ten days missing', days: 364, memory: 0.3, strength: 0, missing: 0.3 },
  { name: 'unrelated, no lag stated', days: 364, memory: 0.3, strength: 0, lags: Array.from({ length: 29 }, (_, lag) => lag) },
  { name: 'planted 0.3, 26 weeks', days: 182, memory: 0.3, strength: 0.3 },
  { name: 'planted 0.4, 26 weeks', days: 182, memory: 0.3, strength: 0.4 },
  { name: 'planted 0.2, 52 weeks', days: 364, memory: 0.3, strength: 0.2 },
  { name: 'planted 0.3, 52 weeks', days: 364, memory: 0.3, strength: 0.3 },
  { name: 'planted 0.3, 52 weeks, long memory', days: 364, memory: 0.8, strength: 0.3 },
  {
    name: 'planted 0.3, 52 weeks, no lag stated',
    days: 364,
    memory: 0.3,
    strength: 0.3,
    lags: Array.from({ length: 29 }, (_, lag) => lag),
  },
]

for (const one of CASES) {
  const since = process.cpuUsage()
  const found = Array.from({ length: DRAWS }, (_, draw) => drawn(one, randomOf(`${one.name} ${draw}`)))
  const share = (so: (result: (typeof found)[number]) => boolean) => `${((100 * found.filter(so).length) / DRAWS).toFixed(0)} %`.padStart(6)
  const truth = one.strength / Math.hypot(1, one.strength)
  console.log(
    one.name.padEnd(42),
    'supported',
    share(({ p, correlation }) => p <= 0.05 && correlation > 0),
    ' the other way',
    share(({ p, correlation }) => p <= 0.05 && correlation < 0),
    ' 0.3 ruled out',
    share(({ p, range }) => p > 0.05 && range.high < 0.3),
    ' interval holds the truth',
    share(({ interval }) => interval.low <= truth && truth <= interval.high),
    ` ${(process.cpuUsage(since).user / DRAWS / 1_000).toFixed(1)} ms`,
  )
}

function drawn({ days, memory, strength, swing, missing = 0, lags = AROUND }: Case, random: Random) {
  const shift = random.next() * 365
  const swingOf = (day: number, own: number) => (swing ? 2 * Math.sin((2 * Math.PI * (day + (swing === 'shared' ? shift : own))) / 365) : 0)
  const dress = (rests: Float64Array) => {
    const week = Array.from({ length: 7 }, () => 2 * normal(random))
    const [slope, own] = [0.02 * normal(random), random.next() * 365]
    return rests.map((rest, day) => (random.next() < missing ? Number.NaN : 100 + week[day % 7]! + slope * day + swingOf(day, own) + rest))
  }
  const x = noise(random, days, memory)
  const y = noise(random, days, memory).map((rest, day) => rest + strength * (x[day - LAG] ?? 0))
  return association(dress(y), dress(x), { lags, period: 7, reach: 28, shortestBlock: 7, random })!
}

function noise(random: Random, days: number, memory: number): Float64Array {
  let last = normal(random)
  return new Float64Array(days).map(() => (last = memory * last + Math.sqrt(1 - memory ** 2) * normal(random)))
}

/** Box and Muller's transform (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
