import type { NodeId } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { type Slice, within } from './records.ts'

/**
 * Which commits were part of which change as of a moment, as a table like `work_part`: what the changes known then say.
 * Without a moment the kept table, which says it of the present.
 */
export function partAt(asOf: Instant | null, name: string): Statement {
  if (asOf === null) return sql`work_part ${sql.id(name)}`
  return sql`(
    select c.subject, held.sha, 'change:' || c.source || '/' || c.id || '@' || c.subject as change_id
    from evidence_change c cross join lateral (select c.merge_commit as sha union select part ->> 'sha' from jsonb_array_elements(c.commits) part) held
    where held.sha is not null and held.sha <> '' and ${knownAt(asOf, 'c')}) ${sql.id(name)}`
}

function listOf(values: Iterable<string>): Statement {
  return sql`(select value from json_array_elements_text(${JSON.stringify([...values])}::text::json))`
}

/** Nodes of all records of a slice, taken back ones included: what they said before is to go. */
export async function nodesIn(store: Store, subject: Ref, slice: Slice): Promise<Set<NodeId>> {
  const rows = await store.query<{ node: NodeId }>(sql`
    select 'commit:' || source || '/' || id as node from evidence_commit where subject = ${subject} and ${within(slice, sql`at`)}
    union select 'change:' || source || '/' || id || '@' || subject from evidence_change where subject = ${subject} and ${within(slice, sql`at`)}
    union select 'incident:' || source || '/' || id || '@' || subject from evidence_incident where subject = ${subject} and ${within(slice, sql`at`)}
    union select 'work_item:' || source || '/' || id || '@' || subject from evidence_work_item where subject = ${subject} and ${within(slice, sql`at`)}`)
  return new Set(rows.map((row) => row.node))
}

/** The commits these changes held when they were last looked at. */
export async function formerParts(store: Store, subject: Ref, nodes: ReadonlySet<NodeId>): Promise<string[]> {
  const rows = await store.query<{ sha: string }>(
    sql`select distinct sha from work_part where subject = ${subject} and change_id in ${listOf(changesOf(nodes))}`,
  )
  return rows.map((row) => row.sha)
}

/** Changes that hold a commit of a slice: what it says they say too, whenever they were made. */
export async function holdersOf(store: Store, subject: Ref, slice: Slice): Promise<NodeId[]> {
  const rows = await store.query<{ node: NodeId }>(sql`
    select distinct part.change_id as node from evidence_commit e join work_part part on part.subject = ${subject} and part.sha = e.sha
    where e.subject = ${subject} and ${within(slice, sql`e.at`)}`)
  return rows.map((row) => row.node)
}

/** Puts what changes hold now in the place of what they held. */
export async function keepParts(
  store: Store,
  subject: Ref,
  nodes: ReadonlySet<NodeId>,
  parts: readonly { sha: string; change: NodeId }[],
): Promise<void> {
  await store.query(sql`delete from work_part where subject = ${subject} and change_id in ${listOf(changesOf(nodes))}`)
  if (parts.length === 0) return
  await store.query(sql`
    insert into work_part (subject, sha, change_id)
    select ${subject}, sha, change from json_to_recordset(${JSON.stringify(parts)}::text::json) as given(sha text, change text)
    on conflict do nothing`)
}

/** Which of these commits are part of a change. */
export async function partsAmong(store: Store, subject: Ref, shas: readonly string[]): Promise<Set<string>> {
  const rows = await store.query<{ sha: string }>(
    sql`select distinct sha from work_part where subject = ${subject} and sha in ${listOf(shas)}`,
  )
  return new Set(rows.map((row) => row.sha))
}

function changesOf(nodes: ReadonlySet<NodeId>): NodeId[] {
  return [...nodes].filter((node) => node.startsWith('change:'))
}
