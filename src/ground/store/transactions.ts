import { Refusal } from '../core/index.ts'
import type { Answer, Lane, Lease } from './engine.ts'
import type { Parameter } from './values.ts'

/** An open transaction: what the calls made inside it find by their context. Gives its connection back when it ends. */
export class OpenTransaction {
  readonly lane: Lane
  readonly #lease: Lease
  readonly #idleMs: number
  #state: 'open' | 'failed' | 'ended' = 'open'
  #cause: unknown = null
  readonly #running = new Set<Promise<unknown>>()
  #alarm: NodeJS.Timeout | undefined

  private constructor(lease: Lease, lane: Lane, idleMs: number) {
    this.#lease = lease
    this.lane = lane
    this.#idleMs = idleMs
  }

  /** @param idleMs how long the work inside may wait for something other than the store */
  static async begin(lease: Lease, lane: Lane, idleMs: number): Promise<OpenTransaction> {
    try {
      await lease.run('begin')
    } catch (error) {
      lease.release()
      throw error
    }
    const transaction = new OpenTransaction(lease, lane, idleMs)
    transaction.#watch()
    return transaction
  }

  async run(text: string, parameters: readonly Parameter[]): Promise<Answer> {
    return this.use((lease) => lease.run(text, parameters))
  }

  /** Uses the connection of this transaction. */
  async use<T>(work: (lease: Lease) => Promise<T>): Promise<T> {
    this.#check()
    clearTimeout(this.#alarm)
    const running = work(this.#lease)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
      if (this.#running.size === 0 && this.#state !== 'ended') this.#watch()
    }
  }

  /** Work that joined this transaction failed half way, so nothing of it may be kept. */
  fail(cause: unknown): void {
    if (this.#state !== 'open') return
    this.#state = 'failed'
    this.#cause = cause
  }

  async commit(): Promise<void> {
    // What was begun and not awaited is kept whole or not at all.
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
    if (this.#state === 'ended') throw this.#cause
    if (this.#state === 'failed')
      throw new Error('The transaction cannot be kept: a part of it failed and the failure was swallowed.', { cause: this.#cause })
    const { tag } = await this.#end('commit')
    // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed.
    if (tag === 'ROLLBACK') throw new Error('The transaction was not kept: a statement in it failed and the failure was swallowed.')
  }

  /** Keeps nothing; does nothing when the transaction has ended already. Failures of the connection are not new ones. */
  async rollback(): Promise<void> {
    if (this.#state !== 'ended') await this.#end('rollback').catch(() => undefined)
  }

  async #end(how: 'commit' | 'rollback'): Promise<Answer> {
    this.#state = 'ended'
    clearTimeout(this.#alarm)
    try {
      return await this.#lease.run(how)
    } finally {
      this.#lease.release()
    }
  }

  #watch(): void {
    this.#alarm = setTimeout(() => this.#expire(), this.#idleMs)
  }

  /** The work waits for something else, perhaps for a caller that waits for this very connection. */
  #expire(): void {
    this.#cause = new Refusal(
      'store.transaction_idle',
      `A transaction was given up: nothing was asked of the store in it for ${this.#idleMs / 1000} s.`,
      { status: 503, fix: 'Await nothing but the store inside a transaction.' },
    )
    void this.rollback()
  }

  /** Refuses calls that outlive their transaction: something inside it was not awaited. */
  #check(): void {
    if (this.#state !== 'ended') return
    throw this.#cause instanceof Refusal
      ? this.#cause
      : new Error('This call to the store belongs to a transaction that has ended: await every call inside `transaction`.')
  }
}
