import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type * as z from 'zod'
import { Refusal } from '../../core/index.ts'
import { BackupHeader, countLines, END_OF_ROWS, Ending, FORMAT_VERSION, NEWLINE, Sequences, TableHeading } from './format.ts'

/** What a backup says, in the order it says it. Chunks of rows are whole lines. */
export type BackupPart =
  | { part: 'header'; header: BackupHeader }
  | { part: 'table'; heading: TableHeading }
  | { part: 'rows'; text: Uint8Array; count: number }
  | { part: 'sequences'; sequences: Sequences['sequences'] }

/** Rows are handed on in chunks of about this size. */
const CHUNK_BYTES = 1024 * 1024

/** Reads a backup to its end, checking form, counts and checksum; refuses at the first thing that is wrong. */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const counted: Record<string, number> = {}
  const hash = createHash('sha256')
  let table: string | null = null
  let begun = false
  let ended = false
  for await (const { text, isRows } of lines(file, () => table !== null)) {
    if (ended) throw damaged(file, 'something follows its end')
    if (table !== null && isRows) {
      hash.update(text)
      const count = countLines(text)
      counted[table]! += count
      yield { part: 'rows', text, count }
      continue
    }
    if (table !== null) {
      hash.update(text)
      table = null
      continue
    }
    const value = parseLine(file, text)
    if (!begun) {
      begun = true
      yield { part: 'header', header: headerOf(file, value) }
    } else if (isObject(value) && 'table' in value) {
      const heading = read(file, TableHeading, value)
      table = heading.table
      counted[table] = 0
      yield { part: 'table', heading }
    } else if (isObject(value) && 'sequences' in value) {
      yield { part: 'sequences', sequences: read(file, Sequences, value).sequences }
    } else {
      checkEnding(file, read(file, Ending, value), hash.digest('hex'), counted)
      ended = true
      continue
    }
    hash.update(text)
  }
  if (!ended) throw damaged(file, 'it ends too early')
}

/**
 * The file in pieces: rows of a table as chunks of whole lines, everything else a line each. `inTable` tells which is
 * read now; it changes with every piece, so it is asked again for each.
 */
async function* lines(file: string, inTable: () => boolean): AsyncGenerator<{ text: Uint8Array; isRows: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of unpacked(file)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (inTable() && rest.length < CHUNK_BYTES && endOfRows(rest) === -1) continue
    for (;;) {
      const rows = inTable()
      const end = rows ? endOfPiece(rest) : rest.indexOf(NEWLINE) + 1
      if (end <= 0) break
      yield { text: rest.subarray(0, end), isRows: rows && !isEndOfRows(rest.subarray(0, end)) }
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0) throw damaged(file, 'it ends in the middle of a line')
}

/** Where the next piece of rows ends: before the end mark, after it when it comes first, else after the last whole line. */
function endOfPiece(text: Buffer): number {
  const mark = endOfRows(text)
  if (mark === 0) return END_OF_ROWS.length
  return mark > 0 ? mark : text.lastIndexOf(NEWLINE) + 1
}

/** Where the line `\.` begins; -1 when it is not here. */
function endOfRows(text: Buffer): number {
  if (text.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) return 0
  const at = text.indexOf(`\n${END_OF_ROWS.toString()}`)
  return at === -1 ? -1 : at + 1
}

function isEndOfRows(text: Buffer): boolean {
  return text.equals(END_OF_ROWS)
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const packed = createReadStream(file)
  const text = createGunzip({ chunkSize: 256 * 1024 })
  packed.on('error', (error) => text.destroy(error))
  try {
    yield* packed.pipe(text) as AsyncIterable<Buffer> // proven boundary: a binary stream yields buffers
  } catch (error) {
    throw unreadable(file, error)
  } finally {
    packed.destroy()
  }
}

function headerOf(file: string, value: unknown): BackupHeader {
  const header = BackupHeader.safeParse(value)
  if (!header.success) throw notABackup(file)
  if (header.data.version > FORMAT_VERSION)
    throw new Refusal(
      'store.newer_backup',
      `The backup ${file} was written by a newer version of Throughline (format ${header.data.version}).`,
      { fix: 'Restore it with that version or a newer one.', file },
    )
  return header.data
}

function checkEnding(file: string, ending: Ending, sha256: string, counted: Record<string, number>): void {
  if (ending.sha256 !== sha256) throw damaged(file, 'its checksum does not match')
  const wrong = Object.keys({ ...counted, ...ending.rows }).find((table) => counted[table] !== ending.rows[table])
  if (wrong)
    throw damaged(file, `the table ${wrong} has ${counted[wrong] ?? 'no'} rows where ${ending.rows[wrong] ?? 'none'} are announced`)
}

function parseLine(file: string, text: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(text).toString('utf8'))
  } catch {
    throw damaged(file, 'a line cannot be read')
  }
}

function read<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw damaged(file, 'a line cannot be read')
  return parsed.data
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function unreadable(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return new Refusal('store.no_backup', `There is no file ${file}.`, { status: 404, fix: 'Check the path.', file })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR')
    return new Refusal('store.no_backup', `The file ${file} cannot be read.`, { fix: 'Check the path and its rights.', file })
  if (code === 'Z_DATA_ERROR') return notABackup(file)
  if (code.startsWith('Z_')) return damaged(file, 'it ends too early')
  return error
}

function notABackup(file: string): Refusal {
  return new Refusal('store.not_a_backup', `${file} is not a backup of Throughline.`, {
    fix: 'Give a file that "throughline backup" wrote.',
    file,
  })
}

function damaged(file: string, why: string): Refusal {
  return new Refusal('store.backup_damaged', `The backup ${file} is damaged: ${why}. Nothing was changed.`, {
    fix: 'Use an earlier backup, or copy this one again from where it came from.',
    file,
  })
}
