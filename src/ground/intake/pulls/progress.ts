import { type Instant, MINUTE } from '../../core/index.ts'
import type { PullState } from './pull.ts'

/** How far the reading of a connection is, all of its lists together. */
export interface Progress {
  /** What goes on, before what stands still, before what is over. */
  state: PullState['state']
  lists: number
  done: number
  failed: number
  pages: number
  records: number
  /** Things there are to read; null unless every list says so. */
  total: number | null
  /** Since the first list was begun, waits included; null before, and once the past is read. */
  recordsPerMinute: number | null
  /** When the next list goes on, if that is later than now, and why not before. */
  waitsUntil: Instant | null
  why: string | null
  since: Instant
}

const ORDER: readonly PullState['state'][] = ['running', 'waiting', 'paused', 'failed', 'done']

/** Null where nothing is read. */
export function progressOf(lists: readonly PullState[], now: Instant): Progress | null {
  if (lists.length === 0) return null
  const sum = (of: (list: PullState) => number) => lists.reduce((total, list) => total + of(list), 0)
  const state = ORDER.find((one) => lists.some((list) => list.state === one))!
  const records = sum((list) => list.records)
  const started = Math.min(...lists.map(({ startedAt }) => startedAt ?? Infinity))
  const [next] = lists.filter(({ dueAt }) => dueAt !== null).toSorted((a, b) => a.dueAt! - b.dueAt!)
  const isReadingBack = lists.some((list) => list.finishedAt === null && (list.state === 'running' || list.state === 'waiting'))
  const waits = state !== 'running' && next !== undefined && next.dueAt! > now
  return {
    state,
    lists: lists.length,
    done: lists.filter((list) => list.state === 'done').length,
    failed: lists.filter((list) => list.state === 'failed').length,
    pages: sum((list) => list.pages),
    records,
    total: lists.every(({ total }) => total !== null) ? sum((list) => list.total!) : null,
    recordsPerMinute: isReadingBack && now - started > 1_000 ? Math.round((records * MINUTE) / (now - started)) : null,
    waitsUntil: waits ? next.dueAt : null,
    why: waits ? next.why : null,
    since: Math.min(...lists.map(({ since }) => since)),
  }
}
