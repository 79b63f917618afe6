import { createHash } from 'node:crypto'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { ChangeRow, CommitRow, DeploymentRow } from '../assess/index.ts'
import {
  CHANGE_COLUMNS,
  columnNames,
  type Columns,
  COMMIT_COLUMNS,
  copiedColumns,
  copiedValues,
  DEPLOYMENT_COLUMNS,
  recordShape,
  recordText,
  recordValues,
  rowsAsJson,
} from './columns.ts'
import type { Scope } from './scope.ts'

/** Rows one statement writes. */
const BATCH = 2_000

/** By what derived rows belong to a scope: what `delivery_scope_key` says in the store, which looks that up anew for each statement. */
export function scopeKey({ subject, environment }: Pick<Scope, 'subject' | 'environment'>): bigint {
  return createHash('md5').update(`${subject} ${environment}`).digest().readBigInt64BE()
}

function keyOf(scope: Pick<Scope, 'subject' | 'environment'>): Statement {
  return sql`${scopeKey(scope).toString()}::bigint`
}

/** The derived rows of a scope, as a condition. */
export function ofScope(scope: Pick<Scope, 'subject' | 'environment'>): Statement {
  return sql`scope = ${keyOf(scope)}`
}

/**
 * Rows of a table for which one of some conditions holds, each found by an index of its own; in one statement, for whoever
 * derives holds up others. A row for which two hold comes twice. Nothing is asked where there is no condition.
 */
async function rowsWhere<Row>(
  store: Store,
  table: string,
  columns: Columns<Row>,
  scope: Scope,
  which: readonly Statement[],
): Promise<Row[]> {
  if (which.length === 0) return []
  const parts = which.map((one) => sql`select * from ${sql.table(table)} where ${ofScope(scope)} and ${one}`)
  return rowsOf(store, columns, sql.join(parts, sql` union all `))
}

export async function commitRows(store: Store, scope: Scope, ...which: readonly Statement[]): Promise<CommitRow[]> {
  const rows = await rowsWhere(store, 'delivery_commit', COMMIT_COLUMNS, scope, which)
  return rows.map((row) => ({ ...row, integratedAt: row.integratedAt ?? Infinity, deployedAt: row.deployedAt ?? Infinity }))
}

export function changeRows(store: Store, scope: Scope, ...which: readonly Statement[]): Promise<ChangeRow[]> {
  return rowsWhere(store, 'delivery_change', CHANGE_COLUMNS, scope, which)
}

/** Units that hold any of these commits. A list of ids, not a join: a planner without statistics would go through it row by row. */
export async function unitsHolding(store: Store, scope: Scope, shas: readonly string[]): Promise<string[]> {
  if (shas.length === 0) return []
  const rows = await store.query<{ unit: string }>(
    sql`select distinct unit from delivery_commit where ${ofScope(scope)} and sha = any(${[...shas]}::text[]) and unit is not null`,
  )
  return rows.map(({ unit }) => unit)
}

export function deploymentRows(store: Store, scope: Scope, ...which: readonly Statement[]): Promise<DeploymentRow[]> {
  return rowsWhere(store, 'delivery_deployment', DEPLOYMENT_COLUMNS, scope, which)
}

export async function rowsOf<Row>(store: Store, columns: Columns<Row>, from: Statement): Promise<Row[]> {
  const [answer] = await store.query(rowsAsJson(columns, from))
  return answer!.rows
}

/**
 * Puts new rows in the place of old ones of a scope; writes only what differs.
 * @param old null where the scope has no rows at all
 */
export async function replaceRows(store: Store, scope: Scope, old: StoredRows | null, now: StoredRows): Promise<void> {
  await Promise.all([
    replace(store, scope, { table: 'delivery_commit', key: 'sha', columns: COMMIT_COLUMNS }, old?.commits ?? null, now.commits),
    replace(store, scope, { table: 'delivery_change', key: 'id', columns: CHANGE_COLUMNS }, old?.changes ?? null, now.changes),
    replace(
      store,
      scope,
      { table: 'delivery_deployment', key: 'id', columns: DEPLOYMENT_COLUMNS },
      old?.deployments ?? null,
      now.deployments,
    ),
  ])
}

export interface StoredRows {
  commits: readonly CommitRow[]
  changes: readonly ChangeRow[]
  deployments: readonly DeploymentRow[]
}

interface Table<Row> {
  table: string
  key: keyof Row & string
  columns: Columns<Row>
}

async function replace<Row>(
  store: Store,
  scope: Scope,
  { table, key, columns }: Table<Row>,
  old: readonly Row[] | null,
  now: readonly Row[],
): Promise<void> {
  if (!old) return copyRows(store, scope, table, columns, now)
  const was = new Map(old.map((row) => [row[key], recordText(columns, row)]))
  const names = columnNames(columns)
  const updates = sql.join(columns.map(({ column }) => sql`${sql.id(column)} = excluded.${sql.id(column)}`))
  const written: Promise<unknown>[] = []
  let changed: string[] = []
  // Not waited for one by one: the store writes a batch while the next is put into words here.
  const write = () => {
    if (changed.length === 0) return
    const records = `[${changed.join(',')}]`
    changed = []
    written.push(
      store.query(sql`
        insert into ${sql.table(table)} (scope, ${names})
        select ${keyOf(scope)}, ${recordValues(columns)} from json_to_recordset(${records}::json) as r(${recordShape(columns)})
        on conflict (scope, ${sql.id(key)}) do update set ${updates}`),
    )
  }
  for (const row of now) {
    const text = recordText(columns, row)
    if (was.get(row[key]) !== text) changed.push(text)
    was.delete(row[key])
    if (changed.length === BATCH) write()
  }
  write()
  if (was.size)
    written.push(
      store.query(sql`delete from ${sql.table(table)} where ${ofScope(scope)} and ${sql.id(key)} = any(${[...was.keys()]}::text[])`),
    )
  await Promise.all(written)
}

/** Rows of a scope that has none. */
async function copyRows<Row>(store: Store, scope: Scope, table: string, columns: Columns<Row>, rows: readonly Row[]): Promise<void> {
  const key = scopeKey(scope)
  await store.copy(
    table,
    copiedColumns(columns),
    rows.values().map((row) => copiedValues(key, columns, row)),
  )
}
