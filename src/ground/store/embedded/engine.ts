import { Refusal } from '../../core/index.ts'
import type { Engine, Lane, Snapshot } from '../engine.ts'
import { closed } from '../errors.ts'
import { Lanes } from '../lanes.ts'
import { DatabaseThread } from './database-thread.ts'
import { EmbeddedLease } from './lease.ts'
import type { WorkerStart } from './messages.ts'
import { snapshotOfFiles, snapshotOfMemory } from './snapshot.ts'

/** How long a failed start is told to whoever asks before the next attempt. */
const RETRY_MS = 1000

/** PostgreSQL inside this process: PGlite in a thread, one connection, started again when it dies. */
export class EmbeddedEngine implements Engine {
  readonly mode = 'embedded'
  readonly deadlineMs: number
  readonly #lanes = new Lanes(1)
  readonly #start: WorkerStart
  readonly #onClosed: () => void
  #thread: DatabaseThread
  #failed: { at: number; refusal: unknown } | null = null
  #copying = false
  #closed = false

  private constructor(start: WorkerStart, deadlineMs: number, thread: DatabaseThread, onClosed: () => void) {
    this.#start = start
    this.deadlineMs = deadlineMs
    this.#thread = thread
    this.#onClosed = onClosed
  }

  /** @param onClosed called once the last byte is written, to give the folder back */
  static async start(start: WorkerStart, deadlineMs: number, onClosed: () => void = () => {}): Promise<EmbeddedEngine> {
    return new EmbeddedEngine(start, deadlineMs, await DatabaseThread.start(start), onClosed)
  }

  async lease(lane: Lane): Promise<EmbeddedLease> {
    const leave = await this.#lanes.enter(lane)
    try {
      return new EmbeddedLease(await this.#living(), this.deadlineMs, leave)
    } catch (error) {
      leave()
      throw error
    }
  }

  async snapshot(): Promise<Snapshot> {
    if (this.#copying)
      throw new Refusal('store.backup_running', 'A backup is being made already.', { status: 409, fix: 'Wait until it is done.' })
    this.#copying = true
    try {
      const { folder } = this.#start
      return folder === null ? await snapshotOfMemory(await this.image()) : await snapshotOfFiles(folder, (work) => this.#alone(work))
    } finally {
      this.#copying = false
    }
  }

  /** The whole data folder as a tar file. */
  async image(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#alone(async (thread) => {
      await thread.run({ ask: 'run', text: 'checkpoint', parameters: [] }, null)
      return thread.bytes({ ask: 'image' }, null)
    })
  }

  waiting(): Record<Lane, number> {
    return this.#lanes.waiting()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    const leave = await this.#lanes.enter('background')
    this.#closed = true
    try {
      if (!this.#thread.death) await this.#thread.ask({ ask: 'close' }, this.deadlineMs)
    } finally {
      await this.#thread.terminate()
      leave()
      this.#onClosed()
    }
  }

  /** Runs work while nobody else uses the thread. */
  async #alone<T>(work: (thread: DatabaseThread) => Promise<T>): Promise<T> {
    const leave = await this.#lanes.enter('background')
    try {
      return await work(await this.#living())
    } finally {
      leave()
    }
  }

  /** The thread; a new one when the last one died. Called by whoever holds the connection, so never twice at once. */
  async #living(): Promise<DatabaseThread> {
    if (this.#closed) throw closed()
    const { death } = this.#thread
    if (!death) return this.#thread
    if (this.#start.folder === null) throw death // what was in memory is gone
    if (this.#failed && Date.now() - this.#failed.at < RETRY_MS) throw this.#failed.refusal
    try {
      await this.#thread.terminate()
      this.#thread = await DatabaseThread.start(this.#start)
      this.#failed = null
      return this.#thread
    } catch (refusal) {
      this.#failed = { at: Date.now(), refusal }
      throw refusal
    }
  }
}
