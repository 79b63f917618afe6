import { DAY, HOUR, text, weekday, type Year } from './calendar.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'

/** Two investments finished on one day, on which browsers of everybody began to load more slowly as well. */
export const FINISHED_DAYS_AGO = 126
/** What that day did to everybody's pages. */
const SHOCK = 1.25
/** What the investments truly did, by component; `company/finished-investments.yaml` hopes for more of the second. */
export const PAGE_EFFECTS: Readonly<Record<string, number>> = { 'customer-portal': -0.25, payments: 0 }

const PAGES = {
  'customer-portal': 3.2,
  payments: 2.4,
  checkout: 1.9,
  pricing: 1.6,
  invoicing: 3.6,
  'tracking-web': 2.1,
  notifications: 1.3,
}
const MEMORY = 0.3
const SCATTER = 0.08

/** How long pages take until they show, week by week. */
export function* pageSpeed(seed: number, { from, to }: Year): Generator<ExampleRecord> {
  const finished = to - FINISHED_DAYS_AGO * DAY
  for (const [component, usual] of Object.entries(PAGES)) {
    const random = randomOf(seed, `pages of ${component}`)
    let rest = 0
    for (let day = from; day < to; day += DAY) {
      if (weekday(day) !== 6) continue
      rest = MEMORY * rest + Math.log(random.logNormal(1, SCATTER))
      const since = day >= finished ? SHOCK * (1 + (PAGE_EFFECTS[component] ?? 0)) : 1
      const at = text(day + 20 * HOUR)
      yield {
        kind: 'measurement',
        source: 'browsers',
        id: `pages/${component}/${at.slice(0, 10)}`,
        subject: componentRef(component),
        at,
        measure: 'web.page_seconds',
        value: Number((usual * since * Math.exp(rest)).toFixed(2)),
      }
    }
  }
}
