import { type Columns, type Row, textOf } from '../read/table.ts'
import { type GuessedNumber, numberOf } from './numbers.ts'
import { type GuessedTime, timeOf } from './times.ts'

/** What the first rows say about a column. */
export interface Facts {
  name: string
  /** The name in small letters, words with spaces between. */
  words: string
  /** Cells that say something, as texts. */
  texts: readonly string[]
  filled: number
  /** No two filled cells are the same. */
  unique: boolean
  /** Some cells are lists already. */
  lists: boolean
  time: GuessedTime | null
  number: GuessedNumber | null
  /** It seems to name people: it becomes nothing that does not ask for a person, unless somebody says so. */
  people: boolean
  /** Words in it that say that a cell is empty. */
  empties: readonly string[]
}

/** Words that say in exports that there is nothing. */
const EMPTY = /^(?:n\/a|#n\/a|null|nil|-|--|—|\\n)$/i

const PEOPLE =
  /\b(?:person|people|user|e ?mail|mail|phone|address|assignee|assigned|reporter|owner|author|customer|contact|member|by|(?:first|last|full|given|family) name)\b/

/** Looks at every column of the first rows. */
export function factsOf(columns: Columns, rows: readonly Row[]): Facts[] {
  return columns.names.map((name, index) => {
    const cells = rows.map(({ cells: all }) => all[index])
    const said = cells.map((cell) => textOf(cell).trim()).filter((text) => text !== '')
    const texts = said.filter((text) => !EMPTY.test(text))
    return {
      name,
      words: wordsOf(name),
      texts,
      filled: texts.length,
      unique: texts.length > 0 && new Set(texts).size === texts.length,
      lists: cells.some((cell) => cell !== undefined && typeof cell !== 'string'),
      time: timeOf(texts),
      number: numberOf(texts),
      people: PEOPLE.test(wordsOf(name)) || texts.some((text) => /\S@\S+\.\S/.test(text)),
      empties: [...new Set(said.filter((text) => EMPTY.test(text)))],
    }
  })
}

/** `openedAt`, `Opened_At` and `Fields.Opened At` are the same words, the last with one more. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
}
