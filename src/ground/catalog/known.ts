import type { Instant } from '../core/index.ts'
import { instant, type Moments, readAsOf, sql, type Statement, type Store } from '../store/index.ts'
import { wordsOf } from './rows.ts'

/**
 * Entities as they were known at a moment, as a table with the columns of `entity` that questions need; without a moment
 * the table of the present itself.
 */
export function entityAt(asOf: Instant | undefined, name = 'entity'): Statement {
  if (asOf === undefined) return name === 'entity' ? sql`entity` : sql`entity ${sql.id(name)}`
  return sql`(
    select ref, kind, namespace, name, title, doc, origin, folder, file, line, version, learned_from as updated_at, by as updated_by, ${wordsOf(sql`doc`)} as words,
      repository, path, deployments, aliases
    from entity_version where learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)} and not removed) ${sql.id(name)}`
}

const linkColumns = sql`from_id, type, to_id, owner, origin, confidence, status, because, at`

/** Links as they were known at a moment, as a table with the columns of `link`; without a moment the table of the present itself. */
export function linkAt(asOf: Instant | undefined, name = 'link'): Statement {
  if (asOf === undefined) return name === 'link' ? sql`link` : sql`link ${sql.id(name)}`
  return sql`(
    select ${linkColumns} from link where learned_from <= ${instant(asOf)}
    union all
    select ${linkColumns} from link_earlier where learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}) ${sql.id(name)}`
}

/** When the catalogue learned what, and what it knew at a moment. */
export interface CatalogKnowledge {
  /** The moment of what is written in the open transaction. */
  learn(): Promise<Instant>
  /** Notes in the open transaction that entities (another word for their state) or only links are known otherwise from a moment on. */
  changed(what: 'entities' | 'links', moment: Instant): Promise<void>
  /** Reads the present where nothing of the catalogue was learned since a moment, else what was known then. */
  read<T>(asOf: Instant | undefined, work: (asOf: Instant | undefined) => Promise<T>): Promise<T>
}

/** When a process last changed the catalogue of an embedded store, which it alone has open. */
const changedLast = new WeakMap<Store, Instant>()

/** The word for the state of all entities of such a store, as long as it cannot have become another one. */
const words = new WeakMap<Store, { token: string | null }>()

/** From here on whoever asks for the word waits until what is being written is there, or was taken back. */
function forgetRevision(store: Store): void {
  words.set(store, { token: null })
}

/** The word for the present state of all entities. An embedded store is asked for it once after each change. */
export async function revisionOf(store: Store): Promise<string> {
  const before = words.get(store)
  if (before?.token) return before.token
  // What a transaction reads that has written may yet be taken back.
  const [row] = await store.query<{ token: string; settled: boolean }>(
    sql`select token, pg_current_xact_id_if_assigned() is null as settled from catalog_revision`,
  )
  const { token, settled } = row!
  if (store.mode === 'embedded' && settled && words.get(store) === before) words.set(store, { token })
  return token
}

export function catalogKnowledge(store: Store, moments: Moments): CatalogKnowledge {
  async function last(): Promise<Instant> {
    const kept = store.mode === 'embedded' ? changedLast.get(store) : undefined
    if (kept !== undefined) return kept
    const [row] = await store.query<{ learned: Instant }>(sql`select learned from catalog_revision`)
    return note(row!.learned)
  }
  function note(moment: Instant): Instant {
    const last = Math.max(changedLast.get(store) ?? moment, moment)
    changedLast.set(store, last)
    return last
  }
  return {
    learn() {
      forgetRevision(store)
      return moments.learn()
    },
    async changed(what, moment) {
      note(moment)
      forgetRevision(store)
      const token = what === 'entities' ? sql`token = gen_random_uuid()::text, ` : sql``
      await store.query(sql`update catalog_revision set ${token}learned = ${instant(moment)}`)
    },
    read: (asOf, work) => (asOf === undefined ? work(undefined) : readAsOf(asOf, last, (known) => work(known ?? undefined))),
  }
}
