import type { Answer } from '../../api/index.ts'

export type Connection = Answer<'connection.list'>['connections'][number]

/** State of a connection as people say it; never colour alone. */
export const STATE_WORDS: Record<Connection['state'], { mark: string; word: string; meaning: string }> = {
  flowing: { mark: '●', word: 'flowing', meaning: 'Deliveries come as usual.' },
  waiting: { mark: '○', word: 'waiting', meaning: 'Nothing has come yet.' },
  silent: { mark: '▲', word: 'silent', meaning: 'Nothing for much longer than usual: look at the other side.' },
  paused: { mark: '◔', word: 'paused', meaning: 'Deliveries are turned away until it is resumed.' },
}

/** Counts of the days that are kept, added up. */
export function totalOf(connection: Pick<Connection, 'days'>, of: (day: Connection['days'][number]) => number): number {
  return connection.days.reduce((sum, day) => sum + of(day), 0)
}
