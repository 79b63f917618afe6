import type { EntityDraft } from '../../ground/catalog/index.ts'
import type { EvidenceInput } from '../../ground/ledger/index.ts'

/** The afternoon everything but the late events is known. */
export const NOW = Date.parse('2026-04-15T12:00:00Z')
export const ZONE = 'Europe/Oslo'

/**
 * A small product, every event by hand. Oslo is an hour ahead of UTC until 29 March 2026 and two hours from then on, so
 * its weeks begin on 15 March 23:00 UTC (W1), 22 March 23:00 (W2), 29 March 22:00 (W3), 5 April 22:00 (W4) and
 * 12 April 22:00 (W5, still running).
 */
const COHORTS = `
  a1 signed_up 2026-03-15T23:00:00Z   the first moment of W1
  a1 booked    2026-03-22T22:59:59Z   a second within seven days
  a1 came_back 2026-03-24T08:00:00Z
  a1 came_back 2026-03-31T08:00:00Z
  a2 signed_up 2026-03-16T09:00:00Z
  a2 booked    2026-03-23T09:00:00Z   seven days to the second: too late
  a2 came_back 2026-03-25T08:00:00Z
  a2 came_back 2026-03-26T08:00:00Z   twice in one week counts once
  a3 booked    2026-03-17T08:00:00Z   before the sign-up: does not count
  a3 signed_up 2026-03-17T09:00:00Z
  a3 came_back 2026-03-30T08:00:00Z
  a3 came_back 2026-04-07T08:00:00Z
  a4 signed_up 2026-03-18T09:00:00Z
  a4 booked    2026-03-18T10:00:00Z
  a4 came_back 2026-04-08T08:00:00Z
  a5 signed_up 2026-03-19T09:00:00Z
  a5 came_back 2026-03-20T08:00:00Z   in the week of the sign-up: not back yet
  a6 signed_up 2026-03-22T22:59:59Z   the last second of W1
  a6 signed_up 2026-04-01T09:00:00Z   again: the first one counts
  b1 signed_up 2026-03-22T23:00:00Z   the first moment of W2
  b1 came_back 2026-03-29T22:00:00Z   the first moment of W3, a Sunday in UTC
  b2 signed_up 2026-03-23T09:00:00Z
  b2 came_back 2026-03-29T21:59:59Z   the last second of W2: not back yet
  b3 signed_up 2026-03-24T09:00:00Z
  b3 came_back 2026-04-06T08:00:00Z
  b4 signed_up 2026-03-25T09:00:00Z
  b5 signed_up 2026-03-29T21:59:59Z   the last second of W2, which has lost an hour
  c1 signed_up 2026-03-29T22:00:00Z   the first moment of W3
  c1 came_back 2026-04-06T08:00:00Z
  c2 came_back 2026-03-30T08:00:00Z   before the sign-up
  c2 signed_up 2026-03-31T09:00:00Z
  c3 signed_up 2026-04-01T09:00:00Z
  c4 signed_up 2026-04-02T09:00:00Z
  c5 signed_up 2026-04-03T09:00:00Z
  d1 signed_up 2026-04-08T12:00:00Z   its seven days end just now
  d1 booked    2026-04-09T12:00:00Z
  d2 signed_up 2026-04-08T12:00:01Z   its seven days end a second from now
  d2 booked    2026-04-09T12:00:00Z   so this does not count yet
  d3 signed_up 2026-04-09T12:00:00Z
  e1 signed_up 2026-04-13T12:00:00Z
  e2 signed_up 2026-04-13T12:00:00Z
  e3 signed_up 2026-04-13T12:00:00Z
  e4 signed_up 2026-04-13T12:00:00Z
  e5 signed_up 2026-04-13T12:00:00Z`

/** April begins in Oslo on 31 March 22:00 UTC. */
const MONEY = `
  p1 paid     2026-04-02T08:00:00Z  20 EUR
  p1 refunded 2026-04-03T08:00:00Z  -5 EUR
  p2 paid     2026-04-04T08:00:00Z  10.10 EUR
  p2 paid     2026-04-04T09:00:00Z  0.20 EUR
  p3 paid     2026-04-05T08:00:00Z  100 NOK
  p4 refunded 2026-04-06T08:00:00Z  -7 EUR     never paid: gives back what was not taken
  p5 paid     2026-03-31T21:59:59Z  30 EUR     March in Oslo
  p5 refunded 2026-04-07T08:00:00Z  -30 EUR    given back in April, so April's money
  p6 paid     2026-03-31T22:00:00Z  15 EUR     April in Oslo, March in UTC
  p1 opened   2026-04-02T08:00:00Z
  p2 opened   2026-04-02T08:00:00Z
  p3 opened   2026-04-02T08:00:00Z
  p8 opened   2026-04-30T21:59:59Z  after now: has not happened
  p9 opened   2026-04-12T08:00:00Z`

const FUNNEL = `
  f1 viewed 2026-04-01T10:00:00Z
  f1 carted 2026-04-01T10:05:00Z
  f1 bought 2026-04-01T10:10:00Z
  f2 viewed 2026-04-01T10:00:00Z
  f2 bought 2026-04-01T10:10:00Z  without the step between
  f3 carted 2026-04-01T09:00:00Z  out of order
  f3 viewed 2026-04-01T10:00:00Z
  f3 bought 2026-04-01T10:10:00Z
  f4 viewed 2026-04-01T10:00:00Z
  f4 carted 2026-04-02T11:00:00Z  too late for the first attempt
  f4 viewed 2026-04-03T10:00:00Z
  f4 carted 2026-04-03T11:00:00Z
  f4 bought 2026-04-03T12:00:00Z  the second gets through
  f5 viewed 2026-04-01T10:00:00Z
  f5 carted 2026-04-01T11:00:00Z
  f6 viewed 2026-04-15T11:00:00Z  still has time
  f7 viewed 2026-04-01T10:00:00Z
  f7 carted 2026-04-01T10:00:00Z  in the same moment: in order
  f7 bought 2026-04-02T10:00:00Z  a day to the second: too late`

/** What arrives an hour after NOW, of days long gone. */
const LATE_COHORTS = 'b4 came_back 2026-03-31T08:00:00Z'
const LATE_MONEY = 'p7 paid 2026-04-08T08:00:00Z 12 EUR'
const LATE_FUNNEL = 'f2 carted 2026-04-01T10:05:00Z'

function eventsOf(component: string, table: string): EvidenceInput[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [actor, name, at, amount, currency] = line.split(/\s+/)
      return {
        kind: 'product_event',
        source: 'app',
        id: `${actor}/${name}/${at}`,
        subject: `component:default/${component}`,
        at: at!,
        name: name!,
        actor: actor!,
        ...(/^[A-Z]{3}$/.test(currency ?? '') ? { revenue: { amount: Number(amount), currency: currency! } } : {}),
      }
    })
}

export const onTime = [...eventsOf('app', COHORTS), ...eventsOf('shop', MONEY), ...eventsOf('web', FUNNEL)]
export const late = [...eventsOf('app', LATE_COHORTS), ...eventsOf('shop', LATE_MONEY), ...eventsOf('web', LATE_FUNNEL)]

function measure(name: string, source: Record<string, unknown>, unit = 'ratio'): EntityDraft {
  return { apiVersion: 'throughline.dev/v1', kind: 'Measure', metadata: { name }, spec: { question: `What is ${name}?`, unit, source } }
}

export const measures: EntityDraft[] = [
  measure('app.activation', { kind: 'activation', start: 'signed_up', value: 'booked', within: '7d' }),
  measure('app.retention', { kind: 'retention', start: 'signed_up', return: 'came_back', interval: 'week', zone: ZONE }),
  measure('shop.eur_per_payer', { kind: 'revenue_per_user', currency: 'EUR', per: 'paying' }, 'EUR'),
  measure('shop.nok_per_payer', { kind: 'revenue_per_user', currency: 'NOK', per: 'paying' }, 'NOK'),
  measure('shop.eur_per_active', { kind: 'revenue_per_user', currency: 'EUR', per: 'active', active: 'opened' }, 'EUR'),
  measure('web.purchase', { kind: 'funnel', steps: ['viewed', 'carted', 'bought'], within: '1d' }),
]
