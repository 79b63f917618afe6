import { entityAt, linkAt, type NodeId, splitNode } from '../../../../ground/catalog/index.ts'
import type { Instant } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { partAt } from '../parts.ts'

const STEPS = 6

/**
 * The outcomes each record leads up to: what it or a commit of it serves, directly or through work items, decisions,
 * principles and investments it implements. Accepted links only, and only outcomes that are declared: what a trailer names
 * and nobody has written down cannot be checked.
 */
export async function outcomesOf(
  store: Store,
  nodes: readonly NodeId[],
  asOf: Instant | null,
): Promise<Map<NodeId, { outcomes: string[]; fixesIncident: boolean }>> {
  if (nodes.length === 0) return new Map()
  const asked = nodes.map((node) => ({ node, subject: splitNode(node).subject }))
  const rows = await store.query<{ node: NodeId; outcomes: string[]; fixes: boolean }>(sql`
    with recursive asked as (select * from json_to_recordset(${JSON.stringify(asked)}::text::json) as asked(node text, subject text)),
    start as (
      select node, node as id from asked
      union
      select asked.node, 'commit:' || e.source || '/' || e.id from asked
        join ${partAt(asOf, 'part')} on part.subject = asked.subject and part.change_id = asked.node
        join evidence_commit e on e.subject = part.subject and e.sha = part.sha and ${knownAt(asOf, 'e')}
    ), above(node, id, step) as (
      select node, id, 0 from start
      union
      select above.node, link.to_id, step + 1 from above join ${linkAt(asOf ?? undefined)} on link.from_id = above.id
      where link.status = 'accepted' and link.type in ('serves', 'implements', 'supports', 'fixes') and step < ${STEPS} and above.id not like 'incident:%'
    )
    select node, coalesce(array_agg(distinct id order by id) filter (where id like 'outcome:%' and exists (select 1 from ${entityAt(asOf ?? undefined)} where entity.ref = above.id)), '{}') as outcomes, bool_or(id like 'incident:%') as fixes
    from above where step > 0 group by node`)
  return new Map(rows.map(({ node, outcomes, fixes }) => [node, { outcomes, fixesIncident: fixes }]))
}
