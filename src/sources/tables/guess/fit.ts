import { type Field, type Target, TARGETS } from '../mapping/fields.ts'
import { type Facts, wordsOf } from './facts.ts'

/** A column that could be a field, and why. */
export interface Fit {
  column: Facts
  field: Field
  score: number
  why: string
}

const ENOUGH = 0.45

/** The best place for each column among the fields of a kind; each field once. */
export function fitsOf(target: Target, columns: readonly Facts[]): Fit[] {
  const possible = columns
    .flatMap((column, index) => target.fields.map((field) => ({ ...fit(column, field), index })))
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score || a.index - b.index)
  const taken = new Set<string>()
  return possible.filter(({ column, field }) => {
    if (taken.has(`c ${column.name}`) || taken.has(`f ${field.field}`)) return false
    taken.add(`c ${column.name}`).add(`f ${field.field}`)
    return true
  })
}

function fit(column: Facts, field: Field): Fit {
  const near = nameFit(column.words, field)
  const named = near < 0.65 && column.people && field.type !== 'person' ? 0 : near
  const held = named === 0 ? 0 : valueFit(column, field)
  return {
    column,
    field,
    score: named * held,
    why: named >= 0.9 ? `the name says ${field.field}` : `the name has a word for ${field.field}`,
  }
}

function nameFit(words: string, field: Field): number {
  if (words === wordsOf(field.field)) return 1
  const place = field.names.indexOf(words)
  if (place !== -1) return 0.98 - Math.min(0.3, place * 0.02)
  const last = words.split(' ').at(-1)!
  const inner = field.names.findIndex((name) => name.length >= 4 && ` ${words} `.includes(` ${name} `))
  if (inner !== -1) return 0.62 - Math.min(0.15, inner * 0.01)
  return last.length >= 4 && field.names.includes(last) ? 0.5 : 0
}

function valueFit({ time, number, texts, unique, lists }: Facts, { field, type }: Field): number {
  const isEmpty = texts.length === 0
  if (field === 'id') return unique && !time ? 1 : 0
  switch (type) {
    case 'moment':
      return time ? 1 : isEmpty ? 0.6 : 0
    case 'number':
    case 'amount':
      return number ? 1 : isEmpty ? 0.6 : 0
    case 'tags':
      return isEmpty || texts.some((text) => /^\{.*\}$|[=:]/s.test(text)) ? 1 : 0
    case 'list':
      return time ? 0 : lists ? 1 : 0.95
    case 'ref':
    case 'person':
      return isEmpty || time ? 0 : lists ? 0.3 : 1
    default:
      return isEmpty ? 0.6 : time || lists ? 0.2 : 1
  }
}

/** A kind of record with how well the columns fit it. */
export interface KindFit {
  target: Target
  fits: Fit[]
  score: number
  /** Columns whose names speak for this kind. */
  signs: string[]
}

/**
 * Kinds by how well they fit, the best first.
 * @param file words of its name, which often say it
 */
export function kindsOf(columns: readonly Facts[], file: string): KindFit[] {
  return TARGETS.map((target) => {
    const fits = fitsOf(target, columns)
    const required = target.fields.filter((field) => field.required)
    const covered = required.filter((field) => fits.some((one) => one.field === field)).length
    const signs = columns.filter(({ words }) => target.signs.test(words)).map(({ name }) => name)
    return {
      target,
      fits,
      signs,
      score: (2 * covered) / Math.max(required.length, 2) + 0.6 * signs.length + 0.15 * fits.length + (target.signs.test(file) ? 1 : 0),
    }
  }).sort((a, b) => b.score - a.score)
}
