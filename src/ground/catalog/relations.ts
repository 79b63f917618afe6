import { type Instant, type Ref, refKind, refName } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import type { LinkOrigin, Relation, Relations } from './catalog.ts'
import { entityAt, linkAt } from './known.ts'
import { strongestFirst } from './links/kept.ts'
import { inverseOf } from './links/types.ts'

const MOST = 500
const records = ['commit', 'change', 'deployment', 'incident', 'work_item', 'sli', 'measurement', 'cost', 'product_event', 'event']

/** What one entity is related to: other things one by one, records only as counts. */
export async function relationsOf(store: Store, ref: Ref, asOf?: Instant): Promise<Relations> {
  const rows = await store.query<{
    outward: boolean
    type: string
    other: string
    origin: LinkOrigin
    title: string | null
    count: number
  }>(sql`
    with touching as (
      select true as outward, type, to_id as other, origin, confidence from ${linkAt(asOf)} where from_id = ${ref} and status = 'accepted'
      union all
      select false, type, from_id, origin, confidence from ${linkAt(asOf)} where to_id = ${ref} and status = 'accepted'
    ), named as (
      select distinct on (outward, type, other) *, split_part(other, ':', 1) = any(${records}) as record from touching order by outward, type, other, ${strongestFirst}
    ), counted as (
      select outward, type, split_part(other, ':', 1) as other, 'declared' as origin, null as title, count(*)::int as count from named where record group by 1, 2, 3
    )
    (select outward, type, other, named.origin, coalesce(entity.title, entity.name) as title, 0 as count
      from named left join ${entityAt(asOf)} on entity.ref = other where not record order by outward desc, type, other limit ${MOST})
    union all select * from counted`)
  const nameOf = (row: { outward: boolean; type: string }) => (row.outward ? row.type : inverseOf(row.type))
  return {
    relations: rows
      .filter((row) => row.count === 0)
      .map((row): Relation => ({
        type: nameOf(row),
        ref: row.other,
        kind: refKind(row.other),
        title: row.title ?? refName(row.other),
        origin: row.origin,
        dangling: row.title === null && refKind(row.other) !== 'measure',
      })),
    records: rows.filter((row) => row.count > 0).map((row) => ({ type: nameOf(row), kind: row.other, count: row.count })),
  }
}
