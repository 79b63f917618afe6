import type { Problem } from '../../../ground/core/index.ts'

/** What stands in one place of a table; JSON may hold a list there. */
export type Cell = string | readonly string[]

/** One row, its cells by the index of their column; what is not there is left out. */
export interface Row {
  /** The line it begins on. */
  line: number
  cells: readonly (Cell | undefined)[]
}

/** A row, or what stood there instead of one. */
export type Item = Row | Unread

/** Something that could not be read as a row. */
export interface Unread {
  raw: string
  problem: Problem
}

/** How a file is written; what was guessed about it and could be wrong is said in the notes. */
export interface Form {
  format: 'csv' | 'json'
  encoding: string
  /** Null for JSON. */
  delimiter: string | null
  packed: boolean
  notes: Problem[]
}

/** A table being read: its rows come in lists, as they are cut from the bytes. */
export interface Table {
  form: Form
  columns: Columns
  items: AsyncIterable<Item[]>
}

/** What may be said beforehand about how a file is written; everything is recognised when left out. */
export interface Dialect {
  encoding?: string | undefined
  delimiter?: string | undefined
  /** Whether the first row names the columns; true unless said. */
  header?: boolean | undefined
  /** What to do with a row that has too few cells: refuse it, or take the missing ones as empty. */
  short?: 'refuse' | 'fill' | undefined
}

/** Columns of a table at most; more is no table. */
export const MOST_COLUMNS = 1_000
/** Bytes of a row at most. */
export const LONGEST_ROW = 1024 * 1024

/** Names of columns, in order. A JSON table finds them as it goes. */
export class Columns {
  readonly names: string[] = []
  readonly #index = new Map<string, number>()

  indexOf(name: string): number | undefined {
    return this.#index.get(name)
  }

  /** The index of a column, added when it is new; null when there are too many. */
  add(name: string): number | null {
    const known = this.#index.get(name)
    if (known !== undefined) return known
    if (this.names.length >= MOST_COLUMNS) return null
    this.#index.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}

/** A cell as one text. */
export function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  return typeof cell === 'string' ? cell : cell.join(', ')
}

/** The cells of a row that say something, by the names of their columns. */
export function namedCells({ cells }: Row, { names }: Columns): Record<string, Cell> {
  return Object.fromEntries(cells.flatMap((cell, index) => (cell === undefined || cell.length === 0 ? [] : [[names[index]!, cell]])))
}
