import { hash } from 'node:crypto'
import type { Problem } from '../../../ground/core/index.ts'
import type { Parsed } from '../../../ground/intake/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { Columns, type Item, namedCells, type Row } from '../read/table.ts'
import { made } from './cell.ts'
import { asCost } from './cost.ts'
import { type Field, fieldOf } from './fields.ts'
import type { Mapping, Rule } from './mapping.ts'

/** What a row became: all that is wrong with it, and remarks on what had to be interpreted. */
export interface Applied {
  record: Record<string, unknown>
  problems: Problem[]
  remarks: Problem[]
  parsed: Parsed
}

/** The format under which rows that were refused are kept, to be read again by the mapping of that name. */
export const TABLE_FORMAT = 'table'

/** Makes records of rows by a mapping; the same row always gives the same record. */
export class Applier {
  readonly #mapping: Mapping
  readonly #columns: Columns
  readonly #rules: { field: Field; rule: Rule }[]
  readonly #how: { zone: string; empty: ReadonlySet<string> }

  constructor(mapping: Mapping, columns: Columns) {
    this.#mapping = mapping
    this.#columns = columns
    this.#rules = Object.entries(mapping.fields).map(([name, rule]) => ({ field: fieldOf(mapping.kind, name)!, rule }))
    this.#how = { zone: mapping.zone ?? 'UTC', empty: new Set((mapping.empty ?? []).map((word) => word.trim().toLowerCase())) }
  }

  /** Columns the mapping reads and the table does not have; a JSON table may still bring them. */
  missing(): string[] {
    const names = this.#rules.flatMap(({ rule }) => (rule.column === undefined ? [] : [rule.column]))
    return [...new Set(names)].filter((name) => this.#columns.indexOf(name) === undefined)
  }

  apply(item: Item): Applied {
    if ('problem' in item) return this.#refused(item.raw, {}, [item.problem], [])
    const record: Record<string, unknown> = { kind: this.#mapping.kind, source: this.#mapping.source ?? this.#mapping.name }
    const problems: Problem[] = []
    const remarks: Problem[] = []
    for (const { field, rule } of this.#rules) {
      const index = rule.column === undefined ? undefined : this.#columns.indexOf(rule.column)
      const { value, problem, remark } = made(index === undefined ? undefined : item.cells[index], rule, field, this.#how)
      if (problem) problems.push({ ...problem, line: item.line })
      if (remark) remarks.push({ ...remark, line: item.line })
      if (value !== undefined) put(record, field.field, value)
      else if (!problem && this.#saysEmpty(field, rule)) record[field.field] = null
    }
    if (record.kind === 'event') record.data ??= {} // all it says is that it happened
    if (record.kind === 'cost') asCost(record, this.#mapping.name)
    record.id ??= digestOf(item, this.#columns)
    record.at ??= this.#latest(record)
    if (record.at === undefined) delete record.at
    if (problems.length > 0) return this.#refused(this.#rawOf(item), record, problems, remarks)
    const read = parseEvidence(record)
    if (read.ok) return { record, problems, remarks, parsed: { record: read.value } }
    return this.#refused(
      this.#rawOf(item),
      record,
      read.problems.map((problem) => this.#inTable(problem, item.line)),
      remarks,
    )
  }

  /**
   * An export that says when a row was last changed says all of its state: an empty cell is then an empty field, as of that
   * moment. Without that moment it says nothing.
   */
  #saysEmpty({ field, required }: Field, rule: Rule): boolean {
    return (
      !required &&
      rule.column !== undefined &&
      !field.includes('.') &&
      field !== 'id' &&
      field !== 'at' &&
      this.#mapping.fields.at?.column !== undefined
    )
  }

  /** The latest moment a row states: it says what was known then. */
  #latest(record: Record<string, unknown>): string | undefined {
    return this.#rules
      .flatMap(({ field }) => (field.type === 'moment' && typeof record[field.field] === 'string' ? [record[field.field] as string] : []))
      .reduce<string | undefined>((latest, at) => (latest === undefined || at > latest ? at : latest), undefined)
  }

  /** What is wrong with a field, said of the column it comes from. */
  #inTable(problem: Problem, line: number): Problem {
    const rule =
      problem.path === undefined ? undefined : (this.#mapping.fields[problem.path] ?? this.#mapping.fields[problem.path.split('.')[0]!])
    if (rule === undefined && problem.code === 'evidence.missing_field')
      return { ...problem, line, fix: `Map a column to "${problem.path}", or state one value for all rows.` }
    if (rule?.column === undefined) return { ...problem, line }
    const isEmpty = problem.code === 'evidence.missing_field'
    const message = `${problem.message} (column "${rule.column}"${isEmpty ? ' is empty' : ''})`
    return { ...problem, line, path: rule.column, message, ...(isEmpty ? { fix: 'Fill the cell.' } : {}) }
  }

  #rawOf(row: Row): string {
    return JSON.stringify({ mapping: this.#mapping.name, line: row.line, row: namedCells(row, this.#columns) })
  }

  #refused(raw: string, record: Record<string, unknown>, problems: Problem[], remarks: Problem[]): Applied {
    return { record, problems, remarks, parsed: { reject: { raw: raw.slice(0, LONGEST_RAW), problem: together(problems) } } }
  }
}

const LONGEST_RAW = 1_900_000

/** Reads a row that was refused once more. */
export function applyAgain(raw: string, mapping: Mapping): Parsed {
  const { line, row } = JSON.parse(raw) as { line: number; row: Record<string, string | string[]> }
  const columns = new Columns()
  const cells: (string | string[])[] = []
  for (const [name, cell] of Object.entries(row)) {
    const index = columns.add(name)
    if (index !== null) cells[index] = cell
  }
  return new Applier(mapping, columns).apply({ line, cells }).parsed
}

/** The name of the mapping a refused row was read by; null for what was no row. */
export function mappingNameOf(raw: string): string | null {
  try {
    const { mapping } = JSON.parse(raw) as { mapping?: unknown }
    return typeof mapping === 'string' ? mapping : null
  } catch {
    return null
  }
}

/** A name for a row that has none: of all its cells, so that the same row is the same record wherever it stands. */
function digestOf(row: Row, columns: Columns): string {
  const cells = Object.entries(namedCells(row, columns)).sort(([a], [b]) => (a < b ? -1 : 1))
  return `row-${hash('sha256', JSON.stringify(cells), 'hex').slice(0, 32)}`
}

/** `revenue.amount` is a field of a field. */
function put(record: Record<string, unknown>, name: string, value: unknown): void {
  const dot = name.indexOf('.')
  if (dot === -1) record[name] = value
  else {
    const inner = (record[name.slice(0, dot)] ??= {}) as Record<string, unknown>
    inner[name.slice(dot + 1)] = value
  }
}

/** Several problems of a row as one. */
function together(problems: readonly Problem[]): Problem {
  const [first, ...others] = problems
  if (others.length === 0) return first!
  const more = others.length > 4 ? `; and ${others.length - 4} more` : ''
  return { ...first!, message: `${[first!, ...others.slice(0, 4)].map(({ message }) => message).join('; ')}${more}` }
}
