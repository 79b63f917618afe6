import type { Answer } from '../../api/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'

export type Connection = Answer<'connection.list'>['connections'][number]

/** State of a connection as people say it, what needs them first; never colour alone. */
export const STATE_WORDS: Record<Connection['state'], { mark: string; word: string; meaning: string }> = {
  silent: { mark: '▲', word: 'silent', meaning: 'Nothing for much longer than usual: look at the other side.' },
  stopped: { mark: '▲', word: 'stopped', meaning: 'It is read by ourselves, and a list of it cannot be read until something is done.' },
  waiting: { mark: '○', word: 'waiting', meaning: 'Nothing has come yet.' },
  paused: { mark: '◔', word: 'paused', meaning: 'Deliveries are turned away until it is resumed.' },
  flowing: { mark: '●', word: 'flowing', meaning: 'Deliveries come as usual.' },
}
const ORDER = Object.keys(STATE_WORDS)

/** Those that need people first, else as they were connected. */
export function worstFirst(connections: readonly Connection[]): Connection[] {
  return connections.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}

/** Counts of the days that are kept, added up. */
export function totalOf(connection: Pick<Connection, 'days'>, of: (day: Connection['days'][number]) => number): number {
  return connection.days.reduce((sum, day) => sum + of(day), 0)
}

const DAY_MS = 86_400_000

/** The last fourteen days it was connected on (UTC), oldest first; a day on which nothing came is 0. */
export function daily({ days, createdAt }: Connection, of: (day: Connection['days'][number]) => number, now = Date.now()): number[] {
  const known = new Map(days.map((day) => [day.day, of(day)]))
  const names = Array.from({ length: 14 }, (_, back) => new Date(now - (13 - back) * DAY_MS).toISOString().slice(0, 10))
  return names.filter((name) => name >= createdAt.slice(0, 10)).map((name) => known.get(name) ?? 0)
}

/** All connections in one sentence: what is wrong with any of them is in it. */
export function answerOf(connections: readonly Connection[]): string {
  if (connections.length === 0)
    return 'Nothing is connected yet: what is known comes from repositories that were read and records that were sent.'
  const inState = (state: Connection['state']) => connections.filter((one) => one.state === state).length
  const sum = (of: (one: Connection) => number) => connections.reduce((total, one) => total + of(one), 0)
  const [silent, stopped, waiting, paused] = (['silent', 'stopped', 'waiting', 'paused'] as const).map(inState)
  const putOff = connections.filter(({ state, progress }) => state !== 'stopped' && progress?.why != null).length
  const lists = sum(({ state, progress }) => (state === 'stopped' ? 0 : (progress?.failed ?? 0)))
  const rejected = sum((one) => totalOf(one, (day) => day.rejected))
  const refused = sum((one) => totalOf(one, (day) => day.refused))
  const troubles = [
    silent ? `${plural(silent, 'is', 'are')} silent` : '',
    stopped ? `${formatCount(stopped)} cannot be read` : '',
    waiting ? `${plural(waiting, 'waits', 'wait')} for a first delivery` : '',
    putOff > 0 ? `${formatCount(putOff)} cannot be read just now` : '',
    paused ? `${plural(paused, 'is', 'are')} paused` : '',
    lists > 0 ? `${plural(lists, 'list')} cannot be read` : '',
    rejected > 0 ? `${plural(rejected, 'line')} rejected in 14 days` : '',
    refused > 0 ? `${plural(refused, 'delivery', 'deliveries')} turned away in 14 days` : '',
  ].filter(Boolean)
  return `${plural(connections.length, 'connection')}${troubles.length > 0 ? `: ${troubles.join(', ')}` : ', all well'}.`
}
