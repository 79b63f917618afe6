import type { ChangeRecord } from '../facts.ts'
import { compare, mergeFields, otherSources, recordIds, Sameness } from './fields.ts'

/** A change as all its records together tell it. */
export interface Change extends ChangeRecord {
  records: readonly string[]
  /** Who else tells of it. */
  mergedFrom: readonly string[]
}

/** Changes by their natural key: the same number, or the same merge commit. Sorted by id. */
export function mergeChanges(records: readonly ChangeRecord[]): Change[] {
  const same = new Sameness(records.length)
  const seen = new Map<string, number>()
  for (const [index, record] of records.entries()) {
    for (const key of [record.id, record.number === null ? null : `#${record.number}`, record.mergeCommit]) {
      if (key === null) continue
      const earlier = seen.get(key)
      if (earlier === undefined) seen.set(key, index)
      else same.join(earlier, index)
    }
  }
  return same
    .groups(records)
    .map((group) => {
      const merged = mergeFields(group)
      return {
        ...merged,
        own: group.some(({ own }) => own),
        bot: group.some(({ bot }) => bot),
        records: recordIds(merged, group),
        mergedFrom: otherSources(merged, group),
      }
    })
    .sort((a, b) => compare(a.id, b.id))
}
