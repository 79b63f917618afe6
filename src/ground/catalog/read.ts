import { formatInstant, type Instant, type Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import type { Entity, EntityDraft, EntityFilter, EntityOrigin } from './catalog.ts'
import { docOf, type EntityDoc } from './document.ts'
import { entityColumns, entityOf, type EntityRow, searchOf, wordsOf } from './rows.ts'

const ALL = 1_000_000

export async function getEntity(store: Store, ref: Ref, asOf?: Instant): Promise<Entity | null> {
  const [row] = await store.query<EntityRow>(
    asOf === undefined
      ? sql`select ${entityColumns} from entity where ref = ${ref}`
      : sql`select ${entityColumns} from ${entitiesAsOf(asOf, sql`ref = ${ref}`)} as entity`,
  )
  return row ? entityOf(row) : null
}

/** Best match first where words are asked for, by kind, namespace and name otherwise. */
export async function listEntities(store: Store, filter: EntityFilter, asOf?: Instant): Promise<Entity[]> {
  const search = searchOf(filter.text ?? '')
  const order = search ? sql`ts_rank(words, to_tsquery('simple', ${search})) desc, ref` : sql`kind, namespace, name`
  const rows = await store.query<EntityRow>(sql`
    select ${entityColumns} from ${entitiesBy(asOf)} where ${matching(filter)}
    order by ${order} limit ${filter.limit ?? ALL} offset ${filter.offset ?? 0}`)
  return rows.map(entityOf)
}

export async function countEntities(store: Store, filter: EntityFilter, asOf?: Instant): Promise<number> {
  const [row] = await store.query<{ count: number }>(sql`select count(*)::int as count from ${entitiesBy(asOf)} where ${matching(filter)}`)
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
    select version, at, by, origin, removed, doc, file, line from entity_version where ref = ${ref} order by version desc`)
  return rows.map(({ doc, file, line, ...row }) => ({ ...row, doc: { ...docOf(doc), file: file ?? undefined, line: line ?? undefined } }))
}

function matching(filter: EntityFilter): Statement {
  const search = searchOf(filter.text ?? '')
  const conditions = [
    sql`true`,
    ...(filter.kind ? [sql`kind = ${filter.kind.toLowerCase()}`] : []),
    ...(filter.namespace ? [sql`namespace = ${filter.namespace.toLowerCase()}`] : []),
    ...(search ? [sql`words @@ to_tsquery('simple', ${search})`] : []),
    ...(filter.owner ? [sql`exists (select 1 from link where from_id = entity.ref and type = 'ownedBy' and to_id = ${filter.owner})`] : []),
  ]
  return sql.join(conditions, sql` and `)
}

function entitiesBy(asOf: Instant | undefined): Statement {
  return asOf === undefined ? sql`entity` : sql`${entitiesAsOf(asOf, sql`true`)} as entity`
}

/** The catalogue as it stood at a moment: the last version of each entity by then, unless that removed it. */
function entitiesAsOf(asOf: Instant, which: Statement): Statement {
  return sql`(
    select ref, split_part(ref, ':', 1) as kind, split_part(split_part(ref, ':', 2), '/', 1) as namespace, split_part(ref, '/', 2) as name,
      doc, origin, folder, file, line, version, at as updated_at, by as updated_by, ${wordsOf(sql`doc`)} as words
    from (select distinct on (ref) * from entity_version where ${which} and at <= ${formatInstant(asOf)}::timestamptz order by ref, version desc) latest
    where not removed)`
}
