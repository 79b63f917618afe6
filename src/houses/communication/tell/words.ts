import { formatInstant, formatQuantity, type Instant, type Reading } from '../../../ground/core/index.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** "31 March 2027", UTC. */
export function dayWords(at: Instant): string {
  const [year, month, day] = formatInstant(at).slice(0, 10).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** "1 change", "12 changes", "1,200 changes". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? one : many}`
}

/** "a, b and c"; longer lists end in "and 4 more". */
export function list(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** "2.3 d" or "17 %" in the reading's unit. */
export function valueWords(reading: Reading, value: number): string {
  return formatQuantity(value, reading.unit)
}

/** "n = 212", beside every figure. */
export function nWords(reading: Reading): string {
  return `n = ${reading.n.toLocaleString('en-GB')}`
}

/** "the last 28 days", or "the 365 days before 4 May 2019" for a window that does not end at the moment of telling. */
export function windowWords(window: { from: Instant; to: Instant }, at: Instant): string {
  const days = Math.max(1, Math.round((window.to - window.from) / 86_400_000))
  const ended = at - window.to > 86_400_000
  return ended ? `the ${days} days up to ${dayWords(window.to - 1)}` : days === 1 ? 'the last day' : `the last ${days} days`
}

/** A name a sentence can hold: one line, no control characters, cut at 80 letters. */
export function nameWords(text: string): string {
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line
}

/** First letter large. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Ends a sentence, if nothing ends it yet. */
export function stop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
