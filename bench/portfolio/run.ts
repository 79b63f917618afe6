/**
 * Portfolio: `node bench/portfolio/run.ts [investments] [draws]`, by default 200 and 500.
 * The best choice of drawn investments with dependencies, exclusions and a floor within limits, with two next best; then as
 * many draws with every input off by up to a half, while the event loop is watched. Once where gaps are wide (nothing is
 * closed to its end), once where they are narrow.
 */
import { cpus, totalmem } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { randomOf } from '../../src/ground/measures/index.ts'
import { type Candidate, type PortfolioProblem } from '../../src/houses/investments/decide/portfolio/index.ts'
import { chosenFor, drawsOf } from '../../src/houses/investments/solver/index.ts'

const INVESTMENTS = Number(process.argv[2] ?? 200)
const DRAWS = Number(process.argv[3] ?? 500)
const OUTCOMES = 8

/** @param most share of a gap that one investment closes at most */
function drawn(seed: string, most: number): PortfolioProblem {
  const random = randomOf(seed)
  const outcomes = Array.from({ length: OUTCOMES }, (_, index) => ({ ref: `outcome:default/${index}`, weight: 1 }))
  const candidates = Array.from({ length: INVESTMENTS }, (_, index): Candidate => {
    const serves = [...new Set([random.below(OUTCOMES), ...(random.next() < 0.3 ? [random.below(OUTCOMES)] : [])])].map(
      (at) => outcomes[at]!.ref,
    )
    const other = (share: number) => (index > 0 && random.next() < share ? [`investment:default/${random.below(index)}`] : [])
    const dependsOn = other(0.4)
    return {
      ref: `investment:default/${index}`,
      peopleWeeks: 1 + random.below(40),
      money: random.below(100) * 1_000,
      serves,
      closes: Object.fromEntries(serves.map((ref) => [ref, most * (random.next() - 0.05)])),
      dependsOn,
      excludes: other(0.15).filter((ref) => !dependsOn.includes(ref)),
    }
  })
  const total = (of: 'peopleWeeks' | 'money') => candidates.reduce((sum, one) => sum + one[of], 0)
  return {
    candidates,
    outcomes,
    limits: { peopleWeeks: total('peopleWeeks') * 0.25, money: total('money') * 0.25 },
    floors: [{ outcome: outcomes[0]!.ref, peopleWeeks: 40 }],
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; loopDelayP99Ms: number; answer: T }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const begin = performance.now()
  const answer = await work()
  const seconds = (performance.now() - begin) / 1_000
  delay.disable()
  return { seconds: Number(seconds.toFixed(2)), loopDelayP99Ms: Number((delay.percentile(99) / 1e6).toFixed(1)), answer }
}

const { model } = cpus()[0]!
process.stdout.write(
  `${JSON.stringify({ node: process.version, cpu: model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) })}\n`,
)
await chosenFor(drawn('warm', 0.2)) // the thread is up
for (const [name, most] of [
  ['wide gaps', 0.08],
  ['narrow gaps', 0.6],
] as const) {
  const times: number[] = []
  for (const round of [1, 2, 3, 4, 5]) times.push((await timed(() => chosenFor(drawn(`${name} ${round}`, most)))).seconds)
  const { seconds, loopDelayP99Ms, answer } = await timed(() => drawsOf(drawn(`${name} 1`, most), DRAWS, true))
  process.stdout.write(
    `${JSON.stringify({ name, investments: INVESTMENTS, chooseSecondsWithTwoNextBest: times, draws: DRAWS, drawSeconds: seconds, loopDelayP99Ms, infeasible: answer.infeasible })}\n`,
  )
}
