import { availableParallelism } from 'node:os'
import type { Piscina } from 'piscina'
import type { Chosen, PortfolioProblem, Tally } from '../decide/portfolio/index.ts'
import type { Task } from './thread.ts'

/** A thread that was idle for so long ends. */
const IDLE_MS = 30_000

/** Threads that draw at once. */
export const DRAWING = Math.max(1, Math.min(4, availableParallelism()))

const pools = new Map<string, Promise<Piscina>>()

/** Threads that start when first needed, end when idle, and keep no process alive; of their own for each purpose, so that nobody who asks waits behind draws. */
function threads(purpose: 'choose' | 'draw'): Promise<Piscina> {
  const started = pools.get(purpose)
  if (started) return started
  const starting = import('piscina').then(
    ({ Piscina }) =>
      new Piscina({
        filename: new URL('./thread.ts', import.meta.url).href,
        minThreads: 0,
        maxThreads: purpose === 'choose' ? 1 : DRAWING,
        idleTimeout: IDLE_MS,
      }),
  )
  pools.set(purpose, starting)
  return starting
}

/** Choices that are kept: who looks how far the draws are asks for the same again. */
const MOST_KEPT = 16
const kept = new Map<string, Promise<Chosen>>()

/** The best choice, found in another thread. */
export function chosenFor(problem: PortfolioProblem): Promise<Chosen> {
  const key = JSON.stringify(problem)
  const known = kept.get(key)
  if (known) return known
  const choosing = threads('choose').then((pool) => pool.run({ problem } satisfies Task) as Promise<Chosen>)
  kept.set(key, choosing)
  for (const other of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(other)
  choosing.catch(() => kept.delete(key))
  return choosing
}

/** What is chosen in a few draws, in another thread. */
export async function drawnFor(problem: PortfolioProblem, draws: readonly number[]): Promise<Tally> {
  const pool = await threads('draw')
  return (await pool.run({ problem, draws } satisfies Task)) as Tally
}
