import { DAY, text, type Year } from './calendar.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import { SERVICES } from './services.ts'

const MAIN = 'resource:example/nordlys-production'
const SIGN_IN = 'resource:example/nordlys-sign-in'
/** What a month of each service costs in the first month, in EUR, and how it grows over it. */
const CLOUD = [
  { service: 'Virtual machines', monthly: 900, growth: 1.15 },
  { service: 'Managed database', monthly: 420, growth: 1.4 },
] as const
/**
 * Bills of whole months: a service's machines and database by its tag `app`, sign-in by an account of its own, the event bus to
 * be shared by those who use it, and what carries no tag: support and traffic between zones. Nobody claims the tags of `label-printer` and `returns-batch`.
 */
export function* costs(seed: number, year: Year): Generator<ExampleRecord> {
  const random = randomOf(seed, 'costs')
  const months = wholeMonths(year)
  for (const [place, { from, until }] of months.entries()) {
    const grown = place / Math.max(1, months.length - 1)
    const charge = (subject: string, service: string, amount: number, over: { tags?: Record<string, string> } = {}) => ({
      ...billed(from, until, amount),
      id: `${service} ${over.tags ? Object.values(over.tags).join(' ') : ''} ${text(from).slice(0, 7)}`.replace(/\s+/g, ' '),
      subject,
      service,
      ...over,
    })
    for (const { name, changesPerWeek } of SERVICES) {
      if (name === 'identity') continue
      for (const { service, monthly, growth } of CLOUD) {
        const size = 0.4 + changesPerWeek / 8
        yield charge(MAIN, service, monthly * size * (1 + (growth - 1) * grown) * random.between(0.95, 1.05), { tags: { app: name } })
      }
    }
    for (const { service, monthly } of CLOUD) yield charge(SIGN_IN, service, monthly * random.between(0.9, 1))
    yield charge(MAIN, 'Object storage', (2_100 + 900 * grown) * random.between(0.97, 1.03), {
      tags: { app: 'tracking-api', customer: 'post-office' },
    })
    yield charge(MAIN, 'Traffic between zones', (600 + 700 * grown) * random.between(0.9, 1.1))
    yield charge(MAIN, 'Support', 1_250)
    for (const [name, daily] of [
      ['checkout', 210_000],
      ['tracking-api', 1_400_000],
    ] as const)
      yield {
        kind: 'measurement',
        source: 'gateway',
        id: `requests/${name}/${text(from).slice(0, 7)}`,
        subject: componentRef(name),
        at: text(until - DAY),
        measure: 'requests',
        value: Math.round(((until - from) / DAY) * daily * (1 + 0.3 * grown) * random.between(0.95, 1.05)),
      }
  }
}

function billed(from: number, until: number, amount: number) {
  const cents = amount.toFixed(2)
  return {
    kind: 'cost' as const,
    source: 'cloud-bill',
    at: text(from),
    from: text(from),
    until: text(until),
    bill: `Cloud nordlys ${text(from).slice(0, 7)}`,
    currency: 'EUR',
    billed: cents,
    effective: cents,
    lines: Math.ceil(amount / 40),
    category: 'Usage',
  }
}

function wholeMonths({ from, to }: Year): { from: number; until: number }[] {
  const months: { from: number; until: number }[] = []
  const start = new Date(from)
  for (let month = start.getUTCMonth() + (start.getUTCDate() === 1 ? 0 : 1); ; month += 1) {
    const [begin, end] = [Date.UTC(start.getUTCFullYear(), month, 1), Date.UTC(start.getUTCFullYear(), month + 1, 1)]
    if (end > to) return months
    months.push({ from: begin, until: end })
  }
}
