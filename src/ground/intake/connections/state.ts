import type { Instant } from '../../core/index.ts'
import type { PullState } from '../pulls/pull.ts'
import type { Connection } from './connection.ts'
import { isSilent } from './silence.ts'

/** How a connection does: `stopped` is one that is read by ourselves alone, and a list of it needs people. */
export const STATES = ['waiting', 'flowing', 'silent', 'stopped', 'paused'] as const
export type ConnectionState = (typeof STATES)[number]

/** @param times the last moment of each of its latest days on which something came, oldest first */
export function stateOf(
  { pausedAt, lastEvent }: Pick<Connection, 'pausedAt' | 'lastEvent'>,
  { times, lists, isPushed }: { times: readonly Instant[]; lists: readonly Pick<PullState, 'state'>[]; isPushed: boolean },
  now: Instant,
): ConnectionState {
  if (pausedAt !== null) return 'paused'
  if (!isPushed && lists.some(({ state }) => state === 'failed')) return 'stopped'
  if (times.length === 0 && lastEvent === null) return 'waiting'
  return isSilent(times, now) ? 'silent' : 'flowing'
}
