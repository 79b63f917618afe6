import { HOUR, type Instant, MINUTE, type Ref } from '../../../ground/core/index.ts'
import type { CountedSamples, SampleCount } from '../../../ground/ledger/index.ts'
import { spread } from './spread.ts'

/** One hour of one indicator: a slot a minute, null where nothing was said, and what it holds beside them. */
export interface HourSlots {
  subject: Ref
  indicator: string
  hour: Instant
  good: (number | null)[]
  total: (number | null)[]
  /** Events of samples that were forgotten: nobody knows of which minutes. */
  rest: { good: number; total: number }
}

/** Hours by subject, indicator and hour. */
export class Hours {
  readonly #hours = new Map<string, HourSlots>()

  add(which: { subject: Ref; indicator: string }, sample: SampleCount): void {
    for (const { minute, good, total } of spread(sample)) {
      const hour = hourOf(minute)
      const slots = this.#at(which, hour)
      const place = (minute - hour) / MINUTE
      while (slots.total.length <= place) {
        slots.good.push(null)
        slots.total.push(null)
      }
      slots.good[place] = (slots.good[place] ?? 0) + good
      slots.total[place] = (slots.total[place] ?? 0) + total
    }
  }

  addAll({ counts, forgotten, ...which }: CountedSamples): void {
    for (const sample of counts) this.add(which, sample)
    for (const { hour, good, total } of forgotten) {
      const { rest } = this.#at(which, hour)
      rest.good += good
      rest.total += total
    }
  }

  get(subject: Ref, indicator: string, hour: Instant): HourSlots | undefined {
    return this.#hours.get(keyOf(subject, indicator, hour))
  }

  all(): HourSlots[] {
    return [...this.#hours.values()]
  }

  #at({ subject, indicator }: { subject: Ref; indicator: string }, hour: Instant): HourSlots {
    const key = keyOf(subject, indicator, hour)
    let slots = this.#hours.get(key)
    if (!slots) this.#hours.set(key, (slots = { subject, indicator, hour, good: [], total: [], rest: { good: 0, total: 0 } }))
    return slots
  }
}

export function keyOf(subject: Ref, indicator: string, hour: Instant): string {
  return `${hour}\n${subject}\n${indicator}`
}

export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR
}

/** How large the counts of an hour are: the columns its slots are kept in. */
export type SlotSize = 'small' | 'whole' | 'exact'

/** The largest count of a small slot: a `smallint` of PostgreSQL. */
export const LARGEST_SMALL = 2 ** 15 - 1
/** A count below which two of them added still are an integer of PostgreSQL. */
const LARGEST_WHOLE = 2 ** 30

/** The least size that every slot fits in; others are added to small and whole ones, never to exact ones. */
export function sizeOf({ good, total }: Pick<HourSlots, 'good' | 'total'>): SlotSize {
  let largest = 0
  for (const slots of [good, total])
    for (const value of slots) {
      if (value === null) continue
      if (!Number.isInteger(value)) return 'exact'
      if (Math.abs(value) > largest) largest = Math.abs(value)
    }
  return largest <= LARGEST_SMALL ? 'small' : largest < LARGEST_WHOLE ? 'whole' : 'exact'
}

/** Sums of an hour, in order of its minutes: the same to the last digit however its samples arrived. */
export function sumsOfHour({ good, total, rest }: HourSlots): { good: number; total: number; minutes: number; until: number } {
  let minutes = 0
  for (const value of total) if (value !== null) minutes += 1
  return { good: sum(good) + rest.good, total: sum(total) + rest.total, minutes, until: total.length }
}

/** Whether a minute may have lost more than the hour: one has more good events than all, or some events are of no known minute. */
export function hasMoreGood({ good, total, rest }: HourSlots): boolean {
  return rest.total !== 0 || rest.good !== 0 || good.some((value, place) => (value ?? 0) > (total[place] ?? 0))
}

function sum(values: readonly (number | null)[]): number {
  let all = 0
  for (const value of values) if (value !== null) all += value
  return all
}
