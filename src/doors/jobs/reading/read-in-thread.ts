import { Worker } from 'node:worker_threads'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { type Problem, Refusal } from '../../../ground/core/index.ts'
import type { IntentRead } from '../../intent-folder.ts'
import type { Ask, Summary } from './messages.ts'

/** The worst folder within the reader's limits took 90 s on one slow core. */
const DEADLINE_MS = 300_000
const MOST_MEGABYTES = 2_048

/**
 * Reads a folder of intent files in a thread of its own: parsing the worst that the reader's limits allow takes seconds,
 * in which a server would answer nobody. What was read comes over in small pieces.
 */
export async function readInThread(dir: string): Promise<IntentRead> {
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: dir,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  const ask = <T>(request?: Ask) => answerOf<T>(thread, dir, request)
  const list = async <T>(name: 'drafts' | 'problems', length: number): Promise<T[]> => {
    const all: T[] = []
    while (all.length < length) {
      all.push(...(await ask<T[]>({ ask: name, from: all.length })))
      await new Promise<void>((resolve) => setImmediate(resolve)) // whoever waits comes in between
    }
    return all
  }
  try {
    const { drafts, problems, ...summary } = await ask<Summary>()
    return {
      ...summary,
      drafts: await list<EntityDraft>('drafts', drafts),
      problems: await list<Problem>('problems', problems),
      locate: (found) => (found.length ? ask({ ask: 'locate', problems: [...found] }) : Promise.resolve([])),
      close: async () => void (await thread.terminate()),
    }
  } catch (error) {
    await thread.terminate()
    throw error
  }
}

/** The next message of the thread, or why there is none. */
async function answerOf<T>(thread: Worker, dir: string, request: Ask | undefined): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const give = (why: string) =>
    reject(
      new Refusal('files.not_read', `The folder ${dir} could not be read: ${why}.`, {
        fix: 'Try it by hand: throughline check, on the same folder, names what is too large; then split or remove it.',
        file: dir,
      }),
    )
  const failed = (error: Error) => give(error.message)
  const ended = () => give('its reader ended')
  const alarm = setTimeout(() => give(`it took longer than ${DEADLINE_MS / 1000} s`), DEADLINE_MS)
  thread.once('message', resolve).once('error', failed).once('exit', ended)
  if (request) thread.postMessage(request)
  try {
    return await promise
  } finally {
    clearTimeout(alarm)
    thread.off('message', resolve).off('error', failed).off('exit', ended)
  }
}
