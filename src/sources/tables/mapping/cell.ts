import { formatInstant, formatRef, ownEntry, type Problem, toRef } from '../../../ground/core/index.ts'
import { refFrom } from '../../../ground/intake/index.ts'
import { type Cell, textOf } from '../read/table.ts'
import type { Field } from './fields.ts'
import type { Rule } from './mapping.ts'
import { readTime } from './pattern.ts'
import { readAmount, readNumber } from './units.ts'
import { keptTags, readTags } from './tags.ts'
import { momentOf } from './zone.ts'

/** What a cell became: a value, nothing because it is empty, or a problem; with a remark where it had to be interpreted. */
export interface Made {
  value?: unknown
  problem?: Problem
  remark?: Problem
}

const YES: Record<string, boolean> = { true: true, yes: true, y: true, 1: true, x: true, false: false, no: false, n: false, 0: false }

/**
 * What a cell becomes by its rule. Says how it should read when it does not.
 * @param empty words that say a cell is empty, in small letters
 */
export function made(
  cell: Cell | undefined,
  rule: Rule,
  field: Field,
  { zone, empty }: { zone: string; empty: ReadonlySet<string> },
): Made {
  if (rule.value !== undefined) return typed(String(rule.value), rule.value, rule, field, zone)
  if (cell === undefined) return {}
  if (field.type === 'list') return { value: listOf(cell, rule, empty) }
  const text = textOf(cell).trim()
  if (text === '' || empty.has(text.toLowerCase())) return {}
  const meant = meaning(text, rule)
  return typed(typeof meant === 'string' ? meant : text, meant, rule, field, zone)
}

function typed(text: string, meant: string | number | boolean, rule: Rule, field: Field, zone: string): Made {
  switch (field.type) {
    case 'moment':
      return momentIn(text, rule, zone)
    case 'number': {
      if (typeof meant === 'number') return { value: meant }
      const value = readNumber(text, rule)
      return value === null ? { problem: wrong(text, rule, field, 'a number', NUMBER_FIX) } : { value }
    }
    case 'amount': {
      const value = readAmount(text, rule)
      return value === null ? { problem: wrong(text, rule, field, 'an amount', NUMBER_FIX) } : { value }
    }
    case 'tags': {
      const value = readTags(text, keptTags(rule))
      return value === null ? { problem: wrong(text, rule, field, 'tags', TAGS_FIX) } : { value }
    }
    case 'yes': {
      const value = typeof meant === 'boolean' ? meant : ownEntry(YES, text.toLowerCase())
      return value === undefined
        ? { problem: wrong(text, rule, field, 'yes or no', 'State what its words mean: values: { … : true }.') }
        : { value }
    }
    case 'ref':
      return refOf(text, rule, field)
    case 'list':
      return { value: listOf(text, rule, new Set()) }
    default:
      return rule.keep && !isKept(String(meant), rule.keep) ? {} : { value: String(meant) }
  }
}

const NUMBER_FIX = 'State how numbers are written: decimal, thousands, unit.'
const TAGS_FIX = 'Write tags as a JSON object of texts, or as name=value; name=value.'

function momentIn(text: string, rule: Rule, zone: string): Made {
  const format = rule.time ?? 'iso'
  const read = readTime(text, format)
  if (!read)
    return {
      problem: {
        code: 'table.not_a_time',
        severity: 'error',
        message: `${place(rule)}cannot be ${shown(text)}: it is no time written as ${format}`,
        fix: 'Correct the cell, or state how times are written: time: dd.MM.yyyy HH:mm.',
        ...column(rule),
      },
    }
  if (read.offset !== null) return { value: formatInstant(read.wall - read.offset) }
  const where = rule.zone ?? zone
  const { at, shift } = momentOf(read.wall, where)
  const value = formatInstant(at)
  if (!shift) return { value }
  const message =
    shift === 'gap'
      ? `${place(rule)}is ${shown(text)}, which the clocks of ${where} skipped; taken as ${value}`
      : `${place(rule)}is ${shown(text)}, which the clocks of ${where} showed twice; the first time is taken, ${value}`
  return { value, remark: { code: `table.time_${shift}`, severity: 'warning', message, ...column(rule) } }
}

/** A plain name stands for a thing of the rule's kind; a name that is a ref already stays. */
function refOf(text: string, rule: Rule, field: Field): Made {
  const kind = rule.ref ?? 'component'
  if (/^[a-z][a-z0-9-]*:\S+$/i.test(text)) {
    const ref = toRef(text)
    if (ref.ok) return { value: ref.value }
  }
  // A repository goes by the last part of its path or address, as where it is read.
  const name =
    kind === 'repository'
      ? (text
          .replace(/\.git$/i, '')
          .split('/')
          .findLast(Boolean) ?? '')
      : text
  if (/[a-z0-9]/i.test(name.normalize('NFKD'))) return { value: refFrom(kind, name) }
  const example = formatRef({ kind, namespace: 'default', name: 'shop' })
  return { problem: wrong(text, rule, field, 'a name', `State what it stands for: values: { ${shown(text)}: ${example} }.`) }
}

function isKept(text: string, keep: readonly string[]): boolean {
  return keep.some((one) => one.toLowerCase() === text.toLowerCase())
}

function listOf(cell: Cell, rule: Rule, empty: ReadonlySet<string>): string[] {
  const parts = typeof cell === 'string' ? (rule.split ? cell.split(rule.split) : [cell]) : cell
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && !empty.has(part.toLowerCase()))
    .map((part) => String(meaning(part, rule)))
}

/** What a word means, whatever its case; a word that is not listed means itself. */
function meaning(text: string, { values }: Rule): string | number | boolean {
  if (!values) return text
  if (Object.hasOwn(values, text)) return values[text]!
  const small = text.toLowerCase()
  for (const [word, meant] of Object.entries(values)) if (word.toLowerCase() === small) return meant
  return text
}

function wrong(text: string, rule: Rule, { field }: Field, what: string, fix: string): Problem {
  return {
    code: 'table.bad_cell',
    severity: 'error',
    message: `${place(rule) || `"${field}" `}cannot be ${shown(text)}: it is not ${what}`,
    fix,
    ...column(rule),
  }
}

function place({ column: name }: Rule): string {
  return name === undefined ? 'The value ' : `"${name}" `
}

function column({ column: name }: Rule): { path?: string } {
  return name === undefined ? {} : { path: name }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}
