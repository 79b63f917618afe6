import type { Ref } from '../../core/index.ts'
import { instant, type Moments, sql, type Statement, type Store } from '../../store/index.ts'
import { COLUMNS, RECORD_KINDS, type RecordKind, tableOf } from '../columns.ts'
import { type Eye, withoutErased } from '../gone.ts'
import { type Content, contentHash } from '../hash.ts'
import { merge, type Revision } from '../merge.ts'
import { contentOf, loadRows, type StateRow } from '../rows.ts'
import { type Identity, keyOf, rowOf } from '../take.ts'

/** Pages of a table looked through in one transaction: 2 MB. */
const PAGES = 256

/** What was, or would be, done to the records of one kind. */
export interface ErasedRecords {
  /** Records that stay without the person. */
  kept: number
  /** Records that told of nothing but the person, and are deleted. */
  deleted: number
}

/**
 * Takes a person out of all records, their history included. A record that tells of work stays, one that tells of
 * nothing but the person is deleted. A stretch of a table a transaction; what moves meanwhile is found by going through
 * again until there is nothing left. New records are to be kept clean by then.
 * @param suspect condition on the text of a row, true for every row that may name the person
 */
export async function erasePerson(
  store: Store,
  moments: Moments,
  eye: Eye,
  suspect: (text: Statement) => Statement,
  { dryRun }: { dryRun: boolean },
): Promise<Partial<Record<RecordKind, ErasedRecords>>> {
  const found: Partial<Record<RecordKind, ErasedRecords>> = {}
  for (const kind of RECORD_KINDS) {
    const total: ErasedRecords = { kept: 0, deleted: 0 }
    for (;;) {
      const seen = await throughTable(store, moments, kind, eye, suspect, dryRun)
      total.kept += seen.kept
      total.deleted += seen.deleted
      if (dryRun || seen.kept + seen.deleted === 0) break
    }
    if (total.kept + total.deleted > 0) found[kind] = total
  }
  return found
}

async function throughTable(
  store: Store,
  moments: Moments,
  kind: RecordKind,
  eye: Eye,
  suspect: (text: Statement) => Statement,
  dryRun: boolean,
): Promise<ErasedRecords> {
  const table = tableOf(kind)
  const [size] = await store.query<{ pages: number }>(
    sql`select (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int as pages`,
  )
  const seen: ErasedRecords = { kept: 0, deleted: 0 }
  const counted = new Set<string>()
  for (let page = 0; page < size!.pages; page += PAGES) {
    await store.transaction(async () => {
      if (!dryRun) await moments.learn()
      const named = await store.query<Identity>(sql`
        select distinct t.subject, t.source, t.id from ${sql.table(table)} t
        where t.ctid >= ${`(${page},0)`}::tid and t.ctid < ${`(${page + PAGES},0)`}::tid and ${suspect(sql`t::text`)}`)
      const records = Map.groupBy(await loadRows(store, kind, named), keyOf)
      for (const [key, rows] of records) {
        const done = await eraseIn(store, kind, rows, eye, dryRun)
        if (done === null || counted.has(key)) continue
        counted.add(key)
        seen[done] += 1
      }
    })
  }
  return seen
}

/** Rewrites the rows of one record; null when the person is not in it after all. */
async function eraseIn(
  store: Store,
  kind: RecordKind,
  rows: readonly StateRow[],
  eye: Eye,
  dryRun: boolean,
): Promise<keyof ErasedRecords | null> {
  const { subject, source, id } = rows[0]!
  const identity = { subject, source, id }
  const said = rows.map((row) => row.said ?? contentOf(kind, row))
  const left = said.map((content) => withoutErased(kind, subject, content, eye))
  const clean = left.filter((content): content is Content => content !== null)
  if (clean.length < left.length) {
    if (!dryRun) await deleteRecord(store, kind, identity, rows)
    return 'deleted'
  }
  if (clean.every((content, index) => content === said[index])) return null
  if (dryRun) return 'kept'
  const revisions: Revision[] = []
  for (const [index, row] of rows.entries()) {
    const content = clean[index]!
    revisions.push({ content, hash: contentHash(content), importId: row.import_id })
    const state = merge(revisions).state
    await rewrite(store, kind, row, {
      ...rowOf(kind, identity, state),
      hash: revisions[index]!.hash,
      said: row.said === null ? null : content,
    })
  }
  return 'kept'
}

async function rewrite(store: Store, kind: RecordKind, row: StateRow, now: Record<string, unknown>): Promise<void> {
  const columns = COLUMNS[kind]
  const sets = sql.join(columns.map(({ column }) => sql`${sql.ref(column)} = ${sql.ref(`r.${column}`)}`))
  const shape = sql.join(columns.map(({ column, type }) => sql`${sql.ref(column)} ${sql.raw(type)}`))
  await store.query(sql`
    update ${sql.table(tableOf(kind))} t set hash = r.hash, said = r.said, extra = r.extra, ${sets}
    from json_to_recordset(${JSON.stringify([now])}::json) as r(hash text, said jsonb, extra jsonb, ${shape})
    where ${sameRow(row)}`)
}

/** Revisions of one record learned in one breath differ by what they say. */
function sameRow({ subject, source, id, learned_from: from, learned_to: to, hash }: StateRow): Statement {
  return sql`t.subject = ${subject} and t.source = ${source} and t.id = ${id} and t.learned_from = ${instant(from)} and t.learned_to = ${instant(to)} and t.hash = ${hash}`
}

async function deleteRecord(store: Store, kind: RecordKind, { subject, source, id }: Identity, rows: readonly StateRow[]): Promise<void> {
  const table = sql.table(tableOf(kind))
  for (const current of [sql`learned_to = 'infinity'`, sql`learned_to <> 'infinity'`])
    await store.query(sql`delete from ${table} where subject = ${subject} and source = ${source} and id = ${id} and ${current}`)
  const last = rows.at(-1)!
  if (last.retracted) return
  await store.query(sql`
    insert into erased_record as e (subject, kind, source, day, records)
    values (${subject}, ${kind}, ${source}, (${instant(last.at)} at time zone 'UTC')::date, 1)
    on conflict (subject, kind, source, day) do update set records = e.records + 1`)
  await store.query(
    sql`update evidence_subject set records = greatest(0, records - 1) where subject = ${subject} and kind = ${kind} and source = ${source}`,
  )
}

/** Subjects that are the person: nothing is left that could be told of them. */
export async function eraseSubjects(store: Store, subjects: readonly Ref[]): Promise<void> {
  const all = sql`subject = any(${[...subjects]}::text[])`
  for (const table of ['evidence_subject', 'evidence_told', 'evidence_sli', 'forgotten', 'erased_record', 'derived_stale'])
    await store.query(sql`delete from ${sql.table(table)} where ${all}`)
}
