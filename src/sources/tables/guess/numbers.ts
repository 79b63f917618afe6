import { type NumberFormat, readNumber, type UnitName } from '../mapping/units.ts'

/** How numbers of a column are written, and how sure that is. */
export interface GuessedNumber extends NumberFormat {
  certain: boolean
  why: string
}

const FORMATS: readonly NumberFormat[] = [
  {},
  { thousands: ',' },
  { decimal: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: ' ' },
  { thousands: ' ' },
  { thousands: "'" },
]
const ENOUGH = 0.8

/** The format most of the texts are in; null when they are no numbers. */
export function numberOf(texts: readonly string[]): GuessedNumber | null {
  if (texts.length === 0) return null
  if (texts.filter((text) => /^\d+:\d\d(?::\d\d)?(?:\.\d+)?$/.test(text)).length >= ENOUGH * texts.length)
    return { unit: 'clock', certain: true, why: 'spans written as on a clock' }
  const fits = FORMATS.map((format) => ({ format, values: texts.map((text) => readNumber(text, format)) }))
    .map((one) => ({ ...one, read: one.values.filter((value) => value !== null).length }))
    .sort((a, b) => b.read - a.read)
  const [best] = fits
  if (!best || best.read < ENOUGH * texts.length) return null
  const rival = fits.find(({ read, values }) => read === best.read && values.some((value, index) => value !== best.values[index]))
  const words = wordsOf(best.format)
  return {
    ...best.format,
    certain: !rival,
    why: rival ? `numbers ${words}; they could be ${wordsOf(rival.format)}, too` : `numbers ${words}`,
  }
}

function wordsOf({ decimal = '.', thousands }: NumberFormat): string {
  return `with decimal ${decimal === ',' ? 'comma' : 'point'}${thousands ? ` and "${thousands}" between thousands` : ''}`
}

const UNIT_WORDS: readonly [UnitName, RegExp][] = [
  ['milliseconds', /\b(?:ms|millis|milliseconds?)\b/],
  ['seconds', /\b(?:s|secs?|seconds?)\b/],
  ['minutes', /\b(?:mins?|minutes?)\b/],
  ['hours', /\b(?:h|hrs?|hours?)\b/],
  ['days', /\bdays?\b/],
  ['weeks', /\bweeks?\b/],
  ['percent', /%|\b(?:percent|percentage|pct)\b/],
]

/** The unit the name of a column states. */
export function unitOf(name: string): UnitName | undefined {
  return UNIT_WORDS.find(([, word]) => word.test(name))?.[0]
}
