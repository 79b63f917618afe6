import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { hourOf } from '../evidence/index.ts'
import { type Grains, grainsOf } from './grain.ts'

/** What is read of an indicator to answer for some spans: each row once, however many spans it is in. */
export interface Shape {
  spans: readonly Grains[]
  /** Summed up where they are. */
  days: Window[]
  /** Read hour by hour, each a look-up. */
  hours: Window[]
  /** Hours of which minutes are read, and which: `from` is the first place, `to` the one after the last. */
  minutes: Map<Instant, Places> | 'all'
}

export interface Places {
  from: number
  to: number
}

/** Reading a few hours more takes less than looking up others. */
const NEAR = 4 * HOUR

export function shapeOf(spans: readonly Window[], largest: 'day' | 'hour'): Shape {
  const grains = spans.map((span) => grainsOf(span, largest))
  const minutes = new Map<Instant, Places>()
  for (const { from, to } of grains.flatMap((one) => one.minutes)) {
    const hour = hourOf(from)
    const known = minutes.get(hour) ?? { from: HOUR / MINUTE, to: 0 }
    minutes.set(hour, { from: Math.min(known.from, (from - hour) / MINUTE), to: Math.max(known.to, (to - hour) / MINUTE) })
  }
  const borders = [...minutes.keys()].map((hour) => ({ from: hour, to: hour + HOUR }))
  return {
    spans: grains,
    days: [...new Map(grains.flatMap(({ days }) => days).map((span) => [`${span.from}/${span.to}`, span])).values()],
    hours: joined([...grains.flatMap(({ hours }) => hours), ...borders]),
    minutes,
  }
}

/** All minutes of a span. */
export function everyMinute({ from, to }: Window): Shape {
  return { spans: [], days: [], hours: from < to ? [{ from: hourOf(from), to }] : [], minutes: 'all' }
}

function joined(spans: readonly Window[]): Window[] {
  const apart: Window[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last && from <= last.to + NEAR) last.to = Math.max(last.to, to)
    else apart.push({ from, to })
  }
  return apart
}
