import type { Problem } from '../../../ground/core/index.ts'
import { depthProblem } from '../../../ground/ledger/index.ts'
import { type Cell, type Columns, type Item, MOST_COLUMNS } from './table.ts'

/** One JSON text with its line, or what stood there instead; as the reader of JSON cuts them. */
export type JsonText = { text: string; line: number } | { raw: string; problem: Problem }

/** Levels of objects that become columns of their own, as in `fields.status.name`. */
const LEVELS = 6

/** A JSON object as a row: nested fields are columns with dots between, lists of plain values are lists. */
export function objectRow(json: JsonText, columns: Columns): Item {
  if (!('text' in json)) return json
  const { text, line } = json
  const refused = (code: string, message: string, fix: string): Item => ({
    raw: text,
    problem: { code, severity: 'error', message, fix, line },
  })
  let value: unknown
  try {
    value = parsed(text)
  } catch (error) {
    const why = (error as Error).message.replace(/ in JSON at position \d+.*$|, ".*$/s, '')
    return refused('table.not_json', `The row is not JSON: ${why}`, 'Write JSON objects, one a line or in one list.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('table.not_an_object', 'A row is one JSON object, not a list or a single value', 'Write {"column": value, …}.')
  const tooDeep = depthProblem(value)
  if (tooDeep) return { raw: text, problem: { ...tooDeep, line } }
  const cells: (Cell | undefined)[] = []
  if (!fill(cells, value as Record<string, unknown>, '', columns, LEVELS))
    return refused(
      'table.too_wide',
      `There are more than ${MOST_COLUMNS} columns`,
      'Names of fields must not be values; leave out what is not needed.',
    )
  return { line, cells }
}

/** @returns false when there are too many columns */
function fill(cells: (Cell | undefined)[], object: Record<string, unknown>, above: string, columns: Columns, levels: number): boolean {
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue
    const name = above + key
    if (typeof value === 'object' && !Array.isArray(value) && levels > 1) {
      if (!fill(cells, value as Record<string, unknown>, `${name}.`, columns, levels - 1)) return false
      continue
    }
    const index = columns.add(name)
    if (index === null) return false
    cells[index] = cellOf(value)
  }
  return true
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return JSON.stringify(value)
  const items = value.filter((one) => one !== null)
  return items.every((one) => typeof one !== 'object') ? items.map(String) : JSON.stringify(value)
}

/** Numbers too long for a double keep their digits: two ids must not become one. */
function parsed(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_, value: unknown, context?: { source?: string }) => {
    if (typeof value === 'number' && context?.source !== undefined && /^-?\d{16,}$/.test(context.source)) return context.source
    return value
  })
}
