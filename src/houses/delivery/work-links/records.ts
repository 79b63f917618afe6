import { type NodeId, recordNode, recordParts } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { mergedBranch } from './mentions.ts'
import type { WorkRecord } from './record.ts'

const MOST_PATHS = 30
const LONGEST_BODY = 20_000
/** Records derived in one transaction: about a tenth of a second on two cores. */
const SLICE = 1_000

/** A stretch of time in which records happened; without an end up to whatever is known. */
export interface Slice {
  from: Instant
  to: Instant | null
}

/** The next stretch from a moment on that holds about as many records as one transaction should take. */
export async function sliceFrom(store: Store, subject: Ref, from: Instant): Promise<Slice> {
  const [row] = await store.query<{ to: Instant | null }>(sql`
    select min(at) as to from (
      (select at from evidence_commit where subject = ${subject} and at >= ${instant(from)} order by at offset ${SLICE} limit 1)
      union all (select at from evidence_change where subject = ${subject} and at >= ${instant(from)} order by at offset ${SLICE} limit 1)
      union all (select at from evidence_work_item where subject = ${subject} and at >= ${instant(from)} order by at offset ${SLICE} limit 1)
    ) border where at > ${instant(from)}`)
  return { from, to: row?.to ?? null }
}

/** Whether a moment lies in a slice. */
export function within({ from, to }: Slice, column: Statement): Statement {
  return to === null ? sql`${column} >= ${instant(from)}` : sql`(${column} >= ${instant(from)} and ${column} < ${instant(to)})`
}

interface CommitRow {
  source: string
  id: string
  sha: string
  at: Instant
  message: string | null
  trailers: Record<string, string[]> | null
  parents: number
  bot: boolean | null
  paths: string[] | null
}
interface ChangeRow {
  source: string
  id: string
  at: Instant
  title: string | null
  body: string | null
  branch: string | null
  number: number | null
  labels: string[] | null
  refs: string[] | null
  bot: boolean | null
  merge_commit: string | null
  commits: string[] | null
}
interface ItemRow {
  source: string
  id: string
  at: Instant
  title: string
  parent: string | null
  labels: string[] | null
  refs: string[] | null
}

/** Records of one subject, ready to be matched, and how changes and commits hang together. */
export interface SubjectRecords {
  commits: WorkRecord[]
  changes: WorkRecord[]
  items: WorkRecord[]
  /** Commits of the changes, by the node of the change. */
  parts: { sha: string; change: string }[]
}

/**
 * The records of a slice, and the commits of its changes whenever they were made.
 * @param further commits and changes to look at as well
 */
export async function recordsOf(
  store: Store,
  subject: Ref,
  slice: Slice,
  further: { shas: readonly string[]; changes: readonly NodeId[] },
): Promise<SubjectRecords> {
  const named = JSON.stringify(further.changes.map(recordParts))
  const changes = await store.query<ChangeRow>(sql`
    select source, id, at, title, left(body, ${LONGEST_BODY}) as body, branch, number, labels, refs, bot, merge_commit,
      (select array_agg(part ->> 'sha') from jsonb_array_elements(commits) part) as commits
    from evidence_change where subject = ${subject} and (${within(slice, sql`at`)} or (source, id) in (select source, id from json_to_recordset(${named}::text::json) as named(source text, id text))) and ${knownAt(null)} order by at, source, id`)
  const shas = [...new Set([...further.shas, ...changes.flatMap(shasOf)])]
  const commits = await store.query<CommitRow>(sql`
    select source, id, sha, at, left(message, ${LONGEST_BODY}) as message, trailers, jsonb_array_length(parents) as parents, bot,
      (select array_agg(file ->> 0) from (select file from jsonb_array_elements(files) file limit ${MOST_PATHS}) first_files) as paths
    from evidence_commit where subject = ${subject} and (${within(slice, sql`at`)} or sha = any(${shas}::text[])) and ${knownAt(null)} order by at, source, id`)
  const items = await store.query<ItemRow>(sql`
    select source, id, at, title, parent, labels, refs
    from evidence_work_item where subject = ${subject} and ${within(slice, sql`at`)} and ${knownAt(null)} order by at, source, id`)
  const bySha = new Map(commits.map((row) => [row.sha, row]))
  return {
    commits: commits.map((row) => commitRecord(row, subject)),
    changes: changes.map((row) =>
      changeRecord(
        row,
        subject,
        shasOf(row).flatMap((sha) => bySha.get(sha) ?? []),
      ),
    ),
    items: items.map((row) => itemRecord(row, subject)),
    parts: changes.flatMap((row) => shasOf(row).map((sha) => ({ sha, change: recordNode('change', row.source, row.id, subject) }))),
  }
}

function commitRecord(row: CommitRow, subject: Ref): WorkRecord {
  const { title, body } = parted(row.message)
  const branch = mergedBranch(title)
  return {
    kind: 'commit',
    node: recordNode('commit', row.source, row.id, subject),
    subject,
    source: row.source,
    id: row.id,
    sha: row.sha,
    at: row.at,
    title,
    body,
    trailers: lowerKeys(row.trailers),
    labels: [],
    refs: [],
    ...(branch === null ? {} : { branch }),
    paths: row.paths ?? [],
    bot: row.bot ?? false,
    merge: row.parents > 1,
  }
}

/** A change says what its description and its commits say. */
function changeRecord(row: ChangeRow, subject: Ref, commits: readonly CommitRow[]): WorkRecord {
  const trailers: Record<string, string[]> = {}
  for (const commit of commits)
    for (const [key, values] of Object.entries(lowerKeys(commit.trailers)))
      trailers[key] = [...new Set([...(trailers[key] ?? []), ...values])]
  const branch = row.branch ?? commits.map((commit) => mergedBranch(parted(commit.message).title)).find((name) => name !== null)
  return {
    kind: 'change',
    node: recordNode('change', row.source, row.id, subject),
    subject,
    source: row.source,
    id: row.id,
    at: row.at,
    title: row.title ?? (commits[0] ? parted(commits[0].message).title : ''),
    body: [row.body ?? '', ...commits.map((commit) => parted(commit.message).body)].join('\n').slice(0, LONGEST_BODY),
    trailers,
    labels: row.labels ?? [],
    refs: row.refs ?? [],
    ...(branch ? { branch } : {}),
    ...(row.number === null ? {} : { number: row.number }),
    paths: [...new Set(commits.flatMap((commit) => commit.paths ?? []))].slice(0, MOST_PATHS),
    bot: row.bot ?? (commits.length > 0 && commits.every((commit) => commit.bot)),
    merge: false,
  }
}

function itemRecord(row: ItemRow, subject: Ref): WorkRecord {
  return {
    kind: 'work_item',
    node: recordNode('work_item', row.source, row.id, subject),
    subject,
    source: row.source,
    id: row.id,
    at: row.at,
    title: row.title,
    body: '',
    trailers: {},
    labels: row.labels ?? [],
    refs: row.refs ?? [],
    ...(row.parent === null ? {} : { parent: row.parent }),
    paths: [],
    bot: false,
    merge: false,
  }
}

function shasOf({ merge_commit, commits }: ChangeRow): string[] {
  return [...new Set([...(merge_commit ? [merge_commit] : []), ...(commits ?? [])])]
}

function parted(message: string | null): { title: string; body: string } {
  const text = message ?? ''
  const end = text.indexOf('\n')
  return end === -1 ? { title: text, body: '' } : { title: text.slice(0, end), body: text.slice(end + 1) }
}

function lowerKeys(trailers: Record<string, string[]> | null): Record<string, string[]> {
  return Object.fromEntries(Object.entries(trailers ?? {}).map(([key, values]) => [key.toLowerCase(), values]))
}
