import type { Answer } from '../../api/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import type { Connection } from './state.ts'

type Progress = NonNullable<Connection['progress']>

/** State of a reading as people say it; never colour alone. */
export const READING_WORDS: Record<Answer<'connection.read'>['lists'][number]['state'], { mark: string; word: string }> = {
  running: { mark: '◐', word: 'reading' },
  waiting: { mark: '○', word: 'waiting' },
  done: { mark: '●', word: 'read' },
  paused: { mark: '◔', word: 'paused' },
  failed: { mark: '▲', word: 'stopped' },
}

/** "Reading: 2 of 5 lists, 1,240 records on 31 pages, 310 a minute." */
export function progressWords({ state, done, lists, failed, records, total, pages, recordsPerMinute }: Progress): string {
  const { word } = READING_WORDS[state]
  return `${word[0]!.toUpperCase()}${word.slice(1)}: ${[
    `${formatCount(done)} of ${plural(lists, 'list')}`,
    `${plural(records, 'record')}${total === null ? '' : ` of about ${formatCount(total)}`} on ${plural(pages, 'page')}`,
    recordsPerMinute === null ? '' : `${formatCount(recordsPerMinute)} a minute`,
    failed === 0 ? '' : `${formatCount(failed)} stopped`,
  ]
    .filter(Boolean)
    .join(', ')}.`
}
