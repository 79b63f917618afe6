import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../../../ground/core/index.ts'
import { readText } from '../read-text.ts'
import type { ReadDocument, Visit } from '../visit.ts'
import { isRecordName, isUnfilled, liesInLog, looksLikeRecord } from './folders.ts'
import { joinRecords } from './log.ts'
import { type DecisionRecord, readRecord } from './record.ts'
import { recordNamespace } from './repository-name.ts'

export interface RecordsRead {
  files: number
  documents: ReadDocument[]
  problems: Problem[]
  unreadable: string[]
}

/**
 * Reads the decision records among the Markdown files of a folder: those in folders named as logs, and those at the top
 * when every Markdown file there looks like a record.
 * @param how.single the file was named by itself: it is a record
 */
export async function readRecords(
  paths: readonly string[],
  visit: Visit,
  how: { namespace?: string; single: boolean },
): Promise<RecordsRead> {
  const read: RecordsRead = { files: 0, documents: [], problems: [], unreadable: [] }
  const texts = new Map<string, string>()
  const take = async (path: string): Promise<boolean> => {
    const text = await readText(visit, path, visit.limits.recordBytes)
    if (text.ok) texts.set(path, text.value)
    else read.problems.push(...text.problems.map((problem) => ({ line: 1, column: 1, ...problem, file: path })))
    if (!text.ok) read.unreadable.push(path)
    return text.ok
  }
  // A repository may well be called `adr`: its name says nothing about the files in it.
  const rootName = existsSync(join(visit.root, '.git')) ? '' : basename(visit.root)
  const logged = paths.filter((path) => how.single || (isRecordName(path) && liesInLog(rootName, path)))
  for (const path of logged) await take(path)
  const atTop = logged.length > 0 ? [] : paths.filter((path) => !path.includes('/') && isRecordName(path))
  const before = { problems: read.problems.length, unreadable: read.unreadable.length }
  for (const path of atTop) await take(path)
  if (atTop.some((path) => !looksLikeRecord(path, texts.get(path) ?? ''))) {
    for (const path of atTop) texts.delete(path)
    read.problems.length = before.problems
    read.unreadable.length = before.unreadable
  }
  const records: DecisionRecord[] = []
  const namespaces = new Map<string, string>()
  for (const [path, text] of texts) {
    if (isUnfilled(text) && !how.single) continue
    const folder = join(visit.root, dirname(path))
    const namespace = how.namespace ?? namespaces.get(folder) ?? (await recordNamespace(folder))
    namespaces.set(folder, namespace)
    records.push(readRecord(path, text, namespace, visit.limits))
  }
  read.files = records.length + read.unreadable.length
  read.problems = [...read.problems, ...records.flatMap((record) => record.problems), ...joinRecords(records)]
  read.documents = records.map((record) => ({
    file: record.draft.file,
    draft: record.draft,
    refused: record.problems.some((problem) => problem.severity === 'error'),
    place: (path) => placeIn(record, path),
  }))
  return read
}

/** Where a field of the record stands; the head of the file for what is nowhere in particular. */
function placeIn(record: DecisionRecord, path: string): { line: number; column: number } {
  for (let steps = path.split('.'); steps.length > 0; steps = steps.slice(0, -1)) {
    const place = record.places.get(steps.join('.'))
    if (place) return place
  }
  return { line: 1, column: 1 }
}
