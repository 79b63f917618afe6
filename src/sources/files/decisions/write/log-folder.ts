import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Problem, refuse, type Ref, type Result } from '../../../../ground/core/index.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import { isRecordName } from '../folders.ts'
import { joinRecords } from '../log.ts'
import { numberOfFileName } from '../names.ts'
import { readRecord } from '../record.ts'
import type { RecordText } from './record-text.ts'

/** A record of a log that is about to be written to. */
export interface LoggedRecord extends RecordText {
  number: number | null
  title: string
  status: string
  /** File names of the records it replaced, and of those that replaced it. */
  supersedes: string[]
  supersededBy: string[]
}

/** The records of one folder as they lie on disk, byte for byte. */
export interface LogFolder {
  records: LoggedRecord[]
  problems: Problem[]
  /** Digits the numbers of the log are written with: 4 where it has none yet. */
  digits: number
}

/** Reads a folder of decision records to write to it: one level, Markdown, README, index and templates left out. */
export function readLogFolder(folder: string): Result<LogFolder> {
  let names: string[]
  try {
    names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && isRecordName(entry.name) ? [entry.name] : [],
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok({ records: [], problems: [], digits: 4 })
    return refuse('files.unreadable', `The folder ${folder} cannot be read (${(error as NodeJS.ErrnoException).code})`, { file: folder })
  }
  const texts: RecordText[] = []
  for (const path of names.sort()) {
    const bytes = readFileSync(join(folder, path))
    const text = bytes.toString('utf8')
    if (!Buffer.from(text, 'utf8').equals(bytes))
      return refuse('files.encoding', `${path} is not UTF-8, so it cannot be written back as it is`, {
        file: path,
        fix: 'Save it as UTF-8.',
      })
    texts.push({ path, text })
  }
  const read = texts.map(({ path, text }) => readRecord(path, text, 'log', DEFAULT_LIMITS))
  const problems = joinRecords(read)
  const fileOf = new Map(read.map(({ draft }) => [`decision:log/${draft.metadata.name}`, draft.file]))
  const files = (refs: readonly Ref[] = []) => refs.flatMap((ref) => fileOf.get(ref) ?? [])
  return ok({
    problems,
    digits: digitsOf(names),
    records: read.map(({ draft, number }, index) => ({
      ...texts[index]!,
      number,
      title: draft.metadata.title ?? draft.file,
      status: draft.spec.status ?? 'not stated',
      supersedes: files(draft.spec.supersedes),
      supersededBy: files(draft.spec.supersededBy),
    })),
  })
}

/** The number each file name begins with. */
export function numbersIn(names: readonly string[]): { name: string; number: number }[] {
  return names.filter(isRecordName).flatMap((name) => {
    const number = numberOfFileName(name.replace(/\.\w+$/, ''))
    return number === null ? [] : [{ name, number }]
  })
}

function digitsOf(names: readonly string[]): number {
  const widths = names.flatMap((name) => /^\D*(\d+)/.exec(name)?.[1]?.length ?? [])
  return widths.length > 0 ? Math.max(...widths) : 4
}

/**
 * Why one record cannot be superseded by another, in the order in which people ask: the same, already replaced by a third,
 * or a circle; null when nothing stands in the way.
 */
export function supersedingProblem(older: LoggedRecord, newer: LoggedRecord, records: readonly LoggedRecord[]): Problem | null {
  const problem = (code: string, message: string, fix: string): Problem => ({ code, severity: 'error', message, fix, file: older.path })
  if (older.path === newer.path)
    return problem('decision.supersedes_itself', `${older.path} cannot supersede itself`, 'Name the record that takes its place.')
  const others = older.supersededBy.filter((path) => path !== newer.path)
  if (others.length > 0)
    return problem(
      'decision.already_superseded',
      `${older.path} is superseded already, by ${others.join(' and ')}`,
      `Supersede ${others.at(-1)} instead, or take that statement back first.`,
    )
  const seen = new Set([newer.path])
  for (let frontier = [newer.path]; frontier.length > 0;) {
    const next = records.filter(({ path }) => frontier.includes(path)).flatMap(({ supersededBy }) => supersededBy)
    if (next.includes(older.path))
      return problem(
        'decision.superseding_circle',
        `${newer.path} is itself superseded by ${older.path}, directly or through others, so they would replace each other in a circle`,
        'Write a new record that supersedes both.',
      )
    frontier = next.filter((path) => !seen.has(path))
    for (const path of frontier) seen.add(path)
  }
  return null
}
