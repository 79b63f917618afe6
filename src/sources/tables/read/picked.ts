import type { Problem } from '../../../ground/core/index.ts'
import type { CsvRow } from './csv.ts'
import { LONGEST_ROW, type Unread } from './table.ts'

const QUOTE = 34
const LF = 10
const CR = 13

/**
 * Rows of delimited text of which only some columns are wanted: the others are stepped over and come as empty cells. Reads the
 * same grammar as `recordsOf` (RFC 4180, stray quotes inside a cell, blank lines left out). A bill has 50 columns of which 14
 * count: 3 µs a row instead of the 23 µs csv-parse needs to cut them all (bench/cost).
 * @param isWanted asked once, of every cell of the first row, which comes whole
 */
export async function* pickedRecordsOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  { delimiter, fromLine = 1, isWanted }: { delimiter: string; fromLine?: number; isWanted: (name: string) => boolean },
): AsyncGenerator<(CsvRow | Unread)[]> {
  const comma = delimiter.charCodeAt(0)
  let wanted: boolean[] | null = null
  let line = 1
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const rows: (CsvRow | Unread)[] = []
    const cut = cutRows(text, false)
    rest = Buffer.from(text.subarray(cut))
    if (rows.length > 0) yield rows
    if (rest.length > LONGEST_ROW) return yield [unclosed(line)]

    function cutRows(buffer: Buffer, isLast: boolean): number {
      let start = 0
      for (;;) {
        const end = readRow(buffer, start, isLast, rows)
        if (end === -1) return start
        start = end
      }
    }
  }
  const rows: (CsvRow | Unread)[] = []
  if (rest.length > 0) {
    let start = 0
    while (start < rest.length) {
      const end = readRow(rest, start, true, rows)
      if (end === -1) {
        rows.push(unclosed(line))
        break
      }
      start = end
    }
  }
  if (rows.length > 0) yield rows

  /** Reads the row that begins at a place and gives the place behind it; -1 when its end is not there. */
  function readRow(buffer: Buffer, begin: number, isLast: boolean, into: (CsvRow | Unread)[]): number {
    const { length } = buffer
    if (begin >= length) return -1
    const cells: string[] = []
    let at = begin
    let ends = 0
    for (;;) {
      let from = at
      let isDoubled = false
      let to: number
      if (at < length && buffer[at] === QUOTE) {
        from = ++at
        for (;;) {
          at = buffer.indexOf(QUOTE, at)
          if (at === -1) return -1
          if (at + 1 >= length && !isLast) return -1
          const next = buffer[at + 1]
          if (next === QUOTE) {
            isDoubled = true
            at += 2
          } else if (at + 1 >= length || next === comma || next === LF || next === CR) break
          else at += 1 // a stray quote inside
        }
        to = at
        at += 1
        for (let place = buffer.indexOf(LF, from); place !== -1 && place < to; place = buffer.indexOf(LF, place + 1)) ends += 1
      } else {
        while (at < length) {
          const byte = buffer[at]!
          if (byte === comma || byte === LF || byte === CR) break
          at += 1
        }
        to = at
      }
      if (at >= length && !isLast) return -1
      cells.push(wanted !== null && wanted[cells.length] === false ? '' : textOf(buffer, from, to, isDoubled))
      if (at < length && buffer[at] === comma) {
        at += 1
        continue
      }
      if (at + 1 >= length && buffer[at] === CR && !isLast) return -1
      if (at < length) at += buffer[at] === CR && buffer[at + 1] === LF ? 2 : 1
      break
    }
    const isBlank = cells.length === 1 && at - begin <= 2 && cells[0] === '' && buffer[begin] !== QUOTE
    const own = line
    line += 1 + ends
    if (isBlank || own < fromLine) return at
    wanted ??= cells.map((cell) => isWanted(cell.trim()))
    into.push({ line: own, cells })
    return at
  }
}

function textOf(buffer: Buffer, from: number, to: number, isDoubled: boolean): string {
  if (from === to) return ''
  const text = buffer.toString('utf8', from, to)
  return isDoubled ? text.replaceAll('""', '"') : text
}

function unclosed(line: number): Unread {
  const problem: Problem = {
    code: 'table.open_quote',
    severity: 'error',
    message: 'A quote is opened here and never closed, so nothing after it can be read',
    fix: 'Close the quote, or double a quote that belongs to the text; then import the file again.',
    line,
  }
  return { raw: '', problem }
}
