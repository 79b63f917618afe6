import { DAY, HOUR, MINUTE, text, type Year } from './calendar.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import type { Truth } from './truth.ts'

/** Days of service levels. */
const SLI_DAYS = 30
const STEP = 5 * MINUTE

/** How a failed deployment of payments shows: after so long, for so long, such a share of payments is refused. */
const OUTAGE = { after: 15 * MINUTE, lasts: 15 * MINUTE, refused: 0.2 }
/** The last of them is the one that spends the budget. */
const LAST_OUTAGE = { after: 15 * MINUTE, lasts: 45 * MINUTE, refused: 0.85 }

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

/** Good and total events hour by hour; around an outage, five minutes by five. */
export function* serviceLevels(seed: number, { to }: Year, truth: Truth): Generator<ExampleRecord> {
  const random = randomOf(seed, 'levels')
  const outages = outagesOf(truth, to)
  for (const level of LEVELS) {
    const own = level.service === 'payments' ? outages : []
    for (let at = to - SLI_DAYS * DAY; at < to; at += HOUR) {
      const busy = level.busy * (0.35 + 0.65 * Math.max(0, Math.sin((((at % DAY) / HOUR - 6) / 16) * Math.PI)))
      const isOut = own.some((outage) => outage.from < at + HOUR && outage.to > at)
      const step = isOut ? STEP : HOUR
      for (let from = at; from < at + HOUR; from += step) {
        const refused = own.find((outage) => outage.from <= from && from < outage.to)?.refused ?? 0
        const total = Math.round((busy * step) / HOUR)
        const good = total - random.poisson(total * level.bad) - Math.round(total * refused)
        yield sample(level, from, step, good, total)
      }
    }
  }
}

function outagesOf({ failures }: Truth, to: number): { from: number; to: number; refused: number }[] {
  const failed = failures
    .filter(({ subject, at }) => subject === componentRef('payments') && Date.parse(at) > to - SLI_DAYS * DAY)
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b)
  return failed.map((at, place) => {
    const { after, lasts, refused } = place === failed.length - 1 ? LAST_OUTAGE : OUTAGE
    const from = Math.ceil((at + after) / STEP) * STEP
    return { from, to: from + lasts, refused }
  })
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
