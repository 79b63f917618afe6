import { type Clock, type Instant, Refusal } from '../core/index.ts'
import { instant, sql, type Statement, type Store } from '../store/index.ts'
import type { Watch } from './intake.ts'

/** How often a watch is read when nobody says otherwise. */
export const EVERY_SECONDS = 900

interface WatchRow {
  id: number
  kind: Watch['kind']
  path: string
  every_seconds: number
  cursor: Record<string, unknown>
  last_run_at: Instant | null
  last_error: string | null
  last_result: Record<string, unknown> | null
}

/** Repositories and folders that are read again on a schedule. */
export class Watches {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** The same path again changes how often it is read; without a wish that stays. */
  async add({ kind, path, everySeconds }: { kind: Watch['kind']; path: string; everySeconds?: number }): Promise<Watch> {
    const [watch] = await this.#read(sql`
      insert into watch (kind, path, every_seconds) values (${kind}, ${path}, ${everySeconds ?? EVERY_SECONDS})
      on conflict (kind, path) do update set every_seconds = ${everySeconds === undefined ? sql`watch.every_seconds` : sql`excluded.every_seconds`}
      returning *`)
    return watch!
  }

  async list(): Promise<Watch[]> {
    return this.#read(sql`select * from watch order by kind, path`)
  }

  /** A run in the future was noted before the clock was set back: then the time has come, too. */
  async due(): Promise<Watch[]> {
    const now = this.#clock()
    return (await this.list()).filter(
      ({ lastRunAt, everySeconds }) => lastRunAt === null || lastRunAt > now || now - lastRunAt >= everySeconds * 1000,
    )
  }

  /** Notes a run. An error leaves cursor and result of the last good run as they are. */
  async ran(
    id: number,
    { cursor, error, result }: { cursor?: Record<string, unknown>; error?: string; result?: Record<string, unknown> },
  ): Promise<void> {
    await this.#store.query(sql`
      update watch set last_run_at = ${instant(this.#clock())}, last_error = ${error ?? null},
        cursor = coalesce(${jsonOf(cursor)}::jsonb, cursor), last_result = coalesce(${jsonOf(result)}::jsonb, last_result)
      where id = ${id}::bigint`)
  }

  async remove(id: number): Promise<void> {
    const rows = await this.#store.query(sql`delete from watch where id = ${id}::bigint returning id`)
    if (rows.length === 0)
      throw new Refusal('intake.no_such_watch', `There is no watch ${id}`, {
        status: 404,
        fix: 'The list of watches shows what is read again.',
      })
  }

  async #read(statement: Statement<WatchRow>): Promise<Watch[]> {
    const rows = await this.#store.query(statement)
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      path: row.path,
      everySeconds: row.every_seconds,
      cursor: row.cursor,
      lastRunAt: row.last_run_at,
      lastError: row.last_error,
      lastResult: row.last_result,
    }))
  }
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
