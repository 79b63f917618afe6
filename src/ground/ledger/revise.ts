import { type Instant } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import { type RecordKind, tableOf } from './columns.ts'
import { insertRows } from './insert.ts'
import { merge, type Merged, type Revision } from './merge.ts'
import { contentOf, loadRows, type StateRow } from './rows.ts'
import { SAME } from './same.ts'
import { type Identity, keyOf, rowOf } from './take.ts'
import { jsonText } from './text.ts'

/** A revision of one record, about to be taken. */
export interface NewRevision extends Identity, Revision {}

/** A record before and after revisions were taken. */
export interface Revised extends Identity {
  before: Merged
  after: Merged
}

/**
 * Takes revisions of records that are in the store: closes the current row of each and inserts its new state. What a
 * record was told before is left out. Call it in a transaction that holds the ledger's clock.
 * @returns the records that changed, and how many revisions were taken
 */
export async function revise(
  store: Store,
  kind: RecordKind,
  coming: readonly NewRevision[],
  moment: Instant,
): Promise<{ revised: Revised[]; revisions: number }> {
  const known = Map.groupBy(await loadRows(store, kind, coming), keyOf)
  const closed: Identity[] = []
  const rows: Record<string, unknown>[] = []
  const revised: Revised[] = []
  for (const [key, given] of Map.groupBy(coming, keyOf)) {
    const said = (known.get(key) ?? []).map((row) => revisionOf(kind, row))
    const news = unknownOf(given, said)
    if (said.length === 0 || news.length === 0) continue
    const { subject, source, id } = given[0]!
    const before = merge(said)
    closed.push({ subject, source, id })
    let after = before
    for (const [n, { hash, content, importId }] of news.entries()) {
      said.push({ hash, content, importId })
      after = merge(said)
      rows.push({
        ...rowOf(kind, { subject, source, id }, after.state),
        hash,
        said: content,
        retracted: after.retracted,
        import_id: importId,
        closed: n < news.length - 1,
      })
    }
    revised.push({ subject, source, id, before, after })
  }
  if (rows.length) {
    await closeRows(store, kind, closed, moment)
    await insertRows(store, kind, rows, moment, null)
  }
  return { revised, revisions: rows.length }
}

/** A first revision has no `said`: it equals the columns of its row, also after others came. */
function revisionOf(kind: RecordKind, row: StateRow): Revision {
  return { content: row.said ?? contentOf(kind, row), hash: row.hash, importId: row.import_id }
}

/** What was not said before, once each. */
function unknownOf(given: readonly NewRevision[], said: readonly Revision[]): NewRevision[] {
  const told = new Set(said.map(({ hash }) => hash))
  return given.filter(({ hash }) => told.size < told.add(hash).size)
}

async function closeRows(store: Store, kind: RecordKind, closed: readonly Identity[], moment: Instant): Promise<void> {
  const table = sql.table(tableOf(kind))
  await store.query(sql`
    update ${table} e set learned_to = ${instant(moment)} where e.ctid = any(array(
      select c.place from json_to_recordset(${jsonText(closed)}::json) as r(subject text, source text, id text)
      cross join lateral (select c.ctid as place from ${table} c where ${SAME} and c.learned_to = 'infinity' offset 0) c))`)
}
