import { recordNode, recordParts } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { type Found, limited, ofKind, stated } from './edges.ts'

/** Which deployment or commit an incident says caused it, and which incident a deployment says it fixes. */
export async function incidentCauses(store: Store, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const asked = JSON.stringify([...ofKind(ids, 'incident'), ...ofKind(ids, 'deployment')].map(recordParts))
  if (asked === '[]') return { edges: [] }
  const rows = await store.query<{
    asked: 'incident' | 'deployment'
    type: 'causedBy' | 'fixes'
    subject: Ref
    isource: string
    iid: string
    dsource: string
    did: string
  }>(sql`
    with n as (select * from json_to_recordset(${asked}::text::json) as n(kind text, source text, id text, subject text)),
    pair as (
      select 'causedBy' as type, i.subject, i.source as isource, i.id as iid, d.source as dsource, d.id as did
      from evidence_incident i join evidence_deployment d on d.subject = i.subject and (d.id = i.caused_by or d.commit = i.caused_by or d.source || '/' || d.id = i.caused_by) and ${knownAt(asOf, 'd')}
      where i.caused_by is not null and ${knownAt(asOf, 'i')} and i.subject in (select subject from n)
      union
      select 'fixes', i.subject, i.source, i.id, d.source, d.id
      from evidence_deployment d join evidence_incident i on i.subject = d.subject and (i.id = d.fixes or i.source || '/' || i.id = d.fixes) and ${knownAt(asOf, 'i')}
      where d.fixes is not null and ${knownAt(asOf, 'd')} and d.subject in (select subject from n)
    )
    select n.kind as asked, pair.* from pair join n on n.subject = pair.subject
      and ((n.kind = 'incident' and n.source = isource and n.id = iid) or (n.kind = 'deployment' and n.source = dsource and n.id = did))`)
  return limited(
    rows.map((row) => {
      const incident = recordNode('incident', row.isource, row.iid, row.subject)
      const deployment = recordNode('deployment', row.dsource, row.did, row.subject)
      return {
        node: row.asked === 'incident' ? incident : deployment,
        edge: row.type === 'causedBy' ? stated(incident, 'causedBy', deployment) : stated(deployment, 'fixes', incident),
      }
    }),
    limit,
  )
}
