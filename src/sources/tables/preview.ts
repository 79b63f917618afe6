import type { Problem } from '../../ground/core/index.ts'
import { type Facts, factsOf } from './guess/facts.ts'
import { guess } from './guess/guess.ts'
import type { GuessWish } from './guess/guessed.ts'
import { Applier } from './mapping/apply.ts'
import { fitsShape, type Mapping, type Rule } from './mapping/mapping.ts'
import { type Form, type Item, type Table, textOf } from './read/table.ts'

/** Rows shown, and rows counted. */
const SHOWN = 20
const SAMPLE = 1_000
const SAMPLE_BYTES = 8 * 1024 * 1024

/** A column, what it says and what becomes of it. */
export interface PreviewColumn {
  name: string
  filled: number
  /** A few different cells. */
  samples: string[]
  /** The fields it becomes; none when it is not used. */
  fields: string[]
  why: string
  certain: boolean
  /** How its times or numbers are written, should it become one; as rules say it. */
  reads: Rule
}

/** One row and what it becomes. */
export interface PreviewRow {
  line: number | null
  record: Record<string, unknown>
  problems: Problem[]
}

/** A problem with how often it was met in the sample. */
export interface CountedProblem extends Problem {
  count: number
}

/** What a file would become, before anything is written. */
export interface Preview {
  form: Form
  mapping: Mapping
  /** Where the mapping comes from. */
  mappingFrom: 'guessed' | 'kept' | 'given'
  columns: PreviewColumn[]
  rows: PreviewRow[]
  sample: { rows: number; records: number; refused: number; whole: boolean }
  /** Met in the sample, the most frequent first. */
  problems: CountedProblem[]
  /** What was interpreted in the sample: times the clocks skipped or showed twice, ids that repeat. */
  remarks: CountedProblem[]
  /** What somebody has to say before a guessed mapping can be applied. */
  undecided: Problem[]
  /** How a record is named. */
  identity: string
}

export interface PreviewWish extends GuessWish {
  mapping?: Mapping | undefined
  /** Mappings kept from before, among which one for a file of this shape may be. */
  kept?: readonly Mapping[]
}

/** Reads the first rows of a table and tells what they would become. Closes the table. */
export async function previewOf(table: Table, wish: PreviewWish): Promise<Preview> {
  const { items, whole } = await sampleOf(table)
  const rows = items.filter((item) => 'cells' in item)
  const kept = wish.mapping || wish.kind ? undefined : wish.kept?.find((one) => fitsShape(one, table.columns.names))
  const known = wish.mapping ?? kept
  const facts = factsOf(table.columns, rows)
  const guessed = known ? null : guess(table.columns, facts, wish)
  const mapping = known ?? freelyNamed(guessed!.mapping, wish.kept ?? [])
  const applier = new Applier(mapping, table.columns)
  const applied = items.map((item) => ({ item, ...applier.apply(item) }))
  const refused = applied.filter(({ parsed }) => 'reject' in parsed).length
  return {
    form: table.form,
    mapping,
    mappingFrom: wish.mapping ? 'given' : kept ? 'kept' : 'guessed',
    columns: table.columns.names.map((name, index) => {
      const texts = rows.map(({ cells }) => textOf(cells[index]).trim()).filter((text) => text !== '')
      const fields = Object.entries(mapping.fields).flatMap(([field, { column }]) => (column === name ? [field] : []))
      const reason = guessed?.whys.get(name)
      return {
        name,
        filled: texts.length,
        samples: [...new Set(texts)].slice(0, 3).map((text) => text.slice(0, 120)),
        fields,
        why: reason?.why ?? (fields.length === 0 ? 'not used' : 'as the mapping says'),
        certain: reason?.certain ?? true,
        reads: readsOf(facts[index]!),
      }
    }),
    rows: applied
      .slice(0, SHOWN)
      .map(({ item, record, problems }) => ({ line: 'cells' in item ? item.line : (item.problem.line ?? null), record, problems })),
    sample: { rows: items.length, records: items.length - refused, refused, whole },
    problems: counted(applied.flatMap(({ problems }) => problems)),
    remarks: [...counted(applied.flatMap(({ remarks }) => remarks)), ...missing(applier), ...repeated(applied.map(({ record }) => record))],
    undecided: guessed?.undecided ?? [],
    identity: identityOf(mapping),
  }
}

/** Files of different shapes may have one name; what is kept for another shape is not replaced. */
function freelyNamed(mapping: Mapping, kept: readonly Mapping[]): Mapping {
  const isTaken = (name: string) => kept.some((one) => one.name === name && !fitsShape(one, mapping.columns ?? []))
  let name = mapping.name
  for (let copy = 2; isTaken(name); copy++) name = `${mapping.name}-${copy}`
  return { ...mapping, name }
}

function readsOf({ name, time, number }: Facts): Rule {
  if (time) return { column: name, time: time.format }
  const { decimal, thousands, unit } = number ?? {}
  return { column: name, ...(decimal ? { decimal } : {}), ...(thousands ? { thousands } : {}), ...(unit ? { unit } : {}) }
}

async function sampleOf(table: Table): Promise<{ items: Item[]; whole: boolean }> {
  const items: Item[] = []
  let bytes = 0
  for await (const list of table.items)
    for (const item of list) {
      if (items.length >= SAMPLE || bytes > SAMPLE_BYTES) return { items, whole: false }
      items.push(item)
      bytes += 'cells' in item ? item.cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0) : item.raw.length
    }
  return { items, whole: true }
}

/** The same problem of the same column, once, with how often it was met. */
function counted(problems: readonly Problem[]): CountedProblem[] {
  const found = new Map<string, CountedProblem>()
  for (const problem of problems) {
    const key = `${problem.code} ${problem.path ?? ''}`
    const known = found.get(key)
    if (known) known.count += 1
    else found.set(key, { ...problem, count: 1 })
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

function missing(applier: Applier): CountedProblem[] {
  return applier.missing().map((name) => ({
    code: 'mapping.no_such_column',
    severity: 'warning',
    message: `The mapping reads a column "${name}", which the file does not have`,
    fix: 'Correct its name in the mapping, or take it out.',
    path: name,
    count: 1,
  }))
}

/** Rows with one id are one record, told several times: right for a log of changes, wrong for a list. */
function repeated(records: readonly Record<string, unknown>[]): CountedProblem[] {
  const counts = new Map<string, number>()
  for (const { subject, id } of records) {
    if (id === undefined) continue
    const name = JSON.stringify([subject, id])
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const count = [...counts.values()].filter((times) => times > 1).length
  if (count === 0) return []
  return [
    {
      code: 'table.same_id',
      severity: 'warning',
      message: `${count} ids stand in several rows of the sample: each is one record, in the state its rows come to`,
      fix: 'If each row is a thing of its own, map another column to id, or none.',
      count,
    },
  ]
}

function identityOf({ fields }: Mapping): string {
  const { id } = fields
  return id?.column === undefined
    ? 'A record is named by a digest of its whole row: a row that changes is a new record, the same row is never taken twice.'
    : `A record is named by "${id.column}": a row with the same one revises it.`
}
