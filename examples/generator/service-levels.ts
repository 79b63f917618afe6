import { DAY, HOUR, MINUTE, text, type Year } from './calendar.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import type { Truth } from './truth.ts'

/** Days of service levels before today. */
const SLI_DAYS = 30
const STEP = 5 * MINUTE
/** So much of the present is told minute by minute: then it is known how fast a budget burns now. */
const PRESENT = 2 * HOUR

/** How a failed deployment of payments shows: after so long, for so long, such a share of payments is refused. */
const OUTAGE = { after: 15 * MINUTE, lasts: 15 * MINUTE, refused: 0.2 }
/** The last of them is the one that spends the budget: it lasts until so much of what `company/slos.yaml` promises is spent. */
const LAST_OUTAGE = { after: 15 * MINUTE, refused: 0.85, spent: 0.94, promised: 0.998 }

/** Planned work on the data base of checkout, which `company/slos.yaml` takes out of its budget: days before today, hour. */
const MAINTENANCE = { daysAgo: 9, hour: 2, refused: 0.3 }
/** Scans that the depots lose since so long: what burns now. */
const NOW_LOST = { since: 100 * MINUTE, refused: 0.05 }

interface Level {
  service: string
  indicator: string
  /** Share of bad events on a usual day. */
  bad: number
  /** Events in the busiest hour. */
  busy: number
}

const LEVELS: readonly Level[] = [
  { service: 'checkout', indicator: 'requests-answered', bad: 0.0004, busy: 9_000 },
  { service: 'sorting', indicator: 'scans-accepted', bad: 0.018, busy: 2_500 },
  { service: 'payments', indicator: 'payments-accepted', bad: 0.0002, busy: 2_500 },
]

/** For so long after loading scans are still lost. */
const STILL_LOST = DAY

/** What goes on after the company was loaded, minute by minute: usual days, but for the scans that are still lost at first. */
export function* levelsSince(seed: number, loadedAt: number, { from, to }: { from: number; to: number }): Generator<ExampleRecord> {
  for (const level of LEVELS)
    for (let at = Math.floor(from / MINUTE) * MINUTE; at + MINUTE <= to; at += MINUTE) {
      const random = randomOf(seed, `levels/${level.service}/${at}`)
      const total = Math.round((hourly(level, at) * MINUTE) / HOUR)
      const refused = level.service === 'sorting' && at < loadedAt + STILL_LOST ? NOW_LOST.refused : 0
      yield sample(level, at, MINUTE, total - random.poisson(total * level.bad) - Math.round(total * refused), total)
    }
}

/** Good and total events hour by hour; around whatever goes wrong five minutes by five, of late minute by minute. */
export function* serviceLevels(seed: number, { to }: Year, now: number, truth: Truth): Generator<ExampleRecord> {
  const random = randomOf(seed, 'levels')
  // Apart, so that the month before today is the same at any hour of the day.
  const today = randomOf(seed, 'levels/today')
  const end = Math.floor(now / MINUTE) * MINUTE
  const outages = outagesOf(truth, to, end)
  for (const level of LEVELS) {
    const own = outages.filter(({ service }) => service === level.service)
    for (let at = to - SLI_DAYS * DAY; at < end; at += HOUR) {
      const busy = hourly(level, at)
      const isOut = own.some((outage) => outage.from < at + HOUR && outage.to > at)
      const isPresent = at >= to && at + HOUR > end - PRESENT
      const step = isPresent ? MINUTE : isOut ? STEP : HOUR
      for (let from = at; from < Math.min(at + HOUR, end); from += step) {
        const refused = own.find((outage) => outage.from <= from && from < outage.to)?.refused ?? 0
        const total = Math.round((busy * step) / HOUR)
        const good = total - (at < to ? random : today).poisson(total * level.bad) - Math.round(total * refused)
        yield sample(level, from, step, good, total)
      }
    }
  }
}

interface Outage {
  service: string
  from: number
  to: number
  refused: number
}

function outagesOf({ failures }: Truth, to: number, end: number): Outage[] {
  const starts = failures
    .filter(({ subject, at }) => subject === componentRef('payments') && Date.parse(at) > to - SLI_DAYS * DAY)
    .map(({ at }) => Math.ceil((Date.parse(at) + OUTAGE.after) / STEP) * STEP)
    .sort((a, b) => a - b)
  const last = starts.pop()
  const short = starts.map((from): Outage => ({ service: 'payments', from, to: from + OUTAGE.lasts, refused: OUTAGE.refused }))
  const long = last === undefined ? [] : [lastOutage(last, short, to)]
  const maintained = to - MAINTENANCE.daysAgo * DAY + MAINTENANCE.hour * HOUR
  return [
    ...short,
    ...long,
    { service: 'checkout', from: maintained, to: maintained + HOUR, refused: MAINTENANCE.refused },
    { service: 'sorting', from: end - NOW_LOST.since, to: end, refused: NOW_LOST.refused },
  ]
}

/** The outage that leaves little of the budget, whatever the others and usual days spend of it. */
function lastOutage(from: number, others: readonly Outage[], to: number): Outage {
  const level = LEVELS.find(({ service }) => service === 'payments')!
  let all = 0
  for (let at = to - SLI_DAYS * DAY; at < to; at += HOUR) all += hourly(level, at)
  const lost = others.reduce((sum, one) => sum + (hourly(level, one.from) * one.refused * (one.to - one.from)) / HOUR, all * level.bad)
  const { spent, promised, refused } = LAST_OUTAGE
  const still = spent * (1 - promised) * all - lost
  let hit = 0
  let until = from
  for (; hit * refused < still; until += STEP) hit += (hourly(level, until) * STEP) / HOUR
  return { service: 'payments', from, to: until, refused: still / hit }
}

/** Events of an hour of the day: few at night. */
function hourly({ busy }: Level, at: number): number {
  const hour = Math.floor((at % DAY) / HOUR)
  return busy * (0.35 + 0.65 * Math.max(0, Math.sin(((hour - 6) / 16) * Math.PI)))
}

function sample({ service, indicator }: Level, at: number, length: number, good: number, total: number): ExampleRecord {
  return {
    kind: 'sli',
    source: 'monitoring',
    id: `${indicator}/${text(at).slice(0, 16)}`,
    subject: componentRef(service),
    at: text(at),
    indicator,
    windowStart: text(at),
    seconds: length / 1000,
    good: Math.max(0, good),
    total,
  }
}
