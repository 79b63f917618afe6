import { rm } from 'node:fs/promises'
import type { Snapshot } from '../engine.ts'
import { diskFull, isDiskFull, restarted } from '../errors.ts'
import { copyDataFiles } from './copy-files.ts'
import { DatabaseThread } from './database-thread.ts'
import { EmbeddedLease } from './lease.ts'

/** Runs work while nobody else uses the database. */
type Alone = <T>(work: (thread: DatabaseThread) => Promise<T>) => Promise<T>

/**
 * The data as it is now, read by a thread of its own from a copy of the files: there is one connection only, and nobody
 * should wait until a backup is read through it. Others wait for a checkpoint and for the copy of at most the
 * write-ahead log since then.
 */
export async function snapshotOfFiles(folder: string, alone: Alone): Promise<Snapshot> {
  const copy = `${folder}${SNAPSHOT_SUFFIX}`
  const remove = () => rm(copy, { recursive: true, force: true })
  try {
    await copyUnderUse(folder, copy, alone)
    const thread = await DatabaseThread.start({ folder: copy, durable: false, image: null })
    return { connection: new EmbeddedLease(thread, null, () => {}), close: () => thread.terminate().then(remove) }
  } catch (error) {
    await remove()
    throw isDiskFull(error) ? diskFull() : error
  }
}

/** What the name of a copy ends with; a copy left by a killed process is removed at the next start. */
export const SNAPSHOT_SUFFIX = '.snapshot'

export async function snapshotOfMemory(image: Uint8Array<ArrayBuffer>): Promise<Snapshot> {
  const thread = await DatabaseThread.start({ folder: null, durable: false, image })
  return { connection: new EmbeddedLease(thread, null, () => {}), close: () => thread.terminate() }
}

async function copyUnderUse(folder: string, copy: string, alone: Alone): Promise<void> {
  const thread = await alone(async (thread) => {
    await thread.ask({ ask: 'holdCheckpoints', hold: true }, null)
    await thread.run({ ask: 'run', text: 'checkpoint', parameters: [] }, null)
    return thread
  })
  try {
    await copyDataFiles(folder, copy, (work) => alone(work))
  } finally {
    await alone(async (living) => {
      if (living === thread) await thread.ask({ ask: 'holdCheckpoints', hold: false }, null)
    })
  }
  if (thread.death) throw restarted(thread.death) // its successor began with a checkpoint
}
