import { momentOf, type Search } from './search.ts'

/** Spans people compare, in days. The first is the default and is what the brief is told for. */
export const SPANS = [
  { days: 28, label: '4 weeks' },
  { days: 91, label: '13 weeks' },
  { days: 182, label: 'Half a year' },
  { days: 364, label: 'A year' },
] as const

const DAY = 86_400_000
const DATE = /^\d{4}-\d{2}-\d{2}$/

export interface WindowAsk {
  from?: string
  to?: string
  asOf?: string
}

/** The window in the address as measures take it: `?days=91`, or `?from=…&to=…` with the last day included. */
export function windowOf(search: Search, now = Date.now()): WindowAsk {
  const { asOf } = momentOf(search)
  const known = asOf ? { asOf } : {}
  if (search.from && DATE.test(search.from)) {
    const to = search.to && DATE.test(search.to) ? isoDay(Date.parse(search.to) + DAY) : undefined
    return { from: search.from, ...(to && to > search.from ? { to } : {}), ...known }
  }
  const days = daysOf(search)
  return days === SPANS[0].days ? known : { from: fromDay(days, asOf, now), ...known }
}

/** The same, but reaching back at least so many days: a chart needs to show where a window stands. */
export function longerWindow(search: Search, least: number, now = Date.now()): WindowAsk {
  const asked = windowOf(search, now)
  const from = fromDay(Math.max(least, daysOf(search)), asked.asOf, now)
  return { ...asked, from: asked.from && asked.from < from ? asked.from : from }
}

export function daysOf(search: Search): number {
  const days = Number(search.days)
  return Number.isInteger(days) && days >= 1 && days <= 3_660 ? days : SPANS[0].days
}

/** Days, weeks or months: so that a series has some ten to fifty points. */
export function bucketOf(ask: WindowAsk, now = Date.now()): 'day' | 'week' | 'month' {
  const span = (ask.to ? Date.parse(ask.to) : now) - (ask.from ? Date.parse(ask.from) : now - 28 * DAY)
  if (span <= 21 * DAY) return 'day'
  return span <= 400 * DAY ? 'week' : 'month'
}

function fromDay(days: number, asOf: string | undefined, now: number): string {
  return isoDay((asOf ? Date.parse(asOf) : now) - days * DAY)
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
