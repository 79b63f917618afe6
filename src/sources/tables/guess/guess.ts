import type { Problem } from '../../../ground/core/index.ts'
import { fieldOf, TABLE_KINDS, type TableKind, targetOf } from '../mapping/fields.ts'
import type { Mapping, Rule } from '../mapping/mapping.ts'
import type { Columns } from '../read/table.ts'
import { type Facts, wordsOf } from './facts.ts'
import { type Fit, fitsOf, kindsOf } from './fit.ts'
import { focusOf } from './focus.ts'
import type { Guess, GuessWish } from './guessed.ts'
import { unitOf } from './numbers.ts'
import type { GuessedTime } from './times.ts'

/** Suggests how rows become records. Nothing is taken for sure that the file does not say: that is left undecided, with what to state. */
export function guess(columns: Columns, facts: readonly Facts[], wish: GuessWish): Guess {
  const focus = !wish.kind || wish.kind === 'cost' ? focusOf(columns, wish) : null
  if (focus) return focus
  const undecided: Problem[] = []
  const { kind, fits } = kindOf(facts, wish, undecided)
  const whys: Guess['whys'] = new Map()
  const fields: Record<string, Rule> = {}
  for (const fit of fits) {
    const { rule, why, certain } = ruleOf(fit)
    fields[fit.field.field] = rule
    whys.set(fit.column.name, { why: [fit.why, why].filter(Boolean).join('; '), certain })
    if (!certain) undecided.push(unsure(fit, why))
  }
  const name = slugOf(wish.file)
  constants(kind, fields, name, facts)
  if (kind === 'change') numberIsName(fields, facts)
  onlyTime(kind, fields, facts, whys)
  if (kind === 'event') keepTheRest(facts, fields, whys)
  if (wish.subject !== undefined) fields.subject = { value: wish.subject }
  const { fields: all } = targetOf(kind)
  for (const field of all) if (field.required && !fields[field.field]) undecided.push(nothingFor(field.field, kind))
  if (!all.some(({ field, type }) => type === 'moment' && fields[field])) undecided.push(nothingFor('at', kind))
  const used = new Set(all.flatMap(({ field, type }) => (type === 'moment' ? [fields[field]?.column] : [])))
  const clocks = facts.filter(({ name: column, time }) => used.has(column) && time?.naive && time.clock)
  if (clocks.length > 0 && wish.zone === undefined) undecided.push(noZone(clocks))
  const empty = [...new Set(facts.flatMap(({ empties }) => empties))].slice(0, 20)
  const mapping: Mapping = {
    name,
    kind,
    ...(wish.zone !== undefined || clocks.length > 0 ? { zone: wish.zone ?? 'UTC' } : {}),
    ...(empty.length > 0 ? { empty } : {}),
    fields,
    columns: [...columns.names],
  }
  return { mapping, whys, undecided }
}

function kindOf(facts: readonly Facts[], { kind: stated, file }: GuessWish, undecided: Problem[]): { kind: TableKind; fits: Fit[] } {
  if (stated) return { kind: stated, fits: fitsOf(targetOf(stated), facts) }
  const [best, next] = kindsOf(facts, wordsOf(file))
  if (best!.score < 0.8) {
    const event = targetOf('event')
    undecided.push({
      code: 'mapping.kind',
      severity: 'warning',
      message: 'The names of the columns do not say what kind of record a row is',
      fix: `State it, for example --as event. Kinds are ${TABLE_KINDS.join(', ')}.`,
      path: 'kind',
    })
    return { kind: 'event', fits: fitsOf(event, facts) }
  }
  const isClear = best!.score > 1.2 && best!.score > next!.score * 1.15
  if (!isClear)
    undecided.push({
      code: 'mapping.kind',
      severity: 'warning',
      message: `The rows could be records of the kind ${best!.target.kind} or ${next!.target.kind}`,
      fix: `State which: --as ${best!.target.kind}`,
      path: 'kind',
    })
  return { kind: best!.target.kind, fits: best!.fits }
}

function ruleOf({ column, field }: Fit): { rule: Rule; why: string; certain: boolean } {
  const rule: Rule = { column: column.name }
  if (field.type === 'moment' && column.time) {
    const { format, why, certain } = column.time
    return { rule: format === 'iso' ? rule : { ...rule, time: format }, why, certain }
  }
  if ((field.type === 'number' || field.type === 'amount') && column.number) {
    const { why, certain, ...format } = column.number
    const unit =
      format.unit ?? (/^(?:seconds|value)$/.test(field.field) ? unitOf(column.words + (column.name.includes('%') ? ' %' : '')) : undefined)
    return { rule: { ...rule, ...format, ...(unit ? { unit } : {}) }, why: unit ? `${why}, in ${unit}` : why, certain }
  }
  if (field.type === 'list' && !column.lists) {
    const split = [';', '|', ','].find((one) => column.texts.some((text) => text.includes(one)))
    return { rule: split ? { ...rule, split } : rule, why: split ? `divided by "${split}"` : '', certain: true }
  }
  if (field.field === 'subject') {
    const ref = SUBJECTS.find(([, word]) => word.test(column.words))?.[0] ?? 'component'
    const hasRefs = column.texts.every((text) => /^[a-z-]+:\S+$/i.test(text))
    return { rule: hasRefs ? rule : { ...rule, ref }, why: hasRefs ? 'refs already' : `plain names are taken for a ${ref}`, certain: true }
  }
  const meanings = MEANINGS[field.field]
  if (meanings) {
    const values = meant(column.texts, meanings)
    return { rule: Object.keys(values).length > 0 ? { ...rule, values } : rule, why: wordsFor(values), certain: true }
  }
  return { rule, why: field.field === 'id' ? 'no two rows have the same' : '', certain: true }
}

/** The kind of thing a column names; a component unless it says so. */
const SUBJECTS: readonly (readonly [kind: string, word: RegExp])[] = [
  ['repository', /\brepo/],
  ['group', /\b(?:team|group|squad|tribe)\b/],
  ['system', /\bsystem\b/],
  ['resource', /\b(?:account|subscription|project)\b/],
]

/** Words of other tools for what we name otherwise; words that are not here stay as they are. */
const MEANINGS: Record<string, readonly (readonly [meaning: string, word: RegExp])[]> = {
  outcome: [
    ['success', /^(?:success(?:ful)?|succeeded|passed|ok|done|completed?|deployed|finished|green)$/i],
    ['failure', /^(?:failed|failure|error(?:ed)?|broken|red|rolled ?back)$/i],
    ['cancelled', /^(?:cancell?ed|aborted|skipped|stopped)$/i],
  ],
  state: [
    ['done', /^(?:done|closed|resolved|completed?|finished|fixed)$/i],
    ['cancelled', /^(?:cancell?ed|won'?t (?:do|fix)|rejected|abandoned|duplicate|removed)$/i],
  ],
}

function meant(texts: readonly string[], meanings: (typeof MEANINGS)[string]): Record<string, string> {
  const words = [...new Set(texts)].slice(0, 50)
  return Object.fromEntries(
    words.flatMap((word) => {
      const meaning = meanings.find(([, like]) => like.test(word))?.[0]
      return meaning && meaning !== word ? [[word, meaning]] : []
    }),
  )
}

function wordsFor(values: Record<string, string>): string {
  return Object.entries(values)
    .slice(0, 4)
    .map(([word, meaning]) => `${word} means ${meaning}`)
    .join(', ')
}

/** What every row of such a file has in common and no column says. */
function constants(kind: TableKind, fields: Record<string, Rule>, file: string, facts: readonly Facts[]): void {
  if (kind === 'measurement' && !fields.measure) fields.measure = { value: slugOf(fields.value?.column ?? file) }
  if (kind === 'product_event' && !fields.name) fields.name = { value: facts.some(({ words }) => /\border\b/.test(words)) ? 'order' : file }
  if (kind === 'sli' && !fields.indicator) fields.indicator = { value: file }
  if (kind === 'event' && !fields.type) fields.type = { value: file }
}

/** A change is known by its number, and says it. */
function numberIsName(fields: Record<string, Rule>, facts: readonly Facts[]): void {
  const { id, number } = fields
  const isNumber = (rule: Rule) => facts.find(({ name }) => name === rule.column)?.texts.every((text) => /^\d{1,15}$/.test(text))
  if (id && !number && isNumber(id)) fields.number = id
  if (number && !id && facts.find(({ name }) => name === number.column)?.unique) fields.id = { column: number.column! }
}

/** The one column with times is when it happened, where a kind has no other place for times. */
function onlyTime(kind: TableKind, fields: Record<string, Rule>, facts: readonly Facts[], whys: Guess['whys']): void {
  const moments = targetOf(kind).fields.filter(({ type }) => type === 'moment')
  const times = facts.filter(({ time }) => time !== null)
  if (times.length !== 1 || moments.some(({ field }) => fields[field])) return
  const [{ name, time }] = times as [Facts & { time: GuessedTime }]
  fields.at = { column: name, ...(time.format === 'iso' ? {} : { time: time.format }) }
  whys.set(name, { why: `the only times in the file; ${time.why}`, certain: time.certain })
}

function keepTheRest(facts: readonly Facts[], fields: Record<string, Rule>, whys: Guess['whys']): void {
  for (const { name, words, people } of facts) {
    if (whys.has(name) || people || /\bname\b/.test(words)) continue // a name may be a person's
    const field = `data.${words.replaceAll(' ', '_').slice(0, 80)}`
    if (fields[field] || !fieldOf('event', field)) continue
    fields[field] = { column: name }
    whys.set(name, { why: 'an event keeps what has no field of its own', certain: true })
  }
}

function unsure({ column, field }: Fit, why: string): Problem {
  const isTime = field.type === 'moment'
  return {
    code: isTime ? 'mapping.day_or_month' : 'mapping.number',
    severity: 'warning',
    message: `"${column.name}" is ${why}`,
    fix: isTime
      ? 'State how its times are written: time: d/M/yyyy or M/d/yyyy.'
      : 'State how its numbers are written: decimal and thousands.',
    path: column.name,
  }
}

function nothingFor(field: string, kind: TableKind): Problem {
  return {
    code: 'mapping.no_column',
    severity: 'warning',
    message: `No column was found for ${field}, which every ${kind} has`,
    fix:
      field === 'subject'
        ? 'State what all rows are about: --subject component:default/shop; or map a column.'
        : `Map a column to ${field}, or state one value for all rows.`,
    path: `fields.${field}`,
  }
}

function noZone(columns: readonly Facts[]): Problem {
  return {
    code: 'mapping.zone',
    severity: 'warning',
    message: `Times in ${columns.map(({ name }) => `"${name}"`).join(', ')} are written without a zone and would be read as UTC`,
    fix: 'State the zone of the clock they were read from: --zone Europe/Berlin, or --zone UTC.',
    path: 'zone',
  }
}

/** A name for a mapping, from the name of a file: without its ending and the dates that change from one export to the next. */
export function slugOf(file: string): string {
  const base = file
    .replace(/^.*[/\\]/, '')
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z]{2,6}$/i, '')
  const slug = wordsOf(base.replace(/\d{4}-?\d{2}(?:-?\d{2})?|\(\d+\)/g, ' '))
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return slug || 'table'
}
