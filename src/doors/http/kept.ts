import type { Clock } from '../../ground/core/index.ts'
import { sql, type Store } from '../../ground/store/index.ts'

/** How long an answer may be repeated, in milliseconds: it says itself which moment it speaks of. */
const HOLDS_MS = 30_000
/** Characters of answers kept altogether. */
const MOST_CHARACTERS = 32 * 1024 * 1024

interface Kept {
  /** The state of the store the answer was read from. */
  state: string
  until: number
  text: Promise<string>
  size: number
}

/**
 * Answers of costly operations, each as JSON, repeated for a short while as long as nothing at all was written to the
 * store, by whichever process. Two callers with one question share the work.
 */
export class KeptAnswers {
  readonly #store: Store
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()
  #size = 0

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async answer(question: string, make: () => Promise<unknown>): Promise<string> {
    const state = await this.#state()
    const known = this.#kept.get(question)
    if (known && known.state === state && known.until > this.#clock()) return known.text
    this.#drop(question)
    const kept: Kept = { state, until: this.#clock() + HOLDS_MS, text: make().then((answer) => JSON.stringify(answer)), size: 0 }
    this.#kept.set(question, kept)
    try {
      const text = await kept.text
      if (this.#kept.get(question) === kept) this.#weigh(kept, text.length)
      return text
    } catch (error) {
      if (this.#kept.get(question) === kept) this.#drop(question)
      throw error
    }
  }

  /**
   * Which transactions had ended when this was asked: differs as soon as one that writes begins or ends
   * (PostgreSQL, "System Information Functions", pg_current_snapshot).
   */
  async #state(): Promise<string> {
    const [row] = await this.#store.query<{ state: string }>(sql`select pg_current_snapshot()::text as state`)
    return row!.state
  }

  #weigh(kept: Kept, size: number): void {
    kept.size = size
    this.#size += size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= MOST_CHARACTERS) return
      this.#drop(oldest)
    }
  }

  #drop(question: string): void {
    this.#size -= this.#kept.get(question)?.size ?? 0
    this.#kept.delete(question)
  }
}
