import type { Instant } from '../../core/index.ts'
import type { Connection } from '../connections/connection.ts'
import type { Payload, ReadPayload, Secrets } from '../connections/source.ts'
import type { Remote } from './remote.ts'

type Settings = Readonly<Record<string, unknown>>

/** What is asked of a source: one page of one of its lists. */
export interface PageAsk {
  stream: string
  /** What the page before gave as `next`; null at the beginning. */
  cursor: Record<string, unknown> | null
  /** Nothing older is needed. */
  since: Instant
  /** When this round began: nothing newer is needed, the next round brings it. */
  until: Instant
  settings: Settings
  secrets: Secrets
  /** What is asked for a list that is declared elsewhere than in the settings. */
  declared?: Record<string, unknown>
  /** Asks the other side, with what `reach` says; keeps to its limits and repeats what failed. */
  remote: Remote
}

/** What one page held. */
export interface Page {
  /** What happened, one payload a thing; read like what is pushed, so that both tell the same records. */
  payloads: Payload[]
  /** Where to go on; null when this was the last page of the round. */
  next: Record<string, unknown> | null
  /** Lists that were found on it and are to be read as well. */
  streams?: string[]
  /** How many things there are in the whole list, where the other side says so. */
  total?: number
  /** How far back the page came, where lists are read from the newest. */
  reached?: Instant
}

/** What the other side lets us see, or not, with what to do. */
export interface Finding {
  ok: boolean
  what: string
  fix?: string
}

/** How a system is read by ourselves: a year back when it is connected, and again and again where nobody pushes. */
export interface Pull {
  /** Lists that are read for these settings; none where only what is pushed is wanted. */
  streams(settings: Settings): string[]
  /** Whether a list that was found on a page is still meant by these settings; left out where none are found. */
  includes?(stream: string, settings: Settings): boolean
  /** Settings that say what the lists hold: when one is changed, all are read from the beginning. */
  contents?: readonly string[]
  /** Where requests go and what they carry; left out by sources that do not speak HTTP. */
  reach?(settings: Settings, secrets: Secrets): { base: string; headers: Record<string, string> }
  /** Reads one page. The same page always gives the same payloads; it may be read again at any time. */
  page(ask: PageAsk): Promise<Page>
  /** Left out where a payload is what is pushed: then it is read as that. */
  read?(payload: Payload, settings: Settings): ReadPayload
  /** Seconds between two rounds once all is read; null: never by itself. `declared` lists may have another pace. */
  everySeconds(settings: Settings, declared: boolean): number | null
  /** What can be seen with these secrets. */
  test(ask: Pick<PageAsk, 'settings' | 'secrets' | 'remote'>): Promise<Finding[]>
}

/** A list of a connected system that is read by ourselves. */
export interface PullState {
  connection: string
  stream: string
  state: 'waiting' | 'running' | 'done' | 'paused' | 'failed'
  since: Instant
  pages: number
  records: number
  total: number | null
  reachedAt: Instant | null
  attempts: number
  /** When it goes on, and why not before. */
  dueAt: Instant | null
  why: string | null
  error: { at: string; code: string; message: string; fix?: string } | null
  startedAt: Instant | null
  finishedAt: Instant | null
}

/** A list that somebody declares elsewhere than in the settings of a connection. */
export interface DeclaredList {
  ask: Record<string, unknown>
  /** A short word that is another one when something else is asked: from then on that is read, and what was read before stays. */
  version: string
  /** How far back it is read at first. */
  since: Instant
}

/** Lists a connection is to read beside its own, by name. */
export type DeclaredFinder = (connection: Pick<Connection, 'id' | 'name' | 'settings'>) => Promise<ReadonlyMap<string, DeclaredList>>
