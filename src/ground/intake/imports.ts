import { type Clock, type Instant, type Ref, Refusal } from '../core/index.ts'
import type { AppendResult } from '../ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../store/index.ts'
import type { Import } from './intake.ts'

interface ImportRow {
  id: number
  label: string
  format: string
  by: Ref
  started_at: Instant
  finished_at: Instant | null
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  by_kind: Import['byKind']
  daily: boolean
}

const COLUMNS = sql`id, label, format, by, started_at, finished_at, accepted, revised, duplicates, rejected, by_kind,
  fingerprint is not null and fingerprint ~ ' [0-9]{4}-[0-9]{2}-[0-9]{2}$' as daily`

/** What came of records, added to the counts of an import. */
export function counted({ accepted, revised, duplicates, byKind }: AppendResult): Statement {
  return sql`accepted = accepted + ${accepted}::bigint, revised = revised + ${revised}::bigint, duplicates = duplicates + ${duplicates}::bigint,
    by_kind = (select coalesce(jsonb_object_agg(key, total), '{}') from (select key, sum(value::bigint) as total from (
      select * from jsonb_each_text(import.by_kind) union all select * from jsonb_each_text(${JSON.stringify(byKind)}::jsonb)) counts group by key) totals)`
}

/** Imports: begun, resumed, finished, listed. */
export class Imports {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** The newest unfinished import of the same label and fingerprint goes on; without a fingerprint a new one begins. */
  async begin({
    label,
    format,
    fingerprint,
    by,
  }: {
    label: string
    format: string
    fingerprint?: string
    by: Ref
  }): Promise<{ importId: number; done: number }> {
    if (fingerprint !== undefined) {
      const [open] = await this.#store.query<{ importId: number; done: number }>(sql`
        select id as "importId", done from import where label = ${label} and fingerprint = ${fingerprint} and finished_at is null order by id desc limit 1`)
      if (open) return open
    }
    const [begun] = await this.#store.query<{ id: number }>(sql`
      insert into import (label, format, fingerprint, by, started_at) values (${label}, ${format}, ${fingerprint ?? null}, ${by}, ${instant(this.#clock())}) returning id`)
    return { importId: begun!.id, done: 0 }
  }

  /** Finishing twice keeps the first moment. */
  async finish(id: number): Promise<Import> {
    const [finished] = await this.#read(
      sql`update import set finished_at = coalesce(finished_at, ${instant(this.#clock())}) where id = ${id}::bigint returning ${COLUMNS}`,
    )
    if (!finished) throw new Refusal('intake.no_such_import', `There is no import ${id}`, { status: 404, fix: 'Begin an import first.' })
    return finished
  }

  /** Counts lines that were refused at first and are records now, also where it is finished. */
  async noteRetried(id: number, taken: AppendResult, lines: number): Promise<void> {
    await this.#store.query(
      sql`update import set ${counted(taken)}, rejected = greatest(0, rejected - ${lines}::bigint) where id = ${id}::bigint`,
    )
  }

  async list(limit: number): Promise<Import[]> {
    return this.#read(sql`select ${COLUMNS} from import order by id desc limit ${limit}::bigint`)
  }

  async #read(statement: Statement<ImportRow>): Promise<Import[]> {
    const rows = await this.#store.query(statement)
    return rows.map(({ id, started_at: startedAt, finished_at: finishedAt, by_kind: byKind, ...row }) => ({
      importId: id,
      ...row,
      startedAt,
      finishedAt,
      byKind,
      problems: [],
    }))
  }
}
