import { recordNode, recordParts, type TraceEdge } from '../../../../ground/catalog/index.ts'
import type { Ref } from '../../../../ground/core/index.ts'
import { sql, type Statement, type Store } from '../../../../ground/store/index.ts'
import { type Found, limited, ofKind } from './edges.ts'

interface Row {
  node: string
  dsource: string
  did: string
  dsubject: Ref
  csource: string
  cid: string
  csubject: Ref
  change: string | null
}

/**
 * Which deployment first brought a commit by the history of the repository, where its sender did not list commits:
 * read from what delivery derived, so only for subjects somebody has asked delivery about.
 */
export async function deliveredByHistory(store: Store, ids: readonly string[], limit: number): Promise<Found> {
  const deployments = ofKind(ids, 'deployment').map((node) => ({ node, ...recordParts(node) }))
  const records = ofKind(ids, 'commit', 'change').map((node) => ({ node, ...recordParts(node) }))
  if (deployments.length + records.length === 0) return { edges: [] }
  const down =
    deployments.length === 0
      ? []
      : await store.query<Row>(sql`
    with n as (select * from json_to_recordset(${JSON.stringify(deployments)}::text::json) as n(node text, source text, id text, subject text))
    select n.node, n.source as dsource, n.id as did, n.subject as dsubject, ${commitColumns}
    from n join delivery_deployment d on d.records @> array['deployment:' || n.source || '/' || n.id]
      join delivery_input i on i.subject = d.subject and i.environment = d.environment and i.input = n.subject
      join delivery_commit dc on dc.subject = d.subject and dc.environment = d.environment and dc.deployment = d.id and dc.method = 'ancestry'
      ${commitOf}`)
  const up =
    records.length === 0
      ? []
      : await store.query<Row>(sql`
    with n as (
      select node, id as sha from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, id text) where kind = 'commit'
      union
      select n.node, part.sha from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, subject text) join work_part part on n.kind = 'change' and part.subject = n.subject and part.change_id = n.node
    )
    select n.node, e.source as dsource, e.id as did, e.subject as dsubject, ${commitColumns}
    from n cross join delivery_scope s
      join delivery_commit dc on dc.subject = s.subject and dc.environment = s.environment and dc.sha = n.sha and dc.method = 'ancestry'
      join delivery_deployment d on d.subject = dc.subject and d.environment = dc.environment and d.id = dc.deployment
      join delivery_input i on i.subject = d.subject and i.environment = d.environment
      cross join lateral (select split_part(substr(d.id, 12), '/', 1) as source) told
      join evidence_deployment e on e.subject = i.input and e.source = told.source and e.id = substr(d.id, 13 + length(told.source)) and e.learned_to = 'infinity'
      ${commitOf}`)
  return limited(
    [...down, ...up].map((row) => ({ node: row.node, edge: edgeOf(row) })),
    limit,
  )
}

const commitColumns = sql`c.source as csource, c.id as cid, c.subject as csubject, part.change_id as change`
const commitOf: Statement = sql`
  join delivery_input ci on ci.subject = dc.subject and ci.environment = dc.environment
  join evidence_commit c on c.subject = ci.input and c.sha = dc.sha and c.learned_to = 'infinity' and not c.retracted
  left join work_part part on part.subject = c.subject and part.sha = c.sha`

function edgeOf(row: Row): TraceEdge {
  return {
    from: recordNode('deployment', row.dsource, row.did, row.dsubject),
    type: 'contains',
    to: row.change ?? recordNode('commit', row.csource, row.cid, row.csubject),
    origin: 'inferred',
    confidence: 1,
    weak: false,
  }
}
