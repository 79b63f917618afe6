import type { IncidentRecord, Told } from '../facts.ts'
import { compare, mergeFields, recordIds, Sameness } from './fields.ts'

/** What merging adds to a record. */
interface Merged {
  records: readonly string[]
  /** Every name it goes by: record ids, `source/id`, and plain ids. */
  names: readonly string[]
}
/** An incident as all its records together tell it. */
export type Incident = IncidentRecord & Merged

/** Incidents, those that name each other as aliases counted once. Sorted by id. */
export function mergeIncidents<Record extends Pick<IncidentRecord, keyof Told | 'aliases'>>(
  records: readonly Record[],
): (Record & Merged)[] {
  const same = new Sameness(records.length)
  const named = new Map<string, number>()
  for (const [index, { id }] of records.entries()) {
    const earlier = named.get(id)
    if (earlier === undefined) named.set(id, index)
    else same.join(earlier, index)
  }
  for (const [index, { aliases }] of records.entries()) {
    for (const alias of aliases ?? []) {
      const other = named.get(alias.startsWith('incident:') ? alias : `incident:${alias}`)
      if (other !== undefined) same.join(other, index)
    }
  }
  return same
    .groups(records)
    .map((group) => {
      const merged = mergeFields(group)
      return { ...merged, records: recordIds(merged, group), names: [...new Set(group.flatMap(({ id }) => namesOf(id)))] }
    })
    .sort((a, b) => compare(a.id, b.id))
}

/** `incident:pager/17` is also called `pager/17` and `17`. A source that is an address has slashes itself: there the last one ends it. */
export function namesOf(id: string): string[] {
  const short = id.slice(id.indexOf(':') + 1)
  const slash = /^\/|^[a-z][a-z0-9+.-]*:\/\//i.test(short) ? short.lastIndexOf('/') : short.indexOf('/')
  return [id, short, short.slice(slash + 1)]
}
