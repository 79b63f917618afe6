import { addTallies, NOTHING_TRIED, type PortfolioProblem, type Tally } from '../decide/portfolio/index.ts'
import { DRAWING, drawnFor } from './threads.ts'

/** Draws of one problem, going on beside whoever asks. */
interface Run {
  tally: Tally
  whole: Promise<Tally>
  /** Who waits for all of it. */
  waiting: number
  /** When it was last asked about. */
  asked: number
  ended: boolean
}

/** Draws handed to a thread at once: half a second of work at most, so that progress is seen. */
const PORTION = 10
/** A run nobody asked about for so long is given up: somebody moved a slider on. */
const FORGOTTEN_MS = 10_000
/** Runs whose outcome is kept. */
const MOST_KEPT = 16

const runs = new Map<string, Run>()

/**
 * How often each is chosen in so many draws: begun when first asked, gone on with by itself.
 * @param wait for all of it; else what there is so far
 */
export async function drawsOf(problem: PortfolioProblem, count: number, wait: boolean): Promise<Tally> {
  if (count === 0 || problem.candidates.length === 0) return NOTHING_TRIED
  const key = JSON.stringify([problem, count])
  const run = runs.get(key) ?? begun(key, problem, count)
  run.asked = performance.now()
  if (!wait) return run.tally
  run.waiting++
  try {
    return await run.whole
  } finally {
    run.waiting--
  }
}

function begun(key: string, problem: PortfolioProblem, count: number): Run {
  const run: Run = { tally: NOTHING_TRIED, whole: Promise.resolve(NOTHING_TRIED), waiting: 0, asked: performance.now(), ended: false }
  for (const [other, { ended }] of runs) if (runs.size >= MOST_KEPT && ended) runs.delete(other)
  runs.set(key, run)
  let next = 0
  const draw = async () => {
    while (next < count && runs.get(key) === run) {
      const draws = Array.from({ length: Math.min(PORTION, count - next) }, (_, index) => next + index)
      next += draws.length
      const drawn = await drawnFor(problem, draws)
      run.tally = addTallies(run.tally, drawn)
      if (run.waiting === 0 && performance.now() - run.asked > FORGOTTEN_MS && next < count) runs.delete(key)
    }
  }
  run.whole = Promise.all(Array.from({ length: DRAWING }, draw)).then(
    () => {
      run.ended = true
      return run.tally
    },
    (error: unknown) => {
      runs.delete(key)
      throw error
    },
  )
  run.whole.catch(() => {}) // told to whoever waits
  return run
}
