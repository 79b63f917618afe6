import { recordNode, recordParts } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { partAt } from '../parts.ts'
import { type Found, limited, ofKind, stated } from './edges.ts'

/** Which commits a change holds, and which change a commit is part of. */
export async function changeContents(store: Store, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const changes = ofKind(ids, 'change')
  const commits = ofKind(ids, 'commit').map(recordParts)
  if (changes.length + commits.length === 0) return { edges: [] }
  const rows = await store.query<{ node: string; change: string; source: string; id: string; subject: Ref }>(sql`
    select part.change_id as node, part.change_id as change, e.source, e.id, e.subject
    from json_array_elements_text(${JSON.stringify(changes)}::text::json) asked(value)
      join ${partAt(asOf, 'part')} on part.change_id = asked.value and part.subject = substr(asked.value, length(asked.value) - position('@' in reverse(asked.value)) + 2)
      join evidence_commit e on e.subject = part.subject and e.sha = part.sha and ${knownAt(asOf, 'e')}
    union
    select 'commit:' || n.source || '/' || n.id, part.change_id, n.source, n.id, part.subject
    from json_to_recordset(${JSON.stringify(commits)}::text::json) as n(source text, id text) join ${partAt(asOf, 'part')} on part.sha = n.id`)
  return limited(
    rows.map(({ node, change, source, id, subject }) => ({
      node,
      edge: stated(change, 'contains', recordNode('commit', source, id, subject)),
    })),
    limit,
  )
}

/**
 * Which commits and changes a deployment says it brought, and the first deployments a commit or change went out with.
 * Only what the deployment names: nothing is concluded from time.
 */
export async function deploymentContents(store: Store, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const deployments = ofKind(ids, 'deployment').map(recordParts)
  const records = [...ofKind(ids, 'commit'), ...ofKind(ids, 'change')].map((node) => ({ node, ...recordParts(node) }))
  if (deployments.length + records.length === 0) return { edges: [] }
  const down = await store.query<{
    source: string
    id: string
    subject: Ref
    csource: string | null
    cid: string | null
    change: string | null
  }>(sql`
    select distinct e.source, e.id, e.subject, c.source as csource, c.id as cid, part.change_id as change
    from json_to_recordset(${JSON.stringify(deployments)}::text::json) as n(source text, id text, subject text)
      join evidence_deployment e on e.subject = n.subject and e.source = n.source and e.id = n.id and ${knownAt(asOf, 'e')}
      cross join lateral (select e.commit as sha union select jsonb_array_elements_text(e.commits)) named
      left join ${partAt(asOf, 'part')} on part.subject = e.subject and part.sha = named.sha
      left join evidence_commit c on c.subject = e.subject and c.sha = named.sha and ${knownAt(asOf, 'c')}
    where part.change_id is not null or c.id is not null`)
  const up = await store.query<{ node: string; source: string; id: string; subject: Ref }>(sql`
    with named as (
      select n.node, e.subject, e.sha, e.committed_at as since from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, id text) join evidence_commit e on n.kind = 'commit' and e.sha = n.id and ${knownAt(asOf, 'e')}
      union
      select n.node, part.subject, part.sha, null from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, subject text) join ${partAt(asOf, 'part')} on n.kind = 'change' and part.subject = n.subject and part.change_id = n.node
    )
    select node, source, id, subject from (
      select named.node, e.source, e.id, e.subject, row_number() over (partition by named.node order by e.finished_at, e.source, e.id) as place
      from named join evidence_deployment e on e.subject = named.subject and ${knownAt(asOf, 'e')} and e.outcome = 'success'
        and (e.commit = named.sha or e.commits ? named.sha) and (named.since is null or e.at >= named.since)
    ) first where place <= 3`)
  return limited(
    [
      ...down.map((row) => {
        const node = recordNode('deployment', row.source, row.id, row.subject)
        return { node, edge: stated(node, 'contains', row.change ?? recordNode('commit', row.csource!, row.cid!, row.subject)) }
      }),
      ...up.map((row) => ({
        node: row.node,
        edge: stated(recordNode('deployment', row.source, row.id, row.subject), 'contains', row.node),
      })),
    ],
    limit,
  )
}
