import type { Store } from './store.ts'

/** A report asks many times in a row as of the same moment; so long what was found is kept. */
const KEPT_MS = 10_000

/**
 * What was known at a moment does not change any more, so it is found once for a while. Only what was found is shared, not
 * the search: who holds the only connection must not wait for somebody who waits for it.
 */
export class KeptBriefly<Found> {
  readonly #kept = new WeakMap<Store, Map<string, Found>>()

  /** @param key names the moment and all that the answer depends on */
  async find(store: Store, key: string, search: () => Promise<Found>): Promise<Found> {
    const known = this.#kept.get(store) ?? new Map<string, Found>()
    this.#kept.set(store, known)
    const kept = known.get(key)
    if (kept !== undefined) return kept
    const found = await search()
    known.set(key, found)
    setTimeout(() => known.delete(key), KEPT_MS).unref()
    return found
  }
}
