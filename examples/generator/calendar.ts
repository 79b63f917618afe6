import type { Random } from './random.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The year the example tells: from a midnight 365 days before, to the midnight before "now" (UTC). */
export interface Year {
  from: number
  to: number
}

export function yearBefore(now: number): Year {
  const to = Math.floor(now / DAY) * DAY
  return { from: to - 365 * DAY, to }
}

/** 0 is Monday. */
export function weekday(at: number): number {
  return (Math.floor(at / DAY) + 3) % 7
}

/** How much of an average working day's work begins on a day: less on Fridays, hardly any at weekends. */
export function workRhythm(day: number): number {
  return [0.95, 1.1, 1.1, 1.05, 0.8, 0.04, 0.02][weekday(day)]!
}

/** A moment in the working hours of a day, whole minutes. */
export function workingMoment(day: number, random: Random): number {
  return Math.floor(day / DAY) * DAY + Math.round(random.between(7.5, 16.5) * 60) * MINUTE
}

/** The moment itself when people work then, otherwise in the next working hours. */
export function whenPeopleWork(at: number, random: Random): number {
  const day = Math.floor(at / DAY) * DAY
  const hour = (at - day) / HOUR
  if (weekday(day) < 5 && hour >= 7 && hour < 18) return Math.floor(at / MINUTE) * MINUTE
  let next = hour >= 18 || weekday(day) > 4 ? day + DAY : day
  while (weekday(next) > 4) next += DAY
  return next + Math.round(random.between(7, 11) * 60) * MINUTE
}

export function text(at: number): string {
  return new Date(at).toISOString()
}
