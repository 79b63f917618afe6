import type { Instant, Problem, Ref } from '../../core/index.ts'

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

/** What the last delivery was read as, for those who wait for the first. */
export interface LastEvent {
  at: string
  event: string
  /** Names and kinds of the first records. */
  records: { kind: string; id: string; subject: string; title?: string }[]
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
