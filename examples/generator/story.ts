import { weekday } from './calendar.ts'
import type { Service } from './services.ts'

/** What the planted story makes of a service on a day. All times are counted back from "now". */
export interface Chapter {
  /** Median days from the first commit to the merge. */
  mergeDays: number
  /** Part of that spent waiting for a first review. */
  reviewWait: number
  /** Weekdays on which it is deployed, 0 is Monday. */
  deploysOn: readonly number[]
  /** Share of its planned deployments that fail. */
  fails: number
  /** Median hours until users are well again. */
  recoveryHours: number
}

const DAILY = [0, 1, 2, 3, 4]

/** When the target of "Tracking gets better every day" was due, in days before now; the relapse begins then. */
export const TRACKING_DUE = 30
/** The bad quarter of the depots. */
export const BAD_QUARTER = { from: 270, to: 180 }
/** Lead time of booking begins to fall. */
export const BOOKING_BASELINE = 180

/**
 * The planted truths, as parameters.
 * @param daysAgo days before the end of the story
 */
export function chapterOf(service: Service, daysAgo: number): Chapter {
  const usual: Chapter = { mergeDays: 1.6, reviewWait: 0.3, deploysOn: DAILY, fails: 0.06, recoveryHours: 2 }
  switch (service.system) {
    case 'booking': {
      const mergeDays = daysAgo >= BOOKING_BASELINE ? 4.6 : 1.5 + (3.1 * daysAgo) / BOOKING_BASELINE
      return { ...usual, mergeDays, fails: 0.08 }
    }
    case 'routing':
      return { ...usual, mergeDays: 4.4, reviewWait: 0.65, deploysOn: [1, 3], fails: 0.1, recoveryHours: 3 }
    case 'payments':
      return { ...usual, mergeDays: 2.1, deploysOn: service.name === 'payments' ? [0, 2, 4] : [1, 3], fails: 0.34, recoveryHours: 3 }
    case 'tracking':
      return { ...usual, mergeDays: 0.8, deploysOn: daysAgo <= TRACKING_DUE ? [1] : DAILY, fails: 0.04 }
    case 'depot': {
      const bad = daysAgo <= BAD_QUARTER.from && daysAgo > BAD_QUARTER.to
      const sorting = service.name === 'sorting'
      return {
        ...usual,
        mergeDays: sorting ? 5 : 2.4,
        deploysOn: sorting ? [0, 1, 3] : [1, 2, 4],
        fails: bad ? 0.5 : 0.1,
        recoveryHours: sorting ? 9 : 3,
      }
    }
    case 'platform':
      return {
        ...usual,
        mergeDays: 0.7,
        deploysOn: service.name === 'identity' ? DAILY : [2, 4],
        fails: service.name === 'identity' ? 0 : 0.05,
      }
    default:
      return { ...usual, deploysOn: [3], fails: 0 }
  }
}

export function isDeployDay(service: Service, day: number, daysAgo: number): boolean {
  return chapterOf(service, daysAgo).deploysOn.includes(weekday(day))
}
