// Straight from its file and not through core's front door: that would bring the schema library into the browser.
import { formatQuantity as write } from '../../../src/ground/core/quantity.ts'

const NO_BREAK = '\u00a0'

/** A value with its unit as the brief writes it; number and unit never part at the end of a line. */
export function formatQuantity(value: number, unit: string): string {
  return write(value, unit).replaceAll(' ', NO_BREAK)
}

/** The same for numbers and units inside a sentence the server wrote: "4.1 d", "10 %", "n = 212". */
export function unbroken(text: string): string {
  return text
    .replace(/(\d) (?=(?:%|s|min|h|d|w|lines|[A-Z]{3}|a (?:day|week|month))(?![\p{L}\p{N}]))/gu, `$1${NO_BREAK}`)
    .replace(/\bn = (?=\d)/g, `n${NO_BREAK}=${NO_BREAK}`)
}

const SECONDS: Record<string, number> = { min: 60, h: 3_600, d: 86_400 }

/** An interval in one unit: "3.6 to 4.9 d"; with both units only where the lower end is less than one of the upper's: "20 h to 2.1 d". */
export function formatInterval(low: number, high: number, unit: string): string {
  const to = formatQuantity(high, unit)
  const size = unit === 's' ? SECONDS[to.split(NO_BREAK)[1] ?? ''] : undefined
  const from = size && low >= size ? `${Math.round((low / size) * 10) / 10}${NO_BREAK}${to.split(NO_BREAK)[1]}` : formatQuantity(low, unit)
  const [number, ...word] = from.split(NO_BREAK)
  const same = word.length > 0 && to.endsWith(NO_BREAK + word.join(NO_BREAK))
  return same ? `${number} to ${to}` : `${from} to ${to}`
}

/** A unit in words, for axes and table heads. */
export function unitWords(unit: string): string {
  const words: Record<string, string> = { s: 'time', ratio: 'share', '1/d': 'a day', count: 'number', lines: 'lines' }
  return words[unit] ?? unit
}

const LENGTHS: Record<string, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', Q: 'quarter', Y: 'year' }

/** A length of time as files write it, "30d", in words: "30 days". What is none stays as it is. */
export function lengthWords(text: string): string {
  const [, count, letter = ''] = /^(\d+(?:\.\d+)?)([smhdwMQY])$/.exec(text) ?? []
  return count === undefined ? text : `${count}${NO_BREAK}${LENGTHS[letter]}${Number(count) === 1 ? '' : 's'}`
}

/** Whole counts as people read them: 12,431. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}

/** "1 record", "212 records". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
