import pc from 'picocolors'
import { counted, minute } from './terminal.ts'

/** How far the past of a connection is read, as the API tells it. */
export interface Progress {
  state: string
  lists: number
  done: number
  failed: number
  pages: number
  records: number
  total: number | null
  recordsPerMinute: number | null
  waitsUntil: string | null
  why: string | null
}

/** "running, 3 of 5 lists, 1,240 records on 31 pages, 310 a minute". */
export function progressText(progress: Progress): string {
  const { state, lists, done, failed, pages, records, total, recordsPerMinute, waitsUntil, why } = progress
  return [
    state,
    `${done} of ${counted(lists, 'list')}`,
    `${counted(records, 'record')}${total === null ? '' : ` of about ${total.toLocaleString('en-GB')}`} on ${counted(pages, 'page')}`,
    recordsPerMinute === null ? '' : `${recordsPerMinute.toLocaleString('en-GB')} a minute`,
    failed === 0 ? '' : pc.red(`${failed} failed`),
    waitsUntil === null ? '' : `next at ${minute(waitsUntil)} UTC${why ? `: ${why}` : ''}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** What a test found, a line each, with what to do below. */
export function findingLines(findings: readonly { ok: boolean; what: string; fix?: string }[]): string {
  return findings.map(({ ok, what, fix }) => `${ok ? pc.green('yes') : pc.red('no ')}  ${what}${fix ? `\n     ${fix}` : ''}`).join('\n')
}
