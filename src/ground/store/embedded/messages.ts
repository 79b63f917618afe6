import type { ErrorFields } from '../errors.ts'
import type { Parameter } from '../values.ts'

/** What the thread of the embedded database is started with. */
export interface WorkerStart {
  /** Folder of the data files; null keeps everything in memory. */
  folder: string | null
  /** Whether commits wait for the disk; a copy that is only read need not. */
  durable: boolean
  /** A data folder as a tar file to start from; memory only. */
  image: Uint8Array<ArrayBuffer> | null
}

/** What the thread is asked, one thing at a time. */
export type Request =
  | { ask: 'run'; text: string; parameters: readonly Parameter[] }
  | { ask: 'script'; text: string }
  | { ask: 'copyIn'; text: string; data: Uint8Array }
  | { ask: 'copyOut'; text: string }
  | { ask: 'more' }
  | { ask: 'image' }
  | { ask: 'holdCheckpoints'; hold: boolean }
  | { ask: 'close' }

export interface Column {
  name: string
  /** The values are JSON text, read where they arrive: cheaper than cloning what was read. */
  json: boolean
}

/** What it answers. A large answer comes in pieces, each after `more`, so that no single one blocks the reader. */
export type Reply =
  | { reply: 'ready' }
  | { reply: 'rows'; columns: Column[]; rows: unknown[][]; tag: string; more: boolean }
  | { reply: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { reply: 'done' }
  | { reply: 'failed'; error: ErrorFields }
  | { reply: 'panic'; lines: string[] }
