import type { Statement } from './statement.ts'

/** Types of columns rows can be copied into. */
export type CopiedType = 'text' | 'text[]' | 'timestamptz' | 'double precision' | 'integer' | 'bigint' | 'boolean' | 'json' | 'jsonb'
/** Columns rows are copied into, in the order of the values of a row. */
export type CopiedColumns = Record<string, CopiedType>

/**
 * The one database. Every call finds the open transaction by its calling context, so code that runs inside
 * `transaction` needs no handle of it and cannot reach round it (the embedded store has one connection).
 */
export interface Store {
  readonly mode: 'embedded' | 'server'

  /**
   * Runs one statement and gives its rows. `timestamptz` comes as epoch milliseconds (Infinity for `infinity`), `bigint`
   * and `numeric` as number, JSON read, arrays as lists, `bytea` as Uint8Array; `date`, `interval` and the rest as text.
   * Parameters: numbers, text, booleans, Date, Uint8Array; a list is a PostgreSQL array, another object JSON; so a list
   * meant as JSON goes as `JSON.stringify(list)`, and a moment in epoch milliseconds as `instant(ms)`.
   * Rejects with a Refusal where people can act (`store.deadline`, `store.disk_full`, `store.unreachable`, …), else with
   * a DatabaseError that carries PostgreSQL's code.
   */
  query<Row>(statement: Statement<Row>): Promise<Row[]>

  /**
   * Runs work in one transaction; a call inside another joins it, and its failure fails the whole. Await nothing but the
   * store inside: after a deadline's length of waiting for something else the transaction is given up
   * (`store.transaction_idle`).
   */
  transaction<T>(work: () => Promise<T>): Promise<T>

  /** Runs work on the background lane: every statement or transaction in it lets interactive ones go first. */
  background<T>(work: () => Promise<T>): Promise<T>

  /**
   * Bulk load: adds rows to a table by binary COPY, faster than any insert (bench/store). Nothing of it stays when one row
   * does not fit. Moments may be epoch milliseconds or text; a string for `json` is JSON text already.
   */
  copy(table: string, columns: CopiedColumns, rows: Iterable<readonly unknown[]>): Promise<void>

  /**
   * Writes a whole, consistent copy to a file while the store stays in use; `restore` reads it into either kind of store.
   * The file appears under its name only when it is whole.
   */
  backup(file: string): Promise<BackupResult>

  /**
   * Removes dead rows and refreshes statistics where it is worth it. For a scheduled job; on a server autovacuum does it.
   */
  maintain(): Promise<MaintenanceResult>

  /** Size on disk, version of the schema, callers waiting in the two lanes. */
  health(): Promise<StoreHealth>

  /** Waits for what is running, writes everything down and gives the data folder back. */
  close(): Promise<void>
}

/** What a backup holds. */
export interface BackupResult {
  bytes: number
  /** All tables together. */
  rows: number
}

/** Names of the tables that were looked after. */
export interface MaintenanceResult {
  vacuumed: string[]
  analyzed: string[]
}

export interface StoreHealth {
  mode: 'embedded' | 'server'
  /** Version of PostgreSQL. */
  postgres: string
  /** The last migration. */
  migration: string
  /** Size on disk. */
  bytes: number
  /** Callers waiting for a connection. */
  waiting: { interactive: number; background: number }
}

export interface StoreOptions {
  /** Data folder; used when there is no `databaseUrl`. */
  folder?: string
  databaseUrl?: string
  /** How other processes reach the one that holds the folder; kept in the lock. */
  address?: string
  /** A statement that runs longer than this is stopped (the embedded worker is restarted). Default 60 s. */
  deadlineMs?: number
}
