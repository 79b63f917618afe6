import { DAY, dayWords, type Instant, type Reading, round } from '../../../ground/core/index.ts'

/** "1 change", "12 changes", "1,200 changes". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-GB')} ${amount === 1 ? one : many}`
}

/** "a, b and c"; longer lists end in "and 4 more". */
export function list(items: readonly string[], most = 4): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** "n = 212", beside every figure. */
export function nWords(reading: Reading): string {
  return `n = ${reading.n.toLocaleString('en-GB')}`
}

/** "the last 28 days", or "the 365 days up to 4 May 2019" for a window that does not end at the moment of telling. */
export function windowWords(window: { from: Instant; to: Instant }, at: Instant): string {
  return at - window.to > DAY ? `the ${lengthOf(window)} up to ${dayWords(window.to - 1)}` : `the last ${lengthOf(window)}`
}

/** The same window once it has been named: "these 365 days". */
export function againWords(window: { from: Instant; to: Instant }): string {
  const length = lengthOf(window)
  return length === 'day' ? 'that day' : `these ${length}`
}

function lengthOf({ from, to }: { from: Instant; to: Instant }): string {
  const days = Math.max(1, Math.round((to - from) / DAY))
  return days === 1 ? 'day' : days < 730 ? `${days} days` : `${round(days / 365.25, 2)} years`
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

/** A cadence as people say it: "every 90 days". */
export function everyWords(duration: string): string {
  const match = /^(\d+)([dw])$/.exec(duration.trim())
  return match ? `every ${count(Number(match[1]), match[2] === 'd' ? 'day' : 'week')}` : `every ${duration}`
}
