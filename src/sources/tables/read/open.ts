import { type Problem, Refusal } from '../../../ground/core/index.ts'
import { asUtf8, encodingOf } from './encoding.ts'
import { type Bytes, peek, unpack, type UnpackLimits } from './bytes.ts'
import { type CsvRow, recordsOf } from './csv.ts'
import { delimiterOf } from './delimiter.ts'
import { pickedRecordsOf } from './picked.ts'
import { type JsonText, objectRow } from './objects.ts'
import { Columns, type Dialect, type Form, type Item, MOST_COLUMNS, type Table, type Unread } from './table.ts'

/** Bytes looked at to tell how a file is written. */
const PEEK = 256 * 1024

export interface OpenOptions {
  /** Cuts a stream of JSON, one list or one object after the other, into its values. */
  jsonTexts: (input: AsyncIterable<Uint8Array>) => AsyncIterable<JsonText[]>
  dialect?: Dialect | undefined
  /** The only columns that are read of delimited text; the others come empty. */
  only?: readonly string[]
  /** The input is the beginning of a file: what its end cuts off is left out. */
  isPart?: boolean
  limits?: UnpackLimits
}

/**
 * Opens a table of rows: delimited text, or JSON objects. Packing, encoding, delimiter and names of columns are recognised from
 * the beginning; the rest streams. What cannot be a table at all is refused; a row that cannot be read is an item with its problem.
 */
export async function openTable(input: Bytes, options: OpenOptions): Promise<Table> {
  const { dialect = {} } = options
  const { bytes, packed } = await unpack(input, options)
  const { head, rest } = await peek(bytes, PEEK)
  const encoding = encodingOf(head, dialect.encoding)
  const notes: Problem[] = encoding.note ? [encoding.note] : []
  const text = asUtf8(rest, encoding)
  const { head: start, rest: whole } = await peek(text, 64 * 1024)
  if (start.length === 0) throw new Refusal('table.empty', 'The file is empty.', { fix: 'Check that it was written as a whole.' })
  const columns = new Columns()
  const form = { encoding: encoding.name, packed, notes }
  if (looksLikeJson(start)) {
    const items = ending(jsonItems(options.jsonTexts(whole), columns))
    return { form: { ...form, format: 'json', delimiter: null }, columns, items: options.isPart ? withoutLast(items) : items }
  }
  return csvTable(whole as AsyncIterable<Buffer>, start, { form, columns, dialect, isPart: options.isPart ?? false, only: options.only })
}

async function csvTable(
  bytes: AsyncIterable<Buffer>,
  start: Buffer,
  {
    form,
    columns,
    dialect,
    isPart,
    only,
  }: {
    form: Omit<Form, 'format' | 'delimiter'>
    columns: Columns
    dialect: Dialect
    isPart: boolean
    only?: readonly string[] | undefined
  },
): Promise<Table> {
  const guess = dialect.delimiter ? { delimiter: dialect.delimiter, stated: false, width: 0 } : await delimiterOf(start)
  const fromLine = guess.stated ? 2 : 1
  const rowsOf = { delimiter: guess.delimiter, fromLine }
  const isPicked = only !== undefined && dialect.header !== false && guess.delimiter.charCodeAt(0) < 128
  const records = isPicked ? pickedRecordsOf(bytes, { ...rowsOf, isWanted: wantedOf(only) }) : recordsOf(bytes, rowsOf)
  const lists = ending(records)[Symbol.asyncIterator]()
  const first = await lists.next()
  const [top, ...others] = first.done ? [] : first.value
  if (!top) throw new Refusal('table.empty', 'There is no row in the file.', { fix: 'Check that it was written as a whole.' })
  if (!('cells' in top)) throw new Refusal(top.problem.code, top.problem.message, top.problem)
  const cells = top.cells as readonly string[]
  if (cells.length > MOST_COLUMNS)
    throw new Refusal('table.too_wide', `The first row has ${cells.length} columns; at most ${MOST_COLUMNS} are read.`, {
      fix: 'Leave out columns that are not needed; if it has fewer, state its delimiter in the mapping: table: { delimiter: … }.',
    })
  if (cells.some((cell) => cell.includes('\0')))
    throw new Refusal('table.zero', 'The first row holds zero characters, so this is no table of text.', {
      fix: 'Save it as CSV UTF-8 and import that.',
    })
  const hasHeader = dialect.header ?? true
  nameColumns(columns, hasHeader ? cells : cells.map(() => ''), form.notes)
  if (guess.width === 1)
    form.notes.push(
      note('table.one_column', 'No delimiter was found: each row is one cell.', 'State it in the mapping: table: { delimiter: … }.'),
    )
  const fit = fitting(columns.names.length, dialect.short ?? 'refuse')
  async function* items(): AsyncGenerator<Item[]> {
    yield (hasHeader ? others : [top!, ...others]).map(fit)
    for (let next = await lists.next(); !next.done; next = await lists.next()) yield next.value.map(fit)
  }
  const rows = items()
  return { form: { ...form, format: 'csv', delimiter: guess.delimiter }, columns, items: isPart ? withoutLast(rows) : rows }
}

/** Two columns of one name are both read: which is meant is told by where they stand. */
function wantedOf(only: readonly string[]): (name: string) => boolean {
  const names = new Set(only.flatMap((name) => [name, name.replace(/ \(\d+\)$/, '')]))
  return (name) => names.has(name.slice(0, 200)) || name === ''
}

/** Columns must have names that differ, or a mapping could not tell them apart. */
function nameColumns(columns: Columns, header: readonly string[], notes: Problem[]): void {
  const twice = new Set<string>()
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().slice(0, 200) || `column ${index + 1}`
    let free = name
    for (let copy = 2; columns.indexOf(free) !== undefined; copy++) free = `${name} (${copy})`
    if (free !== name) twice.add(name)
    columns.add(free)
  }
  if (twice.size > 0)
    notes.push(
      note('table.same_names', `Several columns are called ${[...twice].slice(0, 5).join(', ')}: the second is called "… (2)" here.`),
    )
  if (header.filter((cell) => /^-?[\d.,:/ -]+$/.test(cell.trim())).length > header.length / 2)
    notes.push(
      note(
        'table.no_header',
        'The first row looks like data, not like names of columns.',
        'If it is, state in the mapping: table: { header: false }.',
      ),
    )
}

// eslint-disable-next-line no-control-regex
const SPOILT = /[\0\uFFFD]/

/** Refuses rows that do not have the cells the first row names: a delimiter or line end that is not quoted would shift them. */
function fitting(width: number, short: 'refuse' | 'fill'): (item: CsvRow | Unread) => Item {
  let sound: readonly string[] = []
  return (item) => {
    if (!('cells' in item)) return item
    const { cells, line } = item
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ''))
      return refused(
        item,
        'table.ragged',
        `The row has ${cells.length} cells, the first row names ${width} columns`,
        'Put a cell that holds the delimiter into quotes.',
      )
    if (cells.length < width && short === 'refuse')
      return refused(
        item,
        'table.ragged',
        `The row has ${cells.length} cells, the first row names ${width} columns`,
        'Put a cell that holds a line end into quotes; if missing cells are empty ones, state in the mapping: table: { short: fill }.',
      )
    if (isSpoilt(cells, sound)) {
      const zero = cells.findIndex((cell) => cell.includes('\0'))
      if (zero !== -1)
        return refused(item, 'table.zero', `Cell ${zero + 1} of the row holds a zero character`, 'Take it out; it belongs to no text.')
      return refused(
        item,
        'table.encoding',
        'The row has bytes that do not fit the encoding',
        'State the encoding in the mapping, for example table: { encoding: windows-1252 }.',
      )
    }
    sound = cells
    return cells.length > width ? { line, cells: cells.slice(0, width) } : item
  }
}

/** @param sound a row that was looked at before: what is in it, too, needs no second look */
function isSpoilt(cells: readonly string[], sound: readonly string[]): boolean {
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place]!
    if (cell !== '' && cell !== sound[place] && SPOILT.test(cell)) return true
  }
  return false
}

function refused({ cells, line }: CsvRow, code: string, message: string, fix: string): Unread {
  return { raw: JSON.stringify(cells), problem: { code, severity: 'error', message, fix, line } }
}

async function* jsonItems(texts: AsyncIterable<JsonText[]>, columns: Columns): AsyncGenerator<Item[]> {
  for await (const list of texts) yield list.map((json) => objectRow(json, columns))
}

/** An input that cannot be read on ends with an item that says why; what came before stays. */
async function* ending<T>(items: AsyncIterable<T[]>): AsyncGenerator<(T | Unread)[]> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    yield [{ raw: '', problem: error.problem }]
  }
}

/** Everything but the last item, which the end of the part may have cut. */
async function* withoutLast(lists: AsyncIterable<Item[]>): AsyncGenerator<Item[]> {
  let waiting: Item | undefined
  for await (const list of lists) {
    const [last] = list.slice(-1)
    if (!last) continue
    yield [...(waiting ? [waiting] : []), ...list.slice(0, -1)]
    waiting = last
  }
}

function looksLikeJson(start: Buffer): boolean {
  return /^\s*(?:\[\s*(?:[[{\]"\d-]|null|true|false|$)|\{)/.test(start.toString('utf8', 0, 200))
}

function note(code: string, message: string, fix?: string): Problem {
  return { code, severity: 'warning', message, ...(fix ? { fix } : {}) }
}
