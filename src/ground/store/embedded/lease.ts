import type { Answer, CopyFormat, Lease } from '../engine.ts'
import { givenBack, restarted } from '../errors.ts'
import type { Parameter } from '../values.ts'
import type { DatabaseThread } from './database-thread.ts'
import type { Request } from './messages.ts'

/** The one connection of the embedded database while a piece of work holds it. */
export class EmbeddedLease implements Lease {
  readonly #thread: DatabaseThread
  readonly #leave: () => void
  #deadlineMs: number | null
  #last: Promise<unknown> = Promise.resolve()
  #died = false
  #released = false

  constructor(thread: DatabaseThread, deadlineMs: number | null, leave: () => void) {
    this.#thread = thread
    this.#deadlineMs = deadlineMs
    this.#leave = leave
  }

  async run(text: string, parameters: readonly Parameter[] = []): Promise<Answer> {
    return this.#inOrder(() => this.#thread.run({ ask: 'run', text, parameters }, this.#deadlineMs))
  }

  async script(text: string): Promise<void> {
    await this.#ask({ ask: 'script', text })
  }

  async copyIn(what: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, format: CopyFormat): Promise<void> {
    const text = `copy ${what} from '/dev/blob' (format ${format})`
    for await (const data of chunks) {
      const given = format === 'binary' && data.buffer instanceof ArrayBuffer ? [data.buffer] : []
      await this.#ask({ ask: 'copyIn', text, data }, given)
    }
  }

  async copyOut(what: string): Promise<Uint8Array> {
    return this.#inOrder(() => this.#thread.bytes({ ask: 'copyOut', text: `copy ${what} to '/dev/blob'` }, this.#deadlineMs))
  }

  async allow(deadlineMs: number | null): Promise<void> {
    this.#deadlineMs = deadlineMs
  }

  release(): void {
    this.#released = true
    void this.#last.then(this.#leave)
  }

  async #ask(request: Request, given: readonly ArrayBuffer[] = []): Promise<void> {
    await this.#inOrder(() => this.#thread.ask(request, this.#deadlineMs, given))
  }

  /** The statement that was running hears why the thread died; later ones of the same work, that it is gone. */
  async #inOrder<T>(work: () => Promise<T>): Promise<T> {
    if (this.#released) throw givenBack()
    const turn = this.#last.then(async () => {
      const { death } = this.#thread
      if (death && this.#died) throw restarted(death)
      try {
        return await work()
      } finally {
        this.#died = this.#thread.death !== null
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
