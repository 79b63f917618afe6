import { type CopiedColumns, type CopiedType, instantText, sql, type Statement } from '../../../ground/store/index.ts'
import type { ChangeRow, CommitRow, DeploymentRow } from '../assess/index.ts'

/** How a field is kept: `moment` is a time that may be missing, `ever` one that is infinite while it has not come. */
type Kind = 'text' | 'text[]' | 'boolean' | 'integer' | 'bigint' | 'double precision' | 'json' | 'moment' | 'ever'

/** Where one field of a row is kept. */
interface Column<Row> {
  field: keyof Row & string
  column: string
  kind: Kind
  /** Its name in the JSON it is written with: short, since it is there once a row. */
  key: string
}

/** Where each field of a row is kept, in order. */
export type Columns<Row> = readonly Column<Row>[]

function columnsOf<Row>(columns: { readonly [Field in keyof Row & string]-?: readonly [column: string, kind: Kind] }): Columns<Row> {
  const fields = Object.keys(columns) as (keyof Row & string)[] // the keys of a mapped type over Row
  return fields.map((field, place) => ({ field, column: columns[field][0], kind: columns[field][1], key: place.toString(36) }))
}

export const COMMIT_COLUMNS = columnsOf<CommitRow>({
  sha: ['sha', 'text'],
  known: ['known', 'boolean'],
  main: ['main', 'text'],
  integratedAt: ['integrated_at', 'ever'],
  deployment: ['deployment', 'text'],
  deployedAt: ['deployed_at', 'ever'],
  method: ['method', 'text'],
  unit: ['unit', 'text'],
})

export const CHANGE_COLUMNS = columnsOf<ChangeRow>({
  id: ['id', 'text'],
  here: ['here', 'boolean'],
  records: ['records', 'text[]'],
  number: ['number', 'bigint'],
  sha: ['sha', 'text'],
  commits: ['commits', 'text[]'],
  title: ['title', 'text'],
  url: ['url', 'text'],
  authoredAt: ['authored_at', 'moment'],
  openedAt: ['opened_at', 'moment'],
  reviewedAt: ['reviewed_at', 'moment'],
  mergedAt: ['merged_at', 'moment'],
  deployment: ['deployment', 'text'],
  deployedAt: ['deployed_at', 'ever'],
  method: ['method', 'text'],
  leadSeconds: ['lead_seconds', 'double precision'],
  codingSeconds: ['coding_seconds', 'double precision'],
  reviewWaitSeconds: ['review_wait_seconds', 'double precision'],
  reviewSeconds: ['review_seconds', 'double precision'],
  deployWaitSeconds: ['deploy_wait_seconds', 'double precision'],
  lines: ['lines', 'bigint'],
  generatedLines: ['generated_lines', 'bigint'],
  reverts: ['reverts', 'text'],
  hotfix: ['hotfix', 'boolean'],
  flags: ['flags', 'text[]'],
  excluded: ['excluded', 'text'],
})

export const DEPLOYMENT_COLUMNS = columnsOf<DeploymentRow>({
  id: ['id', 'text'],
  records: ['records', 'text[]'],
  commit: ['commit', 'text'],
  artifact: ['artifact', 'text'],
  startedAt: ['started_at', 'moment'],
  finishedAt: ['finished_at', 'moment'],
  kind: ['kind', 'text'],
  repeats: ['repeats', 'integer'],
  planned: ['planned', 'boolean'],
  fixes: ['fixes', 'text'],
  rollbackOf: ['rollback_of', 'text'],
  inferred: ['inferred', 'boolean'],
  url: ['url', 'text'],
  rework: ['rework', 'boolean'],
  failures: ['failures', 'json'],
  failedBy: ['failed_by', 'text[]'],
  failedAt: ['failed_at', 'moment'],
  recoveredAt: ['recovered_at', 'moment'],
  flags: ['flags', 'text[]'],
})

/** The rows of a query over a derived table as one JSON text: many times faster to take over than rows. */
export function rowsAsJson<Row>(columns: Columns<Row>, from: Statement): Statement<{ rows: Row[] }> {
  const fields = columns.map(({ field, column, kind }) => sql`${sql.lit(field)}, ${readable(column, kind)}`)
  return sql`select coalesce(json_agg(json_build_object(${sql.join(fields)})), '[]') as rows from (${from}) d`
}

/** Columns as `json_to_recordset` declares them. */
export function recordShape<Row>(columns: Columns<Row>): Statement {
  return sql.join(columns.map(({ key, kind }) => sql`${sql.id(key)} ${sql.raw(typeOf(kind))}`))
}

/** The number of a scope and columns, as they are copied into. */
export function copiedColumns<Row>(columns: Columns<Row>): CopiedColumns {
  return { scope: 'bigint', ...Object.fromEntries(columns.map(({ column, kind }) => [column, typeOf(kind)])) }
}

/** The number of a scope and the values of a row for `copiedColumns`. */
export function copiedValues<Row>(scope: bigint, columns: Columns<Row>, row: Row): unknown[] {
  const values: unknown[] = [scope]
  for (const { field, kind } of columns) values.push(kind === 'ever' ? (row[field] ?? Infinity) : row[field])
  return values
}

function typeOf(kind: Kind): CopiedType {
  return kind === 'moment' || kind === 'ever' ? 'timestamptz' : kind
}

export function columnNames<Row>(columns: Columns<Row>): Statement {
  return sql.join(columns.map(({ column }) => sql.id(column)))
}

/** The values of `recordShape`, in the order of the columns. */
export function recordValues<Row>(columns: Columns<Row>): Statement {
  return sql.join(columns.map(({ key }) => sql.id(key)))
}

/** A row as `json_to_recordset` reads it, as JSON without what is null; also what two rows are compared by. */
export function recordText<Row>(columns: Columns<Row>, row: Row): string {
  const record: Record<string, unknown> = {}
  for (const { field, key, kind } of columns) {
    const value = row[field]
    if (kind === 'ever') record[key] = timeText(value) ?? 'infinity'
    else if (value !== null) record[key] = kind === 'moment' ? timeText(value) : value
  }
  return JSON.stringify(record)
}

function readable(column: string, kind: Kind): Statement {
  const value = sql.ref(`d.${column}`)
  if (kind === 'moment') return millis(value)
  return kind === 'ever' ? sql`case when ${value} = 'infinity' then null else ${millis(value)} end` : value
}

/** A finite timestamp as epoch milliseconds: by way of a double, which has room for them, in two thirds of the time of a numeric. */
export function millis(value: Statement): Statement {
  return sql`(date_part('epoch', ${value}) * 1000)::bigint`
}

function timeText(value: unknown): string | null {
  return typeof value === 'number' ? instantText(value) : null
}
