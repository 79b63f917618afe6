import { availableParallelism } from 'node:os'
import type { Piscina } from 'piscina'
import { analyse, type SeriesAnswer, type SeriesQuestion } from './analyse.ts'

/** Values that are looked at on the spot: about 15 ms of work, and a trip to another thread costs more than it saves. */
const FEW_VALUES = 1_000
/** Values a thread is handed at once: about 50 ms of work, and little to copy. */
const PORTION = 8_000
/** A thread that was idle for so long ends. */
const IDLE_MS = 30_000

let pool: Promise<Piscina> | undefined

/** Threads that start when first needed, end when idle, and keep no process alive. */
function threads(): Promise<Piscina> {
  pool ??= import('piscina').then(
    ({ Piscina }) =>
      new Piscina({
        filename: new URL('./thread.ts', import.meta.url).href,
        minThreads: 0,
        maxThreads: Math.max(1, Math.min(4, availableParallelism())),
        idleTimeout: IDLE_MS,
      }),
  )
  return pool
}

/** Looks at many series in other threads, so that whoever asks a server meanwhile is answered; answers in order. */
export async function analyseMany(questions: readonly SeriesQuestion[]): Promise<SeriesAnswer[]> {
  if (questions.reduce((sum, { values }) => sum + values.length, 0) <= FEW_VALUES) return questions.map(analyse)
  const workers = await threads()
  const answers = await Promise.all(portionsOf(questions).map((portion) => workers.run(portion) as Promise<SeriesAnswer[]>))
  return answers.flat()
}

function portionsOf(questions: readonly SeriesQuestion[]): SeriesQuestion[][] {
  const portions: SeriesQuestion[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const question of questions) {
    if (size + question.values.length > PORTION) {
      portions.push([])
      size = 0
    }
    portions.at(-1)!.push(question)
    size += question.values.length
  }
  return portions
}
