import type { Problem } from '../../../ground/core/index.ts'
import { slugOf } from '../slug.ts'
import type { DecisionRecord } from './record.ts'
import type { RecordReference } from './references.ts'
import { GENERIC_FOLDER } from './repository-name.ts'
import type { Statement } from './superseding-words.ts'

/**
 * Joins the records of one folder tree: who replaces whom is written into both, whichever of the two says it.
 * @returns warnings: numbers used twice, superseding that only one side states, and names of records that are not there.
 * Gaps in the numbers are no problem.
 */
export function joinRecords(records: readonly DecisionRecord[]): Problem[] {
  return byNamespace(records).flatMap((log) => [...giveEachItsName(log), ...doubleNumbers(log), ...pairUp(log)])
}

function byNamespace(records: readonly DecisionRecord[]): DecisionRecord[][] {
  return [...Map.groupBy(records, (record) => record.draft.metadata.namespace ?? '').values()]
}

/** Logs of several packages begin alike (`0001-record-architecture-decisions`): a later one is named with its package. */
function giveEachItsName(log: readonly DecisionRecord[]): Problem[] {
  const taken = new Map<string, DecisionRecord>()
  return log.flatMap((record) => {
    const { metadata, file } = record.draft
    const first = taken.get(metadata.name)
    if (first)
      metadata.name =
        [slugOf(`${homeOf(record.folder)}-${record.fileName}`), slugOf(file)].find((name) => !taken.has(name)) ?? metadata.name
    taken.set(metadata.name, record)
    return first
      ? [
          {
            code: 'files.double_name',
            severity: 'warning' as const,
            message: `${first.draft.file} has the same name, so this record is called ${refOf(record)}`,
            fix: 'Nothing to do; another file name would give it a shorter one.',
            file,
            line: 1,
            column: 1,
          },
        ]
      : []
  })
}

/** The nearest folder above a record that has a name of its own. */
function homeOf(folder: string): string {
  return folder.split('/').findLast((segment) => !GENERIC_FOLDER.test(segment)) ?? folder
}

function doubleNumbers(log: readonly DecisionRecord[]): Problem[] {
  const first = new Map<string, DecisionRecord>()
  return log.flatMap((record) => {
    if (record.number === null) return []
    const key = `${record.folder}\0${record.number}`
    const earlier = first.get(key)
    if (!earlier) first.set(key, record)
    return earlier
      ? [
          {
            code: 'files.double_number',
            severity: 'warning' as const,
            message: `Decision number ${record.number} is used twice; first in ${earlier.draft.file}`,
            fix: 'Give one of the two the next free number.',
            file: record.draft.file,
            line: 1,
            column: 1,
          },
        ]
      : []
  })
}

function pairUp(log: readonly DecisionRecord[]): Problem[] {
  const problems: Problem[] = []
  const pairs = new Map<
    string,
    { from: DecisionRecord; to: DecisionRecord; saidBy: Set<DecisionRecord>; place: Statement; teller: DecisionRecord }
  >()
  for (const teller of log) {
    for (const statement of teller.statements) {
      const target = find(log, statement.target, teller)
      if (target === teller) continue
      if (typeof target === 'string') {
        add(teller, statement.direction, target)
        continue
      }
      if (!target) {
        problems.push({
          code: 'files.unknown_record',
          severity: 'warning',
          message: `${nameOf(statement.target)} is not a record of this log`,
          fix: 'Check the number or the link.',
          file: teller.draft.file,
          line: statement.line,
          column: 1,
        })
        continue
      }
      const [from, to] = statement.direction === 'supersedes' ? [teller, target] : [target, teller]
      const key = `${from.draft.file}\0${to.draft.file}`
      const pair = pairs.get(key) ?? { from, to, saidBy: new Set(), place: statement, teller }
      pair.saidBy.add(teller)
      pairs.set(key, pair)
    }
  }
  for (const { from, to, saidBy, place, teller } of pairs.values()) {
    add(from, 'supersedes', refOf(to))
    add(to, 'supersededBy', refOf(from))
    const silent = saidBy.has(from) ? (saidBy.has(to) ? null : to) : from
    if (!silent || silent.mentions.some((mention) => find(log, mention, silent) === teller)) continue
    const message =
      silent === to
        ? `This record supersedes ${to.draft.file}, which does not say so`
        : `This record is superseded by ${from.draft.file}, which does not say so`
    problems.push({
      code: 'files.one_sided_superseding',
      severity: 'warning',
      message,
      fix: `Add it to ${silent.draft.file}.`,
      file: teller.draft.file,
      line: place.line,
      column: 1,
    })
  }
  return unique(problems)
}

/** The record a reference means: by file name first, then by number in the same folder, then by number anywhere. */
function find(
  log: readonly DecisionRecord[],
  { file, number, ref }: RecordReference,
  from: DecisionRecord,
): DecisionRecord | string | null {
  if (ref) return log.find((record) => refOf(record) === ref) ?? ref
  if (file) {
    const name = file.toLowerCase()
    const same = log.filter((record) => record.fileName.toLowerCase() === name)
    const found = same.find((record) => record.folder === from.folder) ?? same[0]
    if (found) return found
  }
  if (number === undefined) return null
  const numbered = log.filter((record) => record.number === number)
  return numbered.find((record) => record.folder === from.folder) ?? numbered[0] ?? null
}

function add(record: DecisionRecord, field: 'supersedes' | 'supersededBy', ref: string): void {
  const refs = (record.draft.spec[field] ??= [])
  if (!refs.includes(ref)) refs.push(ref)
}

function refOf({ draft }: DecisionRecord): string {
  return `decision:${draft.metadata.namespace ?? 'default'}/${draft.metadata.name}`
}

function nameOf({ file, number }: RecordReference): string {
  return file ? `"${file.slice(0, 80)}"` : `Number ${number}`
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.file}\0${problem.message}`, problem])).values()]
}
