import { DAY, HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'

/** The whole days, whole hours and single minutes that make a span: few rows of each grain. */
export interface Grains {
  days: Window[]
  hours: Window[]
  /** Parts of one hour each. */
  minutes: Window[]
}

/**
 * A span as whole days (UTC), hours and minutes. A minute belongs to the span it begins in, so spans that follow one
 * another count every minute once.
 * @param largest the largest grain there is
 */
export function grainsOf({ from, to }: Window, largest: 'day' | 'hour' = 'day'): Grains {
  const outer = { from: up(from, MINUTE), to: up(to, MINUTE) }
  const grains: Grains = { days: [], hours: [], minutes: [] }
  const hours = within(outer, HOUR)
  if (!hours) {
    // Less than an hour, or two that touch a border: cut there, so that no part is in two hours.
    const border = up(outer.from, HOUR)
    push(grains.minutes, outer.from, Math.min(border, outer.to))
    push(grains.minutes, Math.min(border, outer.to), outer.to)
    return grains
  }
  push(grains.minutes, outer.from, hours.from)
  const days = largest === 'day' ? within(hours, DAY) : null
  if (days) {
    push(grains.hours, hours.from, days.from)
    push(grains.days, days.from, days.to)
    push(grains.hours, days.to, hours.to)
  } else push(grains.hours, hours.from, hours.to)
  push(grains.minutes, hours.to, outer.to)
  return grains
}

/** The first border of a grain at or after a moment. */
export function up(at: Instant, grain: number): Instant {
  return Math.ceil(at / grain) * grain
}

/** Those of some hours, in order, that begin in a span. */
export function hoursBetween<Row extends { hour: Instant }>(rows: readonly Row[], from: Instant, to: Instant): Row[] {
  return rows.slice(firstFrom(rows, from), firstFrom(rows, to))
}

function firstFrom(rows: readonly { hour: Instant }[], from: Instant): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.hour < from) low = middle + 1
    else high = middle
  }
  return low
}

function within({ from, to }: Window, grain: number): Window | null {
  const inner = { from: up(from, grain), to: Math.floor(to / grain) * grain }
  return inner.from < inner.to ? inner : null
}

function push(windows: Window[], from: Instant, to: Instant): void {
  if (from < to) windows.push({ from, to })
}
