import { protocol } from '@electric-sql/pglite'

const { serialize } = protocol

/** How many statements are kept read; each takes the database some tens of kilobytes. */
const KEPT = 200
/** Longer ones carry their values in their text and do not come again. */
const LONGEST = 20_000

/**
 * Statements the embedded database has read already, by their text: reading one anew (its words, tables and columns) is
 * half of what a short statement costs. Each is still planned every time, for its values and its tables as they are
 * (`plan_cache_mode`): a plan made for an empty table would stay while it grows.
 */
export class Statements {
  /** Name of each that is kept, null for one seen once; the one least recently used first. */
  readonly #names = new Map<string, string | null>()
  /** Names of those no longer wanted, to be closed before the next. */
  #unwanted: string[] = []
  #named = 0

  /** What the database has to be told before a statement can be bound, and the name to bind it by: none for the first time. */
  ready(text: string): { told: Uint8Array[]; statement: string } {
    const known = this.#names.get(text)
    const told = this.#unwanted.map((name) => serialize.close({ type: 'S', name }))
    this.#unwanted = []
    if (known) {
      this.#note(text, known)
      return { told, statement: known }
    }
    const statement = known === null ? `s${++this.#named}` : ''
    if (text.length <= LONGEST) this.#note(text, statement || null)
    return { told: [...told, serialize.parse({ name: statement, text })], statement }
  }

  /** After a failure it is not known what the database has of a statement. */
  forget(text: string): void {
    const name = this.#names.get(text)
    if (name) this.#unwanted.push(name)
    this.#names.delete(text)
  }

  /** After tables changed shape: a statement kept would refuse to answer with other columns than before. */
  forgetAll(): void {
    for (const text of this.#names.keys()) this.forget(text)
  }

  #note(text: string, name: string | null): void {
    this.#names.delete(text)
    this.#names.set(text, name)
    if (this.#names.size <= KEPT) return
    const [oldest] = this.#names.keys()
    this.forget(oldest!)
  }
}
