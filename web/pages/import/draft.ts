import type { Answer } from '../../api/index.ts'

export type Preview = Answer<'table.preview'>
export type Mapping = Preview['mapping']
export type Rule = Mapping['fields'][string]
export type PreviewColumn = Preview['columns'][number]
export type Kind = Answer<'table.kinds'>['kinds'][number]
export type Field = Kind['fields'][number]

/** Whatever reads a column so far, it becomes this field now, or none. */
export function withColumn(mapping: Mapping, column: PreviewColumn, field: Field | null): Mapping {
  const rest = Object.entries(mapping.fields).filter(([name, rule]) => rule.column !== column.name && name !== field?.field)
  if (!field) return { ...mapping, fields: Object.fromEntries(rest) }
  const before = Object.entries(mapping.fields).find(([name, rule]) => rule.column === column.name && name === field.field)?.[1]
  return { ...mapping, fields: Object.fromEntries([...rest, [field.field, before ?? ruleFor(column, field)]]) }
}

function ruleFor({ name, reads }: PreviewColumn, { type }: Field): Rule {
  if (type === 'moment') return reads.time && reads.time !== 'iso' ? { column: name, time: reads.time } : { column: name }
  if (type === 'number') return { ...reads, column: name }
  return type === 'ref' ? { column: name, ref: 'component' } : { column: name }
}

/** A part of one rule, stated or taken back. */
export function withRule(mapping: Mapping, field: string, part: Partial<Rule>): Mapping {
  const rule = { ...mapping.fields[field], ...part }
  const stated = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined && value !== '')) as Rule
  return { ...mapping, fields: { ...mapping.fields, [field]: stated } }
}

/** One value for every row; none takes the field back. */
export function withValue(mapping: Mapping, field: string, value: string): Mapping {
  const { [field]: _, ...rest } = mapping.fields
  return { ...mapping, fields: value === '' ? rest : { ...rest, [field]: { value } } }
}

/** Ways in which times are often written; the one that was found comes first. */
export function timeChoices(present: string): { value: string; label: string }[] {
  const common = [
    'iso',
    'd.M.yyyy H:mm',
    'd/M/yyyy H:mm',
    'M/d/yyyy h:mm a',
    'M/d/yyyy H:mm',
    'd/M/yyyy',
    'M/d/yyyy',
    'unix',
    'unix-ms',
    'excel',
  ]
  const swapped = present.replace(/^([dM])([^M\w])([dM])(?!M)/, '$3$2$1')
  return [...new Set([present, swapped, ...common])].map((value) => ({
    value,
    label: value === 'iso' ? '2026-05-04T09:30 (ISO 8601)' : value,
  }))
}

const NUMBERS = {
  plain: { label: '1234.5', decimal: undefined, thousands: undefined },
  comma: { label: '1234,5', decimal: ',', thousands: undefined },
  english: { label: '1,234.5', decimal: undefined, thousands: ',' },
  german: { label: '1.234,5', decimal: ',', thousands: '.' },
  space: { label: '1 234,5', decimal: ',', thousands: ' ' },
} as const

export const numberChoices = Object.entries(NUMBERS).map(([value, { label }]) => ({ value, label }))

export function numberChoice({ decimal, thousands }: Rule): string {
  const found = Object.entries(NUMBERS).find(([, one]) => (one.decimal ?? '.') === (decimal ?? '.') && one.thousands === thousands)
  return found?.[0] ?? 'plain'
}

export function numberParts(choice: string): Partial<Rule> {
  const { decimal, thousands } = NUMBERS[choice as keyof typeof NUMBERS] ?? NUMBERS.plain
  return { decimal, thousands }
}
