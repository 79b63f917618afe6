import type { Parameter } from './values.ts'

/** Interactive work goes before background work; within a lane, first come first served. */
export type Lane = 'interactive' | 'background'

/** Rows of one statement and its command tag (`INSERT 0 5`). */
export interface Answer {
  rows: unknown[]
  tag: string
}

/** Text is what backups hold; binary is faster to write and to read. */
export type CopyFormat = 'text' | 'binary'

/** One connection to PostgreSQL, held by one piece of work at a time. Calls are answered in the order they were made. */
export interface Connection {
  /** Runs one statement. */
  run(text: string, parameters?: readonly Parameter[]): Promise<Answer>
  /** Runs several statements without parameters. */
  script(text: string): Promise<void>
  /**
   * `copy <what> from stdin`. The embedded store takes each chunk as a COPY of its own: binary ones begin with the head of
   * the format, and their memory goes with them.
   */
  copyIn(what: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, format: CopyFormat): Promise<void>
  /** `copy <what> to stdout` as COPY text, all of it at once: ask for slices. */
  copyOut(what: string): Promise<Uint8Array>
  /** Sets how long one statement may take until the connection is given back; null for as long as it takes. */
  allow(deadlineMs: number | null): Promise<void>
}

/** A connection that is given back after use. */
export interface Lease extends Connection {
  /** @param broken the connection is in an unknown state and must not be used again */
  release(broken?: boolean): void
}

/** Everything as it was at one moment, for as long as it takes to read it, while others go on writing. */
export interface Snapshot {
  connection: Connection
  close(): Promise<void>
}

/** What differs between the embedded store and a server. */
export interface Engine {
  readonly mode: 'embedded' | 'server'
  /** How long one statement may take. */
  readonly deadlineMs: number
  lease(lane: Lane): Promise<Lease>
  snapshot(): Promise<Snapshot>
  /** Callers waiting for a connection. */
  waiting(): Record<Lane, number>
  close(): Promise<void>
}

/** A lease for one piece of work. */
export async function withLease<T>(engine: Engine, lane: Lane, work: (lease: Lease) => Promise<T>): Promise<T> {
  const lease = await engine.lease(lane)
  try {
    return await work(lease)
  } finally {
    lease.release()
  }
}
