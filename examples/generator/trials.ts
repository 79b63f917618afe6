import { DAY, text, type Year } from './calendar.ts'
import { randomOf } from './random.ts'
import { componentRef, type ExampleRecord } from './record.ts'

interface Trial {
  measure: string
  source: string
  component: string
  dimension: string
  /** Days before the end of the year, as in company/experiments.yaml. */
  from: number
  to: number
  arms: readonly { value: string; middle: number; spread: number }[]
  perDay: number
  digits: number
  /** What everybody got afterwards, and how often it is still looked at in a day. */
  afterwards?: { arm: number; perDay: number }
}

/**
 * What is tried, an arm beside the other. Planted: one page books half a minute faster than five steps, and that is seen well
 * before the end; a map beside the parcel is still running, and so far nobody can tell whether it saves looking again.
 */
const TRIALS: readonly Trial[] = [
  {
    measure: 'business.booking_time',
    source: 'portal',
    component: 'customer-portal',
    dimension: 'form',
    from: 70,
    to: 42,
    arms: [
      { value: 'five-steps', middle: 190, spread: 0.35 },
      { value: 'one-page', middle: 158, spread: 0.35 },
    ],
    perDay: 6,
    digits: 0,
    afterwards: { arm: 1, perDay: 2 },
  },
  {
    measure: 'business.looks_per_parcel',
    source: 'portal',
    component: 'tracking-web',
    dimension: 'page',
    from: 12,
    to: 0,
    arms: [
      { value: 'list', middle: 3.1, spread: 0.4 },
      { value: 'map', middle: 3, spread: 0.4 },
    ],
    perDay: 8,
    digits: 1,
  },
]

/** The values of the trials, each with the arm it belongs to. */
export function* trials(seed: number, year: Year): Generator<ExampleRecord> {
  for (const trial of TRIALS) {
    const random = randomOf(seed, `trial ${trial.measure}`)
    const [begins, ends] = [year.to - trial.from * DAY, year.to - trial.to * DAY]
    for (let day = begins; day < year.to; day += DAY) {
      const over = day >= ends
      const arms = over ? (trial.afterwards ? [trial.arms[trial.afterwards.arm]!] : []) : trial.arms
      for (const arm of arms)
        for (let index = 0; index < (over ? trial.afterwards!.perDay : trial.perDay); index += 1)
          yield {
            kind: 'measurement',
            source: trial.source,
            id: `${trial.measure}/${arm.value}/${text(day).slice(0, 10)}/${index}`,
            subject: componentRef(trial.component),
            at: text(day + Math.round(random.between(7, 22) * 3600) * 1000),
            measure: trial.measure,
            value: Number(random.logNormal(arm.middle, arm.spread).toFixed(trial.digits)),
            dimensions: { [trial.dimension]: arm.value },
          }
    }
  }
}
