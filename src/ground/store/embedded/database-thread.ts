import { Worker } from 'node:worker_threads'
import { Refusal } from '../../core/index.ts'
import type { Answer } from '../engine.ts'
import { deadlineExceeded, diskFull, noRoomToRun, statementError } from '../errors.ts'
import type { Column, Reply, Request, WorkerStart } from './messages.ts'

/**
 * The thread that runs the embedded database, as its caller sees it: one request at a time, one reply each.
 * A thread that missed a deadline or panicked is ended for good; its owner starts another.
 */
export class DatabaseThread {
  readonly #worker: Worker
  #reply: PromiseWithResolvers<Reply> | null = null
  #death: Refusal | null = null

  private constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start })
    this.#worker.on('message', (reply: Reply) => this.#take(reply))
    this.#worker.on('error', (error: Error) => this.#die(crashed(error.message)))
    this.#worker.on('exit', () => this.#die(crashed('its thread ended')))
  }

  static async start(start: WorkerStart): Promise<DatabaseThread> {
    const thread = new DatabaseThread(start)
    const reply = await thread.#next()
    if (reply.reply === 'failed') throw notStarted(start.folder, reply.error.message)
    return thread
  }

  /** Why the thread can no longer be used; null while it can. */
  get death(): Refusal | null {
    return this.#death
  }

  async run(request: Request & { ask: 'run' }, deadlineMs: number | null): Promise<Answer> {
    const rows: unknown[] = []
    let reply = await this.ask(request, deadlineMs)
    for (;;) {
      if (reply.reply !== 'rows') throw new Error(`the embedded database answered ${reply.reply} to a statement`)
      for (const row of reply.rows) rows.push(toRow(reply.columns, row))
      if (!reply.more) return { rows, tag: reply.tag }
      await new Promise<void>((resolve) => setImmediate(resolve))
      reply = await this.ask({ ask: 'more' }, deadlineMs)
    }
  }

  /** Asks for something that is answered with bytes. */
  async bytes(request: Request & { ask: 'copyOut' | 'image' }, deadlineMs: number | null): Promise<Uint8Array<ArrayBuffer>> {
    const reply = await this.ask(request, deadlineMs)
    if (reply.reply !== 'bytes') throw new Error(`the embedded database answered ${reply.reply} to ${request.ask}`)
    return reply.bytes
  }

  /** @param given memory the request holds that is the thread's from now on */
  async ask(request: Request, deadlineMs: number | null, given: readonly ArrayBuffer[] = []): Promise<Reply> {
    if (this.#death) throw this.#death
    const next = this.#next()
    this.#worker.postMessage(request, given)
    const alarm = deadlineMs === null ? null : setTimeout(() => this.#die(deadlineExceeded(deadlineMs)), deadlineMs)
    const reply = await next.finally(() => clearTimeout(alarm ?? undefined))
    if (reply.reply === 'failed') throw statementError(reply.error)
    return reply
  }

  /** Ends the thread; resolves when it has written its last byte. */
  async terminate(): Promise<void> {
    this.#death ??= crashed('it was closed')
    await this.#worker.terminate()
  }

  async #next(): Promise<Reply> {
    if (this.#death) throw this.#death
    this.#reply = Promise.withResolvers()
    return this.#reply.promise
  }

  #take(reply: Reply): void {
    if (reply.reply === 'panic') return this.#die(panicked(reply.lines))
    this.#reply?.resolve(reply)
    this.#reply = null
  }

  #die(cause: Refusal): void {
    this.#death ??= cause
    void this.#worker.terminate()
    this.#reply?.reject(this.#death)
    this.#reply = null
  }
}

function toRow(columns: readonly Column[], values: readonly unknown[]): unknown {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) {
    const { name, json } = columns[i]!
    const value = values[i]
    row[name] = json && typeof value === 'string' ? JSON.parse(value) : value
  }
  return row
}

function crashed(why: string): Refusal {
  return new Refusal('store.crashed', `The embedded database stopped: ${why}.`, {
    status: 503,
    fix: 'Try again; it is started anew. If it happens again, look at the log.',
  })
}

function panicked(lines: readonly string[]): Refusal {
  return noSpace(lines.join('\n')) ? diskFull() : crashed(lines.findLast((line) => /PANIC|FATAL/.test(line)) ?? 'it panicked')
}

function notStarted(folder: string | null, message: string): Refusal {
  if (noSpace(message)) return noRoomToRun()
  const detail = message
    .split('\n')
    .filter((line) => line.trim() && !/skipping missing configuration|PostgreSQL stand-alone/.test(line))
    .join('; ')
  return new Refusal('store.unreadable', `The data in ${folder ?? 'memory'} cannot be read: ${detail}`, {
    status: 503,
    fix: 'If a disk or a copy went wrong, restore the latest backup into an empty data folder (throughline restore). Keep this folder until that is done.',
    ...(folder === null ? {} : { file: folder }),
  })
}

function noSpace(text: string): boolean {
  return /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(text)
}
