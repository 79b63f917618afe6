import pg from 'pg'
import { Refusal } from '../../core/index.ts'
import type { Answer, CopyFormat, Lease } from '../engine.ts'
import { type ErrorFields, givenBack, statementError, unreachable } from '../errors.ts'
import { parserOf, type Parameter } from '../values.ts'
import { CopyIn, CopyOut } from './copy.ts'

/** Values are read by the same rules as in the embedded store. */
export const TYPES = { getTypeParser: (type: number) => parserOf(type) }

/** How much longer than a statement may take its answer is waited for: the server tells of the deadline itself, unless it hangs. */
const GRACE_MS = 5_000

const SET_DEADLINE = `select set_config('statement_timeout', $1, false)`

/** One connection of the pool while a piece of work holds it. */
export class ServerLease implements Lease {
  readonly #client: pg.PoolClient
  readonly #leave: () => void
  #last: Promise<unknown> = Promise.resolve()
  readonly #usualDeadlineMs: number
  #deadlineMs: number | null
  #allowed = false
  #broken = false
  #released = false

  constructor(client: pg.PoolClient, deadlineMs: number, leave: () => void) {
    this.#client = client
    this.#usualDeadlineMs = deadlineMs
    this.#deadlineMs = deadlineMs
    this.#leave = leave
  }

  async run(text: string, parameters: readonly Parameter[] = []): Promise<Answer> {
    return this.#inOrder(async () => {
      const question = {
        text,
        values: [...parameters],
        queryMode: 'extended', // one statement, as in the embedded store
        ...(this.#deadlineMs === null ? {} : { query_timeout: this.#deadlineMs + GRACE_MS }),
      }
      const { rows, command, rowCount } = await this.#client.query(question)
      return { rows, tag: rowCount === null ? command : `${command} ${rowCount}` }
    })
  }

  async script(text: string): Promise<void> {
    await this.#inOrder(() => this.#client.query(text))
  }

  async copyIn(what: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, format: CopyFormat): Promise<void> {
    return this.#inOrder(() => this.#client.query(new CopyIn(`copy ${what} from stdin (format ${format})`, chunks)).done)
  }

  async copyOut(what: string): Promise<Uint8Array> {
    return this.#inOrder(async () => {
      const copy = this.#client.query(new CopyOut(`copy ${what} to stdout`))
      await copy.done
      return Buffer.concat(copy.chunks)
    })
  }

  async allow(deadlineMs: number | null): Promise<void> {
    this.#allowed = true
    this.#deadlineMs = deadlineMs
    await this.run(SET_DEADLINE, [String(deadlineMs ?? 0)])
  }

  release(broken = false): void {
    this.#released = true
    void this.#last.then(async () => {
      const usable = !broken && !this.#broken && (await this.#resetDeadline())
      this.#client.release(!usable)
      this.#leave()
    })
  }

  async #resetDeadline(): Promise<boolean> {
    if (!this.#allowed) return true
    return this.#client.query(SET_DEADLINE, [String(this.#usualDeadlineMs)]).then(
      () => true,
      () => false,
    )
  }

  /** `pg` takes one statement at a time; callers inside a transaction may ask for several at once. */
  async #inOrder<T>(work: () => Promise<T>): Promise<T> {
    if (this.#released) throw givenBack()
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    try {
      return await turn
    } catch (error) {
      const told = serverError(error)
      if (told instanceof Refusal && told.problem.code === 'store.unreachable') this.#broken = true
      throw told
    }
  }
}

/** PostgreSQL's refusals by their code; anything the network did as unreachable; our own errors as they are. */
export function serverError(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    const { message, code = '', detail, hint, constraint, table, column } = error
    return statementError({ message, code, detail, hint, constraint, table, column } satisfies ErrorFields)
  }
  if (!(error instanceof Error) || error instanceof Refusal) return error
  if (error instanceof AggregateError) return serverError(error.errors[0])
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ERR_INVALID_URL')
    return new Refusal('store.bad_url', 'DATABASE_URL is not the address of a database.', {
      fix: 'Write postgres://user:password@host:5432/database.',
    })
  return /^E[A-Z]+$/.test(code) || /^Connection terminated|timeout|Client has encountered a connection error/i.test(error.message)
    ? unreachable(error.message)
    : error
}
