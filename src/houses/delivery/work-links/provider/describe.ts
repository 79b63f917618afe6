import { isRecordId, type LinkProvider, recordNode, recordParts } from '../../../../ground/catalog/index.ts'
import { formatInstant, type Instant, type Ref } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../../ground/store/index.ts'

export type RecordNode = Awaited<ReturnType<NonNullable<LinkProvider['describe']>>>[number]

/** How each kind of record is told in one line. */
const TITLES: Record<string, Statement> = {
  commit: sql`split_part(coalesce(e.message, e.sha), E'\n', 1)`,
  change: sql`coalesce(e.title, 'Change ' || e.id)`,
  work_item: sql`e.title`,
  incident: sql`e.title`,
  deployment: sql`'Deployment ' || e.id || ' to ' || e.environment || case when e.outcome = 'success' then '' else ' (' || e.outcome || ')' end`,
}

/** Titles, times and subjects of records; one node per subject that has a record of the name. */
export async function describeRecords(store: Store, ids: readonly string[], asOf: Instant | null): Promise<RecordNode[]> {
  const byKind = Map.groupBy(ids.filter(isRecordId).map(recordParts), ({ kind }) => kind)
  const found: RecordNode[] = []
  for (const [kind, records] of byKind) {
    const title = TITLES[kind]
    if (!title) continue
    // A commit is found by its sha wherever it is; other names are looked for in each subject its source tells of.
    const join =
      kind === 'commit'
        ? sql`on e.sha = n.id and e.source = n.source`
        : sql`on e.subject = s.subject and e.source = n.source and e.id = n.id`
    const subjects =
      kind === 'commit'
        ? sql``
        : sql`join evidence_subject s on s.kind = ${kind} and s.source = n.source and (n.subject is null or s.subject = n.subject)`
    const rows = await store.query<{ subject: Ref; source: string; id: string; title: string; at: Instant }>(sql`
      select e.subject, e.source, e.id, ${title} as title, e.at
      from json_to_recordset(${JSON.stringify(records)}::text::json) as n(source text, id text, subject text)
        ${subjects} join ${sql.table(`evidence_${kind}`)} e ${join} and ${knownAt(asOf, 'e')}
      order by e.subject, e.source, e.id`)
    for (const row of rows)
      found.push({
        id: recordNode(kind, row.source, row.id, row.subject),
        kind,
        title: row.title,
        subject: row.subject,
        at: formatInstant(row.at),
      })
  }
  // A commit in two repositories is one commit.
  return [...new Map(found.map((node) => [node.id, node])).values()]
}
