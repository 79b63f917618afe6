import type { Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import type { ExportedEntity } from './catalog.ts'
import type { EntityDoc } from './document.ts'
import { inverseOf } from './links/types.ts'

/** Every entity as it was written, with its relations to other entities under the names Backstage gives them. */
export async function exportEntities(store: Store, filter: { kind?: string; namespace?: string }): Promise<ExportedEntity[]> {
  const wanted = sql`${filter.kind ? sql`kind = ${filter.kind.toLowerCase()}` : sql`true`} and ${filter.namespace ? sql`namespace = ${filter.namespace.toLowerCase()}` : sql`true`}`
  const entities = await store.query<{ ref: Ref; doc: EntityDoc }>(
    sql`select ref, doc from entity where ${wanted} order by kind, namespace, name`,
  )
  // Links of records are evidence's to export: a relation joins two declared things.
  const links = await store.query<{ from: Ref; type: string; to: Ref }>(sql`
    select distinct from_id as "from", type, to_id as "to" from link
    where status = 'accepted' and owner in (select ref from entity)
      and (from_id in (select ref from entity where ${wanted}) or to_id in (select ref from entity where ${wanted}))`)
  const relations = new Map<Ref, { type: string; targetRef: Ref }[]>(entities.map(({ ref }) => [ref, []]))
  for (const { from, type, to } of links) {
    relations.get(from)?.push({ type, targetRef: to })
    relations.get(to)?.push({ type: inverseOf(type), targetRef: from })
  }
  return entities.map(({ ref, doc: { apiVersion, kind, metadata, spec } }) => ({
    apiVersion,
    kind,
    metadata,
    spec,
    relations: relations.get(ref)!.sort(byTypeAndTarget),
  }))
}

function byTypeAndTarget(a: { type: string; targetRef: Ref }, b: { type: string; targetRef: Ref }): number {
  if (a.type !== b.type) return a.type < b.type ? -1 : 1
  return a.targetRef < b.targetRef ? -1 : a.targetRef > b.targetRef ? 1 : 0
}
