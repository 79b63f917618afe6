import type { Instant, Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import type { Entity, EntityDraft, EntityFilter, EntityOrigin } from './catalog.ts'
import { docOf, type EntityDoc } from './document.ts'
import { entityAt, linkAt } from './known.ts'
import { entityColumns, entityOf, type EntityRow, searchOf, textList } from './rows.ts'

const ALL = 1_000_000

export async function getEntity(store: Store, ref: Ref, asOf?: Instant): Promise<Entity | null> {
  const [row] = await store.query<EntityRow>(sql`select ${entityColumns} from ${entityAt(asOf)} where ref = ${ref}`)
  return row ? entityOf(row) : null
}

/** Best match first where words are asked for, by kind, namespace and name otherwise. */
export async function listEntities(store: Store, filter: EntityFilter, asOf?: Instant): Promise<Entity[]> {
  const search = searchOf(filter.text ?? '')
  const order = search ? sql`ts_rank(words, to_tsquery('simple', ${search})) desc, ref` : sql`kind, namespace, name`
  const rows = await store.query<EntityRow>(sql`
    select ${entityColumns} from ${entityAt(asOf)} where ${matching(filter, asOf)}
    order by ${order} limit ${filter.limit ?? ALL} offset ${filter.offset ?? 0}`)
  return rows.map(entityOf)
}

/**
 * Names alone, without their documents. Words are looked up in their index: read entity by entity they come from beside
 * the table, which the planner does not count (measured at 20,000 decision records: 240 ms instead of 10). They arrive as
 * one text, for a row each costs more than finding them (all 20,000: 74 ms instead of 20).
 */
export async function entityRefs(store: Store, filter: EntityFilter, asOf?: Instant): Promise<Ref[]> {
  const search = asOf === undefined ? searchOf(filter.text ?? '') : null
  const rest = matching(search ? { ...filter, text: undefined } : filter, asOf)
  if (!search) return refsOf(await store.query<Refs>(sql`select ${refs} from ${entityAt(asOf)} where ${rest}`))
  return store.transaction(async () => {
    await store.query(sql`select set_config('enable_seqscan', 'off', true)`)
    return refsOf(
      await store.query<Refs>(sql`
      with entity as materialized (select ref, kind, namespace from entity where words @@ to_tsquery('simple', ${search}))
      select ${refs} from entity where ${rest}`),
    )
  })
}

/** No ref has a space. */
const refs = sql`string_agg(ref, ' ') as refs`

interface Refs {
  refs: string | null
}

function refsOf([row]: readonly Refs[]): Ref[] {
  return row?.refs?.split(' ') ?? []
}

/** Every present entity of a kind with a word for its state; erasing a person changes a document without a new version. */
export async function entitySignatures(store: Store, kind: string): Promise<Map<Ref, string>> {
  const rows = await store.query<{ ref: Ref; signature: string }>(
    sql`select ref, version || ' ' || hash as signature from entity where kind = ${kind.toLowerCase()}`,
  )
  return new Map(rows.map(({ ref, signature }) => [ref, signature]))
}

/** When versions of a kind were learned, one that says it is removed included. */
export async function changesOf(store: Store, kind: string): Promise<Instant[]> {
  const rows = await store.query<{ at: Instant }>(
    sql`select distinct learned_from as at from entity_version where kind = ${kind.toLowerCase()} order by 1`,
  )
  return rows.map(({ at }) => at)
}

export async function countEntities(store: Store, filter: EntityFilter, asOf?: Instant): Promise<number> {
  const [row] = await store.query<{ count: number }>(
    sql`select count(*)::int as count from ${entityAt(asOf)} where ${matching(filter, asOf)}`,
  )
  return row!.count
}

/** Every version of one entity, newest first. */
export async function entityVersions(
  store: Store,
  ref: Ref,
): Promise<{ version: number; at: Instant; by: Ref; origin: EntityOrigin; removed: boolean; doc: EntityDraft }[]> {
  const rows = await store.query<{
    version: number
    at: Instant
    by: Ref
    origin: EntityOrigin
    removed: boolean
    doc: EntityDoc
    file: string | null
    line: number | null
  }>(sql`
    select version, learned_from as at, by, origin, removed, doc, file, line from entity_version where ref = ${ref} order by version desc`)
  return rows.map(({ doc, file, line, ...row }) => ({ ...row, doc: { ...docOf(doc), file: file ?? undefined, line: line ?? undefined } }))
}

function matching(filter: EntityFilter, asOf: Instant | undefined): Statement {
  const search = searchOf(filter.text ?? '')
  const conditions = [
    sql`true`,
    ...(filter.kind ? [sql`kind = ${filter.kind.toLowerCase()}`] : []),
    ...(filter.namespace ? [sql`namespace = ${filter.namespace.toLowerCase()}`] : []),
    ...(filter.refs ? [sql`ref in (select value from ${textList(filter.refs)})`] : []),
    ...(search ? [sql`words @@ to_tsquery('simple', ${search})`] : []),
    ...(filter.owner
      ? [sql`exists (select 1 from ${linkAt(asOf)} where from_id = entity.ref and type = 'ownedBy' and to_id = ${filter.owner})`]
      : []),
  ]
  return sql.join(conditions, sql` and `)
}
