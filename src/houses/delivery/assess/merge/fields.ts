import type { Told } from '../facts.ts'

/** Weakest first: inferred, observed, explicit; then the earlier; then by source, id and subject. The last has the last word. */
export function weakestFirst(a: Told, b: Told): number {
  return a.basis - b.basis || a.at - b.at || compare(a.source, b.source) || compare(a.id, b.id) || compare(a.subject, b.subject)
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * One fact of several records: each field from the strongest record that states it; its id is the strongest record's.
 * @param records not empty
 */
export function mergeFields<T extends Told>(records: readonly T[]): T {
  if (records.length === 1) return records[0]!
  const [weakest, ...stronger] = records.toSorted(weakestFirst)
  const merged: T = { ...weakest! }
  for (const record of stronger) {
    for (const field of Object.keys(record) as (keyof T)[])
      if (record[field] !== null && record[field] !== undefined) merged[field] = record[field]
  }
  return merged
}

/** Ids of all records, that of the merged one first, the others sorted. */
export function recordIds(merged: Told, records: readonly Told[]): string[] {
  if (records.length === 1) return [merged.id]
  return [merged.id, ...[...new Set(records.map(({ id }) => id))].filter((id) => id !== merged.id).sort()]
}

/** Sources of the records that a merged one is made of besides its own, in the order of their ids. */
export function otherSources(merged: Told, records: readonly Told[]): string[] {
  if (records.length === 1) return []
  const sources = new Map(records.map(({ id, source }) => [id, source]))
  return recordIds(merged, records)
    .slice(1)
    .map((id) => sources.get(id)!)
}

/** Groups of items that are the same: union of pairs, by position (R. Tarjan, "Efficiency of a Good But Not Linear Set Union Algorithm", 1975). */
export class Sameness {
  readonly #parent: number[]
  #joined = false

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, index) => index)
  }

  join(a: number, b: number): void {
    const [one, other] = [this.#root(a), this.#root(b)]
    if (one === other) return
    this.#parent[Math.max(one, other)] = Math.min(one, other)
    this.#joined = true
  }

  groups<T>(items: readonly T[]): T[][] {
    if (!this.#joined) return items.map((item) => [item])
    return [...Map.groupBy(items, (_, index) => this.#root(index)).values()]
  }

  #root(index: number): number {
    let root = index
    while (this.#parent[root] !== root) root = this.#parent[root]!
    this.#parent[index] = root
    return root
  }
}
