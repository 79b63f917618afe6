import type { Instant } from '../../core/index.ts'
import { sql } from '../../store/index.ts'
import type { PullState } from './pull.ts'

/** A list as it is kept. */
export interface Row {
  connection: string
  stream: string
  state: 'open' | 'done' | 'paused' | 'failed'
  since: Instant
  pages: number
  records: number
  total: number | null
  reached_at: Instant | null
  attempts: number
  due_at: Instant | null
  why: string | null
  error: PullState['error']
  started_at: Instant | null
  finished_at: Instant | null
  held: boolean
}

export const COLUMNS = sql`p.connection, p.stream, p.state, p.since, p.pages, p.records, p.total, p.reached_at, p.attempts, p.due_at, p.why, p.error,
  p.started_at, p.finished_at, coalesce(p.held_until > now(), false) as held`

/** A list as people see it. */
export function viewOf({
  held,
  state,
  reached_at: reachedAt,
  due_at: dueAt,
  started_at: startedAt,
  finished_at: finishedAt,
  ...row
}: Row): PullState {
  const isStopped = state === 'paused' || state === 'failed'
  return {
    ...row,
    state: isStopped ? state : held ? 'running' : state === 'open' ? 'waiting' : 'done',
    reachedAt,
    dueAt: isStopped ? null : dueAt,
    startedAt,
    finishedAt,
  }
}
