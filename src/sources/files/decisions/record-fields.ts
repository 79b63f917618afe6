import type { DecisionSpec } from '../../../ground/catalog/index.ts'
import { type Problem, toRef } from '../../../ground/core/index.ts'
import { assumptionIn } from './assumptions.ts'
import { readDay } from './dates.ts'
import { type FieldName, fieldsIn } from './fields.ts'
import type { FrontMatter } from './front-matter.ts'
import { itemsOf, plainText } from './inline.ts'
import type { Line } from './outline.ts'
import { peopleIn } from './people.ts'
import { referencesIn } from './references.ts'
import type { Part } from './sections.ts'
import { readStatus } from './status.ts'
import { type Statement, statementsIn } from './superseding-words.ts'

/** What a record says in fields: in front matter, in lists or tables at its head, or in sections of their own. */
export interface RecordFields {
  spec: DecisionSpec
  title: string
  number: number | null
  tags: string[]
  statements: Statement[]
  problems: Problem[]
  places: Map<string, { line: number; column: number }>
}

/** One field as said in one of the three ways; the first way that says it counts. */
interface Said {
  /** Lines or list items. */
  texts: { text: string; listed: boolean; line: number }[]
  /** As it came, when from front matter. */
  value?: unknown
  line: number
  column: number
}

/** Lines of one field that are read; more is no field. */
const MOST = 200

const REFERENCES = { serves: 'outcome', supports: 'principle', against: 'principle', affects: 'component' } as const

export function readFields(matter: FrontMatter, head: readonly Line[], parts: readonly Part[]): RecordFields {
  const said = gather(matter, head, parts)
  const fields: RecordFields = {
    spec: {},
    title: textOf(said.get('title')),
    number: numberOf(said.get('number')),
    tags: tagsOf(said.get('tags')),
    statements: [],
    problems: [],
    places: new Map(),
  }
  for (const [name, { line, column }] of said) fields.places.set(`spec.${name}`, { line, column })
  status(said.get('status'), fields)
  day('date', said, fields)
  day('revisitBy', said, fields)
  for (const name of ['deciders', 'consulted', 'informed'] as const) {
    const people = said.get(name)?.texts.flatMap(({ text }) => peopleIn(text)) ?? []
    if (people.length > 0) fields.spec[name] = people
  }
  for (const [name, kind] of Object.entries(REFERENCES))
    references(name as keyof typeof REFERENCES, kind, said.get(name as FieldName), fields)
  const owner = toRef(textOf(said.get('owner')), { kind: 'group' })
  if (owner.ok) fields.spec.owner = textOf(said.get('owner'))
  assumptions(said.get('assumptions'), fields)
  expectations(said, fields)
  if (
    Array.isArray(matter.links) &&
    matter.links.every((link) => typeof link === 'object' && link !== null && 'type' in link && 'to' in link)
  )
    fields.spec.links = matter.links as NonNullable<DecisionSpec['links']>
  for (const direction of ['supersedes', 'supersededBy'] as const) {
    for (const { text, line } of said.get(direction)?.texts.slice(0, MOST) ?? [])
      fields.statements.push(...referencesIn(text).map((target) => ({ direction, target, line })))
  }
  return fields
}

function gather(matter: FrontMatter, head: readonly Line[], parts: readonly Part[]): Map<FieldName, Said> {
  const said = new Map<FieldName, Said>()
  for (const [name, { value, line, column }] of matter.fields) {
    const texts = (Array.isArray(value) ? value : [value])
      .filter((item) => typeof item === 'string' || typeof item === 'number')
      .map((item) => ({ text: String(item), listed: false, line }))
    said.set(name, { texts, value, line, column })
  }
  for (const { name, text, line } of fieldsIn(head)) {
    if (!said.has(name)) said.set(name, { texts: text.split('\n').map((one) => ({ text: one, listed: false, line })), line, column: 1 })
  }
  for (const { role, section } of parts) {
    const name = role as FieldName
    if (said.has(name) || !SECTION_FIELDS.has(name)) continue
    const items = itemsOf(section.lines)
    const plain = section.lines.filter((line) => !line.code && line.text.trim() !== '' && !/^\s*(?:[*+-]|\d+[.)])\s/.test(line.text))
    const texts =
      items.length > 0 && (name !== 'status' || plain.length === 0)
        ? items.map((item) => ({ text: item.text, listed: true, line: item.line }))
        : plain.map(({ text, line }) => ({ text, listed: false, line }))
    if (texts.length > 0) said.set(name, { texts, line: texts[0]!.line, column: 1 })
  }
  return said
}

const SECTION_FIELDS = new Set<FieldName>([
  'status',
  'date',
  'deciders',
  'consulted',
  'informed',
  'supports',
  'against',
  'serves',
  'affects',
  'assumptions',
  'premortem',
  'revisitBy',
])

function status(said: Said | undefined, fields: RecordFields): void {
  const read = readStatus(said?.texts.slice(0, MOST) ?? [])
  fields.spec.status = read.status
  if (read.asWritten) fields.spec.statusAsWritten = read.asWritten
  for (const { text, line } of said?.texts.slice(0, MOST) ?? []) fields.statements.push(...statementsIn(text, line))
  if (!said) return
  if (read.unknown)
    remark(
      fields,
      said,
      'files.unknown_status',
      `The status "${read.asWritten}" is none that is known; it is kept as written`,
      'Use proposed, accepted, rejected, deprecated, superseded or draft.',
    )
  if (read.unfilled)
    remark(fields, said, 'files.unfilled', 'The choices of the template still stand where the status belongs', 'Keep the one that holds.')
  if (fields.spec.status !== 'not stated' && !fields.spec.date) {
    const found = readDay(said.texts.map(({ text }) => text).join(' '))
    if (found.kind === 'day') fields.spec.date = found.day
  }
}

function day(name: 'date' | 'revisitBy', all: ReadonlyMap<FieldName, Said>, fields: RecordFields): void {
  const said = all.get(name)
  const text = textOf(said)
  if (!said || text === '') return
  const read = readDay(text)
  if (read.kind === 'day') {
    fields.spec[name] = read.day
    return
  }
  const fix = 'Write it as 2026-05-04.'
  const shown = `"${text.slice(0, 60)}"`
  if (read.kind === 'ambiguous') remark(fields, said, 'files.ambiguous_date', `${shown} can be read as two days, so it is left out`, fix)
  else if (read.kind === 'impossible')
    remark(fields, said, 'files.bad_date', `${shown} is a day that does not exist, so it is left out`, fix)
  else if (/\w/.test(plainText(text))) remark(fields, said, 'files.bad_date', `${shown} names no day, so it is left out`, fix)
}

function references(name: keyof typeof REFERENCES, kind: string, said: Said | undefined, fields: RecordFields): void {
  const found: string[] = []
  for (const { text, line } of said?.texts.slice(0, MOST) ?? []) {
    for (const word of text.slice(0, 10_000).split(',')) {
      const [first = ''] = plainText(word.replace(/^\s*[*+-]\s+/, '')).split(/\s+[–—-]\s+|:?\s/)
      if (first === '') continue
      const read = toRef(first, { kind })
      if (read.ok) found.push(first)
      else
        remark(
          fields,
          { line, column: said!.column },
          'files.not_a_reference',
          `"${word.slice(0, 60)}" is not a reference, so ${name} leaves it out`,
          `Write for example ${kind}:default/name.`,
        )
    }
  }
  if (found.length > 0) fields.spec[name] = [...new Set(found)]
}

function assumptions(said: Said | undefined, fields: RecordFields): void {
  if (!said) return
  const stated = Array.isArray(said.value) ? said.value.filter((item) => typeof item === 'object' && item !== null) : []
  const told = said.texts.slice(0, MOST).flatMap(({ text }) => assumptionIn(text) ?? [])
  if (stated.length + told.length > 0) fields.spec.assumptions = [...(stated as NonNullable<DecisionSpec['assumptions']>), ...told]
}

/** What is expected and what would show that it fails: lists in front matter, checked where every decision is. */
function expectations(said: ReadonlyMap<FieldName, Said>, fields: RecordFields): void {
  for (const name of ['expects', 'tripwires'] as const) {
    const value = said.get(name)?.value
    if (Array.isArray(value) && value.length > 0) Object.assign(fields.spec, { [name]: value })
  }
  const premortem = textOf(said.get('premortem'))
  if (premortem !== '') fields.spec.premortem = premortem
}

function tagsOf(said: Said | undefined): string[] {
  const words = said?.texts.flatMap(({ text }) => text.split(',')) ?? []
  return [
    ...new Set(
      words
        .map((word) =>
          word
            .toLowerCase()
            .replaceAll(/[^a-z0-9:+#]+/g, '-')
            .replaceAll(/^-+|-+$/g, ''),
        )
        .filter((tag) => tag !== '' && tag.length <= 63),
    ),
  ].slice(0, 50)
}

function numberOf(said: Said | undefined): number | null {
  const match = /(\d{1,6})(?!\d)/.exec(textOf(said))
  return match ? Number(match[1]) : null
}

function textOf(said: Said | undefined): string {
  return (
    said?.texts
      .map(({ text }) => text)
      .join(' ')
      .trim() ?? ''
  )
}

function remark(
  fields: RecordFields,
  { line, column }: { line: number; column: number },
  code: string,
  message: string,
  fix: string,
): void {
  fields.problems.push({ code, severity: 'warning', message, fix, line, column })
}
