import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal } from '../../../ground/core/index.ts'
import { type LoggedRecord, readLogFolder, supersedePair, supersedingProblem } from '../../../sources/files/index.ts'

/** Both records of a pair after they were written. */
export interface SupersededFiles {
  older: string
  newer: string
  /** Files that changed; empty where both said it already. */
  changed: string[]
}

/** Writes into two records of a folder that one replaces the other. Both are written or neither is; no other line changes. */
export function supersedeInFolder(folder: string, olderName: string, newerName: string): SupersededFiles {
  const log = readLogFolder(folder)
  if (!log.ok) throw new Refusal(log.problems[0]!.code, log.problems[0]!.message, { fix: log.problems[0]!.fix, file: folder })
  const { records } = log.value
  const [older, newer] = [named(olderName, records, folder), named(newerName, records, folder)]
  const both = { older: join(folder, older.path), newer: join(folder, newer.path) }
  if (older.status === 'superseded' && older.supersededBy.includes(newer.path) && saysSo(newer, older)) return { ...both, changed: [] }
  const problem = supersedingProblem(older, newer, records)
  if (problem) throw new Refusal(problem.code, problem.message, { status: 409, fix: problem.fix, file: both.older })
  const pair = supersedePair(older, newer)
  if (!pair.ok) throw new Refusal(pair.problems[0]!.code, pair.problems[0]!.message, { fix: pair.problems[0]!.fix, file: both.older })
  const writing = [
    { file: both.newer, was: newer.text, text: pair.value.newer },
    { file: both.older, was: older.text, text: pair.value.older },
  ].filter(({ was, text }) => was !== text)
  writeTogether(writing)
  return { ...both, changed: writing.map(({ file }) => file) }
}

/** Whether the newer record itself states it, so that both sides do. */
function saysSo(newer: LoggedRecord, older: LoggedRecord): boolean {
  const pair = supersedePair(older, newer)
  return pair.ok && pair.value.newer === newer.text
}

/** A record by its number, its file name or its full reference. */
function named(name: string, records: readonly LoggedRecord[], folder: string): LoggedRecord {
  const bare = basename(name.trim()).replace(/\.md$/i, '').toLowerCase()
  const found = records.filter(
    ({ path, number }) => path.replace(/\.\w+$/, '').toLowerCase() === bare || (/^\d+$/.test(bare) && number === Number(bare)),
  )
  if (found.length === 1) return found[0]!
  throw new Refusal(
    found.length === 0 ? 'decision.not_found' : 'decision.ambiguous',
    found.length === 0
      ? `No record in ${folder} is called ${name}`
      : `${name} names ${found.length} records: ${found.map(({ path }) => path).join(', ')}`,
    { status: found.length === 0 ? 404 : 409, fix: 'Name it by its number or its file name.', file: folder },
  )
}

/** Writes beside the files first and moves into place last; a file somebody changed meanwhile stops both. */
function writeTogether(writing: readonly { file: string; was: string; text: string }[]): void {
  const beside = ({ file }: { file: string }) => `${file}.${process.pid}.part`
  const moved: (typeof writing)[number][] = []
  try {
    for (const one of writing) writeFileSync(beside(one), one.text, { flag: 'wx', mode: statSync(one.file).mode })
    for (const { file, was } of writing) {
      if (readFileSync(file, 'utf8') !== was)
        throw new Refusal('decision.changed_meanwhile', `${file} was changed while it was edited`, { status: 409, fix: 'Try again.', file })
    }
    for (const one of writing) {
      renameSync(beside(one), one.file)
      moved.push(one)
    }
  } catch (error) {
    for (const { file, was } of moved) writeFileSync(file, was)
    throw error
  } finally {
    for (const one of writing) rmSync(beside(one), { force: true })
  }
}
