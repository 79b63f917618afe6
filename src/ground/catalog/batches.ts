const MAX_ITEMS = 2_000
const MAX_CHARACTERS = 4_000_000

/**
 * Cuts a list so that no batch sends more than about 4 MB in one statement.
 * @param payload what of an item is sent
 */
export function* inBatches<T>(items: readonly T[], payload: (item: T) => unknown): Generator<T[]> {
  let batch: T[] = []
  let characters = 0
  for (const item of items) {
    const size = JSON.stringify(payload(item)).length
    if (batch.length > 0 && (batch.length >= MAX_ITEMS || characters + size > MAX_CHARACTERS)) {
      yield batch
      batch = []
      characters = 0
    }
    batch.push(item)
    characters += size
  }
  if (batch.length > 0) yield batch
}
