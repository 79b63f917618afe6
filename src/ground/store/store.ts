import type { RawBuilder } from 'kysely'

/** A statement written with the `sql` template; composes, and never carries values in its text. */
export type Statement<Row = unknown> = RawBuilder<Row>

/**
 * The one database. Every call finds the open transaction by its calling context, so code that runs inside
 * `transaction` needs no handle of it and cannot reach round it (the embedded store has one connection).
 */
export interface Store {
  readonly mode: 'embedded' | 'server'

  /** Runs one statement and gives its rows. Timestamps come as epoch milliseconds, bigint as number, json parsed. */
  query<Row>(statement: Statement<Row>): Promise<Row[]>

  /** Runs work in one transaction; a call inside another joins it. Await nothing but the store inside. */
  transaction<T>(work: () => Promise<T>): Promise<T>

  /** Runs work on the background lane: every statement in it lets interactive statements go first. */
  background<T>(work: () => Promise<T>): Promise<T>

  /**
   * Bulk load: sends rows as COPY text into a temporary staging table shaped by `columns`, then runs `then` with it in
   * the same transaction. Worth it from about 5,000 rows; below that send one JSON text through json_to_recordset.
   */
  stage<T>(columns: Record<string, 'text' | 'timestamptz' | 'double precision' | 'integer' | 'bigint' | 'boolean' | 'jsonb'>, rows: Iterable<readonly unknown[]>, then: (staging: string) => Promise<T>): Promise<T>

  /** Writes a whole, consistent copy to a file while the store stays in use. */
  backup(file: string): Promise<{ bytes: number }>

  /** Size on disk, version of the schema, lag of the two lanes. */
  health(): Promise<StoreHealth>

  close(): Promise<void>
}

export interface StoreHealth {
  mode: 'embedded' | 'server'
  postgres: string
  migration: string
  bytes: number
  waiting: { interactive: number; background: number }
}

export interface StoreOptions {
  /** Data folder; used when there is no `databaseUrl`. */
  folder?: string
  databaseUrl?: string
  /** How other processes reach the one that holds the folder; kept in the lock. */
  address?: string
  /** A statement that runs longer than this restarts the embedded worker. Default 60 s. */
  deadlineMs?: number
}
