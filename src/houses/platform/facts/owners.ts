import { entityAt, linkAt } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { KnownOwner } from '../decide/index.ts'

interface Row {
  ref: Ref
  declared: boolean
  aliases: Ref[] | null
  slug: string | null
  members: Ref[] | null
  kin: Ref[] | null
}

/** Steps up and down the tree of groups that are followed. */
const DEEPEST = 6

/**
 * Who these groups and users are: their other names (`throughline.dev/aliases`, and the team's name on a forge as
 * Backstage annotates it), their people, and the groups above and below them.
 */
export async function knownOwners(store: Store, refs: readonly Ref[], asOf: Instant): Promise<Map<Ref, KnownOwner>> {
  if (refs.length === 0) return new Map()
  const rows = await store.query<Row>(sql`
    with recursive asked as (select distinct value as ref from json_array_elements_text(${JSON.stringify(refs)}::text::json)),
    tree as (
      select from_id as parent, to_id as child from ${linkAt(asOf)} where type = 'parentOf' and status = 'accepted'
    ), above(ref, id, depth) as (
      select ref, ref, 0 from asked union select above.ref, tree.parent, depth + 1 from above join tree on tree.child = above.id where depth < ${DEEPEST}
    ), below(ref, id, depth) as (
      select ref, ref, 0 from asked union select below.ref, tree.child, depth + 1 from below join tree on tree.parent = below.id where depth < ${DEEPEST}
    ), member as (
      select below.ref, link.from_id as id from below join ${linkAt(asOf)} on link.to_id = below.id and link.type = 'memberOf' and link.status = 'accepted'
    )
    select asked.ref, entity.ref is not null as declared, to_json(entity.aliases) as aliases, entity.doc #>> '{metadata,annotations,github.com/team-slug}' as slug,
      (select json_agg(distinct id) from member where member.ref = asked.ref) as members,
      (select json_agg(distinct id) from (select id from above where above.ref = asked.ref union select id from below where below.ref = asked.ref) kin) as kin
    from asked left join ${entityAt(asOf)} on entity.ref = asked.ref`)
  return new Map(
    rows.map(({ ref, declared, aliases, slug, members, kin }) => {
      const team = slug ? [`group:default/${slug.slice(slug.lastIndexOf('/') + 1).toLowerCase()}`] : []
      return [ref, { declared, names: new Set([ref, ...(aliases ?? []), ...team]), members: new Set(members), kin: new Set(kin) }]
    }),
  )
}

/** Whether teams or people are kept in this catalogue at all. */
export async function keepsTeams(store: Store, asOf: Instant): Promise<boolean> {
  const [row] = await store.query<{ any: boolean }>(
    sql`select exists (select from ${entityAt(asOf)} where kind in ('group', 'user')) as any`,
  )
  return row!.any
}
