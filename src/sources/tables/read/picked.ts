import type { Problem } from '../../../ground/core/index.ts'
import type { CsvRow } from './csv.ts'
import { LONGEST_ROW, type Unread } from './table.ts'

const QUOTE = 34
const LF = 10
const CR = 13
/** Rows given at once: so few that they are gone before memory is next cleared of what lives short. */
const LIST = 250

/** How a cell is written: as it reads (quoted or not), with quotes doubled in it, or with more text behind its closing quote. */
const [AS_IT_READS, DOUBLED, STRAY] = [0, 1, 2]

/**
 * Rows of delimited text of which only some columns are wanted: the others are stepped over and come as empty cells. Reads the
 * same grammar as `recordsOf` (RFC 4180, stray quotes inside a cell, blank lines left out). A bill has 50 columns of which 14
 * count, and most of those say what they said in the row before: such a cell is compared and not made again (bench/cost).
 * @param isWanted asked once, of every cell of the first row, which comes whole
 */
export async function* pickedRecordsOf(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  { delimiter, fromLine = 1, isWanted }: { delimiter: string; fromLine?: number; isWanted: (name: string) => boolean },
): AsyncGenerator<(CsvRow | Unread)[]> {
  const cutter = new Cutter(delimiter.charCodeAt(0), fromLine, isWanted)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = yield* cutter.cut(text, false)
    rest = Buffer.from(text.subarray(end))
    if (rest.length > LONGEST_ROW) return yield [unclosed(cutter.line)]
  }
  const end = yield* cutter.cut(rest, true)
  if (end < rest.length) yield [unclosed(cutter.line)]
}

/** Of a class: objects written as literals are put among the long-lived ones by V8 here, and clearing those costs as much as cutting. */
class CutRow implements CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  constructor(line: number, cells: readonly string[]) {
    this.line = line
    this.cells = cells
  }
}

/** Cuts rows out of bytes: first it marks where the cells of a row are, then it makes texts of those that are wanted. */
class Cutter {
  /** The line the next row begins on. */
  line = 1
  readonly #comma: number
  readonly #fromLine: number
  readonly #isWanted: (name: string) => boolean
  /** Places of the columns that are wanted, once the first row has named them. */
  #wanted: number[] | null = null
  #width = 0
  #marks = new Marks()
  /** The row before, where it was cut from the same bytes. */
  #marksBefore = new Marks()
  #before: readonly string[] = []

  constructor(comma: number, fromLine: number, isWanted: (name: string) => boolean) {
    this.#comma = comma
    this.#fromLine = fromLine
    this.#isWanted = isWanted
  }

  /** Cuts all rows that end within the bytes (the last of a file ends with it), and gives where the first begins that does not. */
  *cut(bytes: Buffer, isLast: boolean): Generator<CsvRow[], number> {
    let rows: CsvRow[] = []
    let end = 0
    this.#before = []
    while (end < bytes.length) {
      const next = this.#marks.read(bytes, end, this.#comma, isLast)
      if (next === -1) break
      const { line } = this
      this.line += 1 + this.#marks.lineEnds
      if (line >= this.#fromLine && !this.#marks.isBlank(bytes, end)) rows.push(new CutRow(line, this.#cellsOf(bytes)))
      end = next
      if (rows.length === LIST) {
        yield rows
        rows = []
      }
    }
    if (rows.length > 0) yield rows
    return end
  }

  /** Texts of the row that is marked. It begins as the row before, of which only what is otherwise is made anew. */
  #cellsOf(bytes: Buffer): string[] {
    const [marks, marksBefore, before] = [this.#marks, this.#marksBefore, this.#before]
    const isAlike = before.length === marks.count
    const cells = isAlike ? before.slice() : Array.from<string>({ length: marks.count }).fill('')
    if (this.#wanted === null) {
      for (let place = 0; place < marks.count; place++) cells[place] = marks.textOf(bytes, place)
      this.#width = marks.count
      this.#wanted = cells.flatMap((cell, place) => (this.#isWanted(cell.trim()) ? [place] : []))
      return cells
    }
    for (const place of this.#wanted) {
      if (place >= marks.count) break
      if (!isAlike || !marks.isSame(bytes, place, marksBefore)) cells[place] = marks.textOf(bytes, place)
    }
    for (let place = this.#width; place < marks.count; place++) cells[place] = marks.textOf(bytes, place)
    this.#marks = marksBefore
    this.#marksBefore = marks
    this.#before = cells
    return cells
  }
}

/** Where the cells of a row are in the bytes it is cut from. */
class Marks {
  count = 0
  /** Line ends within its quoted cells. */
  lineEnds = 0
  readonly #from: number[] = []
  readonly #to: number[] = []
  readonly #kind: number[] = []

  /** Marks the row that begins at a place and gives the place behind it; -1 when its end is not there. */
  read(bytes: Buffer, begin: number, comma: number, isLast: boolean): number {
    const { length } = bytes
    const [from, to, kind] = [this.#from, this.#to, this.#kind]
    let [at, count, lineEnds] = [begin, 0, 0]
    for (;;) {
      from[count] = at
      kind[count] = AS_IT_READS
      let isOpen = true
      if (at < length && bytes[at] === QUOTE) {
        from[count] = at + 1
        for (at += 1; isOpen; at += 1) {
          if (at >= length) return -1
          const byte = bytes[at]!
          if (byte === QUOTE) {
            if (at + 1 >= length && !isLast) return -1
            const next = bytes[at + 1]
            if (next === QUOTE) {
              kind[count] = DOUBLED
              at += 1
            } else {
              isOpen = false
              to[count] = at
              if (at + 1 < length && next !== comma && next !== LF && next !== CR) {
                from[count]! -= 1
                kind[count] = STRAY
                isOpen = true
                at += 1
                break
              }
            }
          } else if (byte <= CR && (byte === LF || (byte === CR && bytes[at + 1] !== LF))) lineEnds += 1
        }
      }
      if (isOpen) {
        while (at < length) {
          const byte = bytes[at]!
          if (byte === comma || (byte <= CR && (byte === LF || byte === CR))) break
          at += 1
        }
        to[count] = at
      }
      count += 1
      if (at >= length) {
        if (!isLast) return -1
        break
      }
      if (bytes[at] === comma) at += 1
      else if (bytes[at] === LF) {
        at += 1
        break
      } else {
        if (at + 1 >= length && !isLast) return -1
        at += bytes[at + 1] === LF ? 2 : 1
        break
      }
    }
    this.count = count
    this.lineEnds = lineEnds
    return at
  }

  isBlank(bytes: Buffer, begin: number): boolean {
    return this.count === 1 && this.#from[0] === this.#to[0] && bytes[begin] !== QUOTE
  }

  /** Whether a cell is written as it is in another row of the same bytes. */
  isSame(bytes: Buffer, place: number, other: Marks): boolean {
    const to = this.#to[place]!
    let at = this.#from[place]!
    let its = other.#from[place]!
    if (to - at !== other.#to[place]! - its || this.#kind[place] !== other.#kind[place]) return false
    for (; at < to; at += 1, its += 1) if (bytes[at] !== bytes[its]) return false
    return true
  }

  textOf(bytes: Buffer, place: number): string {
    const [from, to, kind] = [this.#from[place]!, this.#to[place]!, this.#kind[place]!]
    if (from === to) return ''
    if (kind === DOUBLED && to - from <= scratch.length) return undoubled(bytes, from, to)
    const text = bytes.toString('utf8', from, to)
    if (kind === AS_IT_READS) return text
    return kind === DOUBLED ? text.replaceAll('""', '"') : asStray(text)
  }
}

const scratch = Buffer.alloc(4_096)

/** Tags are full of doubled quotes: `replaceAll` would make a text of as many pieces, put together when it is first looked at. */
function undoubled(bytes: Buffer, from: number, to: number): string {
  let size = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!
    scratch[size++] = byte
    if (byte === QUOTE) at += 1
  }
  return scratch.toString('utf8', 0, size)
}

/** `"a""b"c` is read as what it looks like, its quotes left where they are: as csv-parse reads it. */
function asStray(text: string): string {
  const [, quoted = '', behind = ''] = /^"((?:[^"]|"")*)"(.*)$/s.exec(text) ?? []
  const inner = quoted.replaceAll('""', '"')
  return behind.startsWith('\0') ? inner + behind : `"${inner}"${behind}`
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
