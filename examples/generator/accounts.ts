import { DAY, HOUR, text, weekday, type Year } from './calendar.ts'
import { type Random, randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'

const PORTAL = componentRef('customer-portal')
/** Accounts opened in the year. */
const ACCOUNTS = 400
/** Of those who booked once, the share that books again in the month after; of those, the share in the next, and so on. */
const COMES_BACK = 0.62
const STAYS = 0.9
/** Norwegian crowns a euro, about. */
const CROWNS = 11.4

/**
 * People who open an account in the portal and what becomes of them: a price, a first parcel, the parcel handed in, months
 * with more parcels, now and then money back; three in ten pay in crowns. What is planted: the share that books within a
 * week rises from under a half to two in three, and most of those who are lost are lost between the price and the first parcel.
 */
export function* accounts(seed: number, year: Year): Generator<ExampleRecord> {
  const random = randomOf(seed, 'accounts')
  const asking = randomOf(seed, 'questions')
  for (let index = 0; index < ACCOUNTS; index += 1) {
    const grown = (index + random.next()) / ACCOUNTS
    const day = year.from + Math.floor(grown * ((year.to - year.from) / DAY)) * DAY
    const opened = day + Math.round(random.between(7, 22) * 3600) * 1000
    const life = [...lifeOf(opened, 0.5 + 0.35 * grown, random)]
    for (const { name, at, amount } of [...life, ...questionsIn(life, index < ACCOUNTS / 2 ? 0.3 : 0.15, asking)]) {
      if (at >= year.to) continue
      const crowns = index % 10 < 3
      yield {
        kind: 'product_event',
        source: 'portal',
        id: `account-${index}/${name}/${text(at)}`,
        subject: PORTAL,
        at: text(at),
        name,
        actor: `account-${index}`,
        ...(amount === undefined
          ? {}
          : { revenue: { amount: Number((crowns ? amount * CROWNS : amount).toFixed(2)), currency: crowns ? 'NOK' : 'EUR' } }),
      }
    }
  }
  yield* satisfaction(seed, year)
}

interface Step {
  name: string
  at: number
  amount?: number
}

function* lifeOf(opened: number, willing: number, random: Random): Generator<Step> {
  yield { name: 'account_opened', at: opened }
  if (!random.chance(0.85)) return
  const priced = opened + Math.round(random.between(0.05, 20)) * HOUR
  yield { name: 'price_shown', at: priced }
  if (!random.chance(willing)) return
  let at = priced + Math.round(random.between(1, random.chance(0.9) ? 130 : 400)) * HOUR
  let stays = COMES_BACK
  yield* parcel(at, random)
  yield { name: 'parcel_handed_in', at: at + Math.round(random.between(2, 60)) * HOUR }
  while (random.chance(stays)) {
    at += Math.round(random.between(20, 40)) * DAY
    stays = STAYS
    yield* parcel(at, random)
  }
}

/** What they ask support about a parcel, within three days of booking it. */
function questionsIn(life: readonly Step[], share: number, random: Random): Step[] {
  return life
    .filter(({ name }) => name === 'parcel_booked')
    .flatMap(({ at }) =>
      random.chance(share) ? [{ name: 'support_asked', at: at + Math.round(random.between(1, 72) * 3600) * 1000 }] : [],
    )
}

function* parcel(at: number, random: Random): Generator<Step> {
  const amount = random.logNormal(9, 0.5)
  yield { name: 'parcel_booked', at, amount }
  if (random.chance(0.04)) yield { name: 'parcel_refunded', at: at + Math.round(random.between(1, 9)) * DAY, amount: -amount }
}

/** What people answer when asked, from 1 to 5, once a week. */
function* satisfaction(seed: number, { from, to }: Year): Generator<ExampleRecord> {
  const random = randomOf(seed, 'satisfaction')
  for (let day = from; day < to; day += DAY) {
    if (weekday(day) !== 4) continue
    yield {
      kind: 'measurement',
      source: 'survey',
      id: `business.satisfaction/${text(day).slice(0, 10)}`,
      subject: 'system:example/booking',
      at: text(day + 12 * HOUR),
      measure: 'business.satisfaction',
      value: Number((3.8 + (0.4 * (day - from)) / (to - from) + random.between(-0.1, 0.1)).toFixed(2)),
    }
  }
}
