import { formulaOf, madeOf } from '../../catalog/index.ts'
import { type Formula, formulaValue, type Instant, type Row, type Unknown } from '../../core/index.ts'
import { type Answer, answerFrom } from '../answer.ts'
import { dimensionsOf } from '../asking.ts'
import type { Collected } from '../collected.ts'
import type { CollectAsk, DeclaredBy, FindMeasure, MeasureDefinition } from '../measures.ts'

/** One measure of a formula, under the name the formula gives it. */
interface Part {
  name: string
  definition: MeasureDefinition
}

/**
 * A measure computed from others: a ratio, or arithmetic. Each part is read for the same subjects and window and the
 * formula applied to what they come to, so a roll-up is computed from the parts of the roll-up and never from ratios.
 * Unknown as soon as one part is. n counts the records of all parts, a measure used twice once.
 */
export async function formulaMeasure(declared: DeclaredBy<'ratio' | 'expression'>, find: FindMeasure): Promise<MeasureDefinition> {
  const { id, title, question, unit, better, source } = declared
  const formula = formulaOf(source)
  const made = madeOf(source)
  const ids = [...new Set(made.map(({ measure }) => measure))]
  const found = new Map(await Promise.all(ids.map(async (one) => [one, await find(one)] as const)))
  const parts = made.map(({ name, measure }) => ({ name, definition: found.get(measure)! }))
  const each = [...found.values()]
  return {
    id,
    title,
    question,
    unit,
    ...(better ? { better } : {}),
    definition: [declared.definition, computedFrom(source, parts)].filter(Boolean).join(' '),
    kinds: [...new Set(each.flatMap(({ kinds }) => kinds))],
    dimensions: sharedDimensions(each),
    anyDimension: each.every(({ anyDimension }) => anyDimension),
    ...(each.every(({ outlives }) => outlives) ? { outlives: (ask: CollectAsk) => wholeFrom(each, ask) } : {}),
    collect: (ask) => collect(id, formula, parts, ask),
    rows: (ask) => rowsOf(each, ask),
  }
}

async function collect(id: string, formula: Formula | null, parts: readonly Part[], ask: CollectAsk): Promise<Collected[]> {
  const each = [...new Set(parts.map(({ definition }) => definition))]
  const collected = new Map(
    await Promise.all(
      each.map(
        async (definition) => [definition, await definition.collect({ ...ask, where: dimensionsOf(definition, ask.where) })] as const,
      ),
    ),
  )
  return ask.pieces.map((_, piece): Collected => {
    const pieces = each.map((definition) => collected.get(definition)![piece]!)
    const answers = new Map(each.map((definition, index) => [definition, answerFrom(pieces[index]!)]))
    const withData = Math.min(...pieces.map((one) => one.withData))
    const about = { excluded: excludedOf([...answers.values()]), withData }
    const n = [...answers.values()].reduce((sum, answer) => sum + answer.n, 0)
    const missing = each.find((definition) => answers.get(definition)!.value === null)
    if (missing) return { shape: 'number', value: 0, n, ...about, unknown: partUnknown(missing, answers.get(missing)!) }
    const values = new Map(parts.map(({ name, definition }) => [name, answers.get(definition)!.value!]))
    const value = formula && formulaValue(formula, (name) => values.get(name) ?? Number.NaN)
    if (value === null) return { shape: 'number', value: 0, n, ...about, unknown: formula ? noNumber(id, parts, values) : unreadable(id) }
    return { shape: 'number', value, n, ...about }
  })
}

function excludedOf(answers: readonly Answer[]): Record<string, number> {
  const excluded: Record<string, number> = {}
  for (const { code, count } of answers.flatMap((answer) => answer.excluded)) excluded[code] = (excluded[code] ?? 0) + count
  return excluded
}

/** The records behind every part, newest first; each with the value and unit it has there. */
async function rowsOf(each: readonly MeasureDefinition[], ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  const { limit, offset } = ask
  const rows = await Promise.all(
    each.map(async (part) => part.rows?.({ ...ask, where: dimensionsOf(part, ask.where), limit: limit + offset, offset: 0 }) ?? []),
  )
  const byName = new Map(rows.flat().map((row) => [`${row.id} ${row.subject} ${row.unit}`, row]))
  return [...byName.values()]
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0))
    .slice(offset, offset + limit)
}

/** Whole from when the last of the parts is. */
async function wholeFrom(each: readonly MeasureDefinition[], ask: CollectAsk): Promise<(Instant | null)[]> {
  const whole = await Promise.all(each.map((part) => part.outlives!({ ...ask, where: dimensionsOf(part, ask.where) })))
  return ask.pieces.map((_, piece) => {
    const moments = whole.flatMap((one) => one[piece] ?? [])
    return moments.length > 0 ? Math.max(...moments) : null
  })
}

/** What every part can be filtered by. */
function sharedDimensions(each: readonly MeasureDefinition[]): { name: string }[] {
  const names = new Set(each.flatMap(({ dimensions = [] }) => dimensions.map(({ name }) => name)))
  const has = (part: MeasureDefinition, name: string) => part.anyDimension || part.dimensions?.some((one) => one.name === name)
  return [...names].filter((name) => each.every((part) => has(part, name))).map((name) => ({ name }))
}

function computedFrom(source: DeclaredBy<'ratio' | 'expression'>['source'], parts: readonly Part[]): string {
  if (source.kind === 'ratio') return `${parts[0]!.definition.title} ÷ ${parts[1]!.definition.title}, read for the same window.`
  return `${source.text}, where ${parts.map(({ name, definition }) => `${name} is ${definition.title}`).join(', ')}; read for the same window.`
}

function partUnknown({ title }: MeasureDefinition, { unknown }: Answer): Unknown {
  if (unknown?.code === 'circular' || unknown?.code === 'too_many_parts' || unknown?.code === 'part_unknown') return unknown
  return {
    code: 'part_unknown',
    why: `${title}, which it is computed from, is unknown: ${unknown?.why ?? 'nothing tells of it.'}`,
    fix: unknown?.fix ?? 'Choose a longer window.',
  }
}

function noNumber(id: string, parts: readonly Part[], values: ReadonlyMap<string, number>): Unknown {
  const zero = parts.find(({ name }) => values.get(name) === 0)
  return {
    code: 'no_number',
    why: zero ? `${id} divides by zero in this window: ${zero.definition.title} is 0.` : `${id} comes to no finite number in this window.`,
    fix: 'Choose a longer window, or a formula that cannot divide by zero.',
  }
}

function unreadable(id: string): Unknown {
  return { code: 'unreadable', why: `The expression of ${id} cannot be read.`, fix: 'Correct spec.source.text of its Measure.' }
}
