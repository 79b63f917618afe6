import { type CsvError, Parser } from 'csv-parse'
import type { Problem } from '../../../ground/core/index.ts'
import { LONGEST_ROW, type Row, type Unread } from './table.ts'

interface Told {
  record: string[]
  info: { empty_lines: number }
}

/** A row whose cells are all texts. */
export interface CsvRow extends Row {
  cells: readonly string[]
}

/**
 * Rows of delimited text (RFC 4180 and its relatives): quoted line ends, doubled quotes, stray quotes inside a cell. Blank lines
 * are left out. A quote that is never closed ends the reading there, named by the line it was opened on.
 */
export async function* recordsOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  { delimiter, fromLine = 1, longest = LONGEST_ROW }: { delimiter: string; fromLine?: number; longest?: number },
): AsyncGenerator<(CsvRow | Unread)[]> {
  const parser = new Parser({
    delimiter,
    info: true,
    from_line: fromLine,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longest,
  })
  parser.on('error', () => undefined) // told to whoever wrote the chunk
  // Counted here: the library counts a CRLF inside quotes twice.
  let line = fromLine
  let blank = 0
  const rowOf = ({ record, info }: Told): CsvRow => {
    line += info.empty_lines - blank
    blank = info.empty_lines
    const row = { line, cells: record }
    line += 1 + lineEndsIn(record)
    return row
  }
  for await (const chunk of bytes) {
    const written = new Promise<Error | null | undefined>((resolve) => parser.write(chunk, resolve))
    const rows: CsvRow[] = []
    for (let told = parser.read() as Told | null; told !== null; told = parser.read() as Told | null) rows.push(rowOf(told))
    if (rows.length) yield rows
    const error = await written
    if (error) return yield [unread(error as CsvError, line, longest)]
  }
  const last: (CsvRow | Unread)[] = []
  parser.end()
  try {
    for await (const told of parser as AsyncIterable<Told>) last.push(rowOf(told))
  } catch (error) {
    last.push(unread(error as CsvError, line, longest))
  }
  if (last.length) yield last
}

function lineEndsIn(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)!.length
  return count
}

function unread({ code, message }: CsvError, line: number, longest: number): Unread {
  const open: Partial<Problem> = {
    message: 'A quote is opened here and never closed, so nothing after it can be read',
    fix: 'Close the quote, or double a quote that belongs to the text; then import the file again: what is there already is recognised.',
  }
  const long: Partial<Problem> = {
    message: `The row is longer than ${longest / 1024 / 1024} MiB, most likely because a quote is opened in it and never closed; nothing after it can be read`,
    fix: open.fix!,
  }
  const known: Record<string, [string, Partial<Problem>]> = {
    CSV_QUOTE_NOT_CLOSED: ['table.open_quote', open],
    CSV_MAX_RECORD_SIZE: ['table.too_long', long],
  }
  const [name, words] = known[code] ?? ['table.unreadable', { message: `The row cannot be read: ${message}` }]
  return { raw: '', problem: { code: name, severity: 'error', message, line, ...words } }
}
