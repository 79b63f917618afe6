import { DAY, HOUR, text, weekday, type Year } from './calendar.ts'
import { moversOf, QUESTIONS_AFTER_DAYS } from './movers.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import { serviceLevels } from './service-levels.ts'
import type { Truth } from './truth.ts'

const BOOKING = 'system:example/booking'
const ROUTING = 'system:example/routing'
const DEPOT = 'system:example/depot'
const PORTAL = 'component:example/customer-portal'

/** Days of which it is told what a minute earns. */
const EARNINGS_DAYS = 60

/** What other systems count: the business day by day, service levels hour by hour. Nobody counts `cost.per_parcel`. */
export function* signals(seed: number, year: Year, now: number, truth: Truth): Generator<ExampleRecord> {
  yield* business(seed, year)
  yield* serviceLevels(seed, year, now, truth)
}

function* business(seed: number, { from, to }: Year): Generator<ExampleRecord> {
  const random = randomOf(seed, 'business')
  const measured = (measure: string, subject: string, at: number, value: number): ExampleRecord => ({
    kind: 'measurement',
    source: 'warehouse',
    id: `${measure}/${text(at).slice(0, 10)}`,
    subject,
    at: text(at),
    measure,
    value,
  })
  const { lateScans, booking, helpOpened } = moversOf(seed, { from, to })
  for (let day = from, index = 0; day < to; day += DAY, index += 1) {
    const grown = (day - from) / (to - from)
    const rhythm = [1.08, 1.04, 1, 1.02, 1.06, 0.9, 0.9][weekday(day)]!
    const parcels = Math.round((42_000 + 16_000 * grown) * rhythm * random.between(0.97, 1.03))
    const late = (lateScans[index - QUESTIONS_AFTER_DAYS] ?? 0.045) - 0.045
    yield measured('business.parcels_per_day', BOOKING, day + 23 * HOUR, parcels)
    yield measured(
      'business.support_contacts',
      BOOKING,
      day + 23 * HOUR,
      Math.round((900 - 250 * grown) * rhythm * random.between(0.9, 1.1) + 4_500 * late),
    )
    yield measured('business.portal_visits', PORTAL, day + 23 * HOUR, Math.round(parcels / booking[index]!))
    yield measured('depot.late_scans', DEPOT, day + 22 * HOUR, lateScans[index]!)
    if (day >= to - EARNINGS_DAYS * DAY)
      yield measured('business.revenue_per_minute', BOOKING, day + 23 * HOUR, Number(((parcels * 4.9) / 1440).toFixed(2)))
    if (weekday(day) === 6)
      yield measured(
        'fleet.electric_share',
        ROUTING,
        day + 12 * HOUR,
        Number((0.18 + 0.13 * grown + random.between(-0.005, 0.005)).toFixed(3)),
      )
  }
  for (const { day, opened } of helpOpened) yield measured('business.help_opened', PORTAL, day, opened)
}

/** What customers do in the portal; fills the wished number of records. */
export function* customers(seed: number, year: Year, count: number): Generator<ExampleRecord> {
  const random = randomOf(seed, 'customers')
  const names = ['parcel_booked', 'label_printed', 'tracking_viewed', 'tracking_viewed', 'tracking_viewed', 'address_saved']
  for (let index = 0; index < count; index += 1) {
    const day = year.from + Math.floor(((index + 0.5) / count) * 365) * DAY
    const at = day + Math.round(random.between(6, 23) * 3600) * 1000
    const name = random.pick(names)
    const actor = `customer-${Math.floor(random.next() ** 2 * 4_000)}`
    yield {
      kind: 'product_event',
      source: 'portal',
      id: `event-${index}`,
      subject: componentRef('customer-portal'),
      at: text(at),
      name,
      actor,
      ...(name === 'parcel_booked' ? { revenue: { amount: Number(random.logNormal(9, 0.5).toFixed(2)), currency: 'EUR' } } : {}),
    }
  }
}
