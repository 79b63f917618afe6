import type { Instant, Problem, Ref } from '../../core/index.ts'
import type { Secrets } from './source.ts'

/** A system that is connected. */
export interface Connection {
  id: string
  source: string
  name: string
  settings: Readonly<Record<string, unknown>>
  createdAt: Instant
  createdBy: Ref
  pausedAt: Instant | null
  lastEvent: LastEvent | null
}

/** A connection with what only the door and the pollers may see. */
export interface OpenConnection extends Connection {
  secrets: Secrets
  /** The part of its address nobody can guess. */
  key: string
}

/** What became of a connection whose settings were changed. */
export interface Changed {
  connection: Connection
  /** Settings that are others than before. */
  changed: string[]
  /** Lists that are read from the beginning now, and those that are not read any more. */
  begun: string[]
  ended: string[]
}

/** What the last delivery was read as, for those who wait for the first. */
export interface LastEvent {
  at: string
  event: string
  /** How many records it was read as; left out by versions that did not count them. */
  read?: number
  /** Names and kinds of the first records. */
  records: { kind: string; id: string; subject: string; title?: string | undefined }[]
  problems: Problem[]
  ignored?: string
}

/** How one day went. */
export interface ConnectionDay {
  day: string
  deliveries: number
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  ignored: number
  refused: number
  lastAt: Instant | null
  lastRefusal: { at: string; code: string; message: string } | null
  /** Mean seconds from happening to being taken; null without records. */
  lagSeconds: number | null
}

/** What came of one delivery. */
export interface Delivered {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  ignored?: string
  problems: Problem[]
}
