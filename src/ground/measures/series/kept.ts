import type { Catalog, SubjectShare } from '../../catalog/index.ts'
import { HOUR, type Instant } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'

/**
 * Records that tell of the same work are read together, by the links between them: which commit a deployment brought, which
 * change an incident broke, which item a change is of. What one of them tells may change when any other comes.
 */
const OF_WORK = ['commit', 'change', 'deployment', 'incident', 'work_item']
/** What is still open gets older while nothing is learned, so nothing is kept for longer. */
const LONGEST = HOUR
/** Namespaces and zones kept at once. */
const MOST_KEPT = 16

interface Kept<Made> {
  standing: string
  at: Instant
  made: Made
}

/** How things stand with records of some kinds: whatever is made of them alone stays as it is while this does. */
export type StandingOf = (kinds: readonly string[]) => string | null

/**
 * Tells for kinds of evidence in which state the records of a namespace are (those of accounts that only bills tell of among
 * them), with all else that answers rest on: the catalogue, who is who, what was forgotten or erased. Null where that is not what was known at the moment, and for what rests
 * on no records.
 */
export async function standingAt(
  { namespace, shares, asOf }: { namespace: string; shares: readonly SubjectShare[]; asOf: Instant },
  { catalog, store }: { catalog: Catalog; store: Store },
): Promise<StandingOf> {
  const revision = await catalog.revisionAt(asOf)
  if (revision === null) return () => null
  const subjects = [...new Set(shares.flatMap((share) => (share.repository ? [...share.subjects, share.repository] : share.subjects)))]
  const rows = await store.query<{ kind: string; learned: Instant; records: number }>(sql`
    select kind, max(learned_at) as learned, sum(records)::float8 as records from evidence_subject
    where subject = any(${subjects}::text[]) or split_part(split_part(subject, ':', 2), '/', 1) = ${namespace} group by kind`)
  const [rest] = await store.query<{ text: string; links: string }>(sql`
    select (select learned from catalog_revision)::text as links, concat_ws(' ', (select max(learned_from) from person_of), (select max(learned_to) from person_of where learned_to < 'infinity'),
      (select max(id) from person_statement), (select count(*) from person_erased), (select sum(records) from forgotten), (select sum(records) from erased_record)) as text`)
  const byKind = new Map(rows.map((row) => [row.kind, row]))
  return (kinds) => {
    if (kinds.length === 0) return null
    const isOfWork = kinds.some((kind) => OF_WORK.includes(kind))
    const all = new Set([...(isOfWork ? OF_WORK : []), ...kinds])
    const known = [...all].toSorted().map((kind) => byKind.get(kind))
    if (known.some((row) => row && row.learned > asOf)) return null
    return [
      revision,
      rest!.text,
      isOfWork ? rest!.links : '',
      ...known.map((row) => (row ? `${row.kind} ${row.learned} ${row.records}` : '')),
    ].join('\n')
  }
}

/** What was made of records, to be used again as long as they stand as they did. */
export class KeptWhileStanding<Made> {
  readonly #kept = new WeakMap<Store, Map<string, Map<string, Kept<Made>>>>()

  /**
   * @param place whose world, and what else the answer depends on; `name` is what is asked there
   * @param standing null where nothing may be kept
   */
  async find(
    { store, place, name, standing, at }: { store: Store; place: string; name: string; standing: string | null; at: Instant },
    make: () => Promise<Made>,
  ): Promise<Made> {
    if (standing === null) return make()
    const here = this.#placeOf(store, place)
    const known = here.get(name)
    if (known?.standing === standing && at >= known.at && at - known.at < LONGEST) return known.made
    const made = await make()
    here.set(name, { standing, at, made })
    return made
  }

  #placeOf(store: Store, place: string): Map<string, Kept<Made>> {
    const places = this.#kept.get(store) ?? new Map<string, Map<string, Kept<Made>>>()
    this.#kept.set(store, places)
    const here = places.get(place) ?? new Map<string, Kept<Made>>()
    // The one used last stays longest.
    places.delete(place)
    places.set(place, here)
    if (places.size > MOST_KEPT) places.delete(places.keys().next().value!)
    return here
  }
}
