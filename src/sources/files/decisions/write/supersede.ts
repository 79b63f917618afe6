import { ok, type Problem, refuse, type Result } from '../../../../ground/core/index.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import { joinRecords } from '../log.ts'
import { type DecisionRecord, readRecord } from '../record.ts'
import type { RecordLink, RecordText } from './record-text.ts'
import { statementPlaces } from './supersedes-line.ts'
import { statusPlaces } from './status-line.ts'

/** Both records of a pair, as they are to be written. */
export interface SupersededPair {
  older: string
  newer: string
}

/**
 * Writes into both records that one replaces the other, each in the form it has (front matter, fields at the head, a Status
 * section), and changes no other line. What was written is read again: it has to say just that, and nothing else may read
 * otherwise than before.
 */
export function supersedePair(older: RecordText, newer: RecordText): Result<SupersededPair> {
  const [was, by] = [read(older), read(newer)]
  const toOlder = linkTo(was, newer)
  const toNewer = linkTo(by, older)
  for (const newerText of alreadySays(newer, older) ? [newer.text] : statementPlaces(newer, toOlder)) {
    if (!sameBut(by, read({ ...newer, text: newerText }), ['body'])) continue
    for (const olderText of statusPlaces(older, toNewer)) {
      const now = read({ ...older, text: olderText })
      if (!sameBut(was, now, ['body', 'status', 'statusAsWritten'])) continue
      if (paired(now, read({ ...newer, text: newerText }), older.path)) return ok({ older: olderText, newer: newerText })
    }
  }
  return refuse('decision.not_writable', `Nothing could be written into ${older.path} and ${newer.path} that reads as superseding again`, {
    file: older.path,
    fix: `Write "Superseded by ${toNewer.section}" where the status of ${older.path} stands, and "Supersedes ${toOlder.section}" below that of ${newer.path}.`,
  })
}

function linkTo(target: DecisionRecord, from: RecordText): RecordLink {
  const file = relative(from.path, target.draft.file)
  const title = (target.draft.metadata.title ?? target.fileName).replaceAll(/[[\]]/g, '')
  const number = target.number === null ? null : (/\d+/.exec(target.fileName)?.[0] ?? String(target.number))
  const address = /[\s()]/.test(file) ? `<${file}>` : file
  return {
    section: `[${number === null ? '' : `${target.number}. `}${title}](${address})`,
    field: `[${number === null ? title : `ADR-${number}`}](${address})`,
    file,
  }
}

/** A path as one file of a log links another. */
function relative(from: string, to: string): string {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/')]
  let same = 0
  while (same < a.length && same < b.length - 1 && a[same] === b[same]) same++
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/')
}

function read({ path, text }: RecordText): DecisionRecord {
  return readRecord(path, text, 'log', DEFAULT_LIMITS)
}

function alreadySays(newer: RecordText, older: RecordText): boolean {
  const [a, b] = [read(older), read(newer)]
  joinRecords([a, b])
  return b.statements.some(({ direction }) => direction === 'supersedes') && (b.draft.spec.supersedes ?? []).includes(refOf(a))
}

/** Whether two readings of a record say the same apart from some fields. */
function sameBut(before: DecisionRecord, after: DecisionRecord, but: readonly string[]): boolean {
  const plain = ({ draft }: DecisionRecord) =>
    JSON.stringify([
      draft.metadata,
      Object.entries(draft.spec)
        .filter(([field]) => !but.includes(field))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ])
  return plain(before) === plain(after) && codes(after.problems).every((code) => codes(before.problems).includes(code))
}

function codes(problems: readonly Problem[]): string[] {
  return problems.map(({ code }) => code)
}

/** Whether both sides say it, and the older one reads as superseded. */
function paired(older: DecisionRecord, newer: DecisionRecord, path: string): boolean {
  const problems = joinRecords([older, newer])
  return (
    older.draft.spec.status === 'superseded' &&
    older.statements.some(({ direction }) => direction === 'supersededBy') &&
    (older.draft.spec.supersededBy ?? []).includes(refOf(newer)) &&
    (newer.draft.spec.supersedes ?? []).includes(refOf(older)) &&
    !problems.some(({ code, message }) => code === 'files.one_sided_superseding' && message.includes(path))
  )
}

function refOf({ draft }: DecisionRecord): string {
  return `decision:${draft.metadata.namespace ?? 'default'}/${draft.metadata.name}`
}
