import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { hourOf } from '../evidence/index.ts'
import { type Grains, grainsOf } from './grain.ts'

/** What is read of an indicator to answer for some spans: each row once, however many spans it is in. */
export interface Shape {
  spans: readonly Grains[]
  /** Spans of whole days that are summed up where they are, apart from each other; the spans asked for are made of them. */
  days: Window[]
  /** The same of many hours. */
  sums: Window[]
  /** Spans of few hours, each read with its hours. */
  hours: Window[]
  /** Hours of which minutes are read, and which: `from` is the first place, `to` the one after the last. */
  minutes: Map<Instant, Places> | 'all'
}

export interface Places {
  from: number
  to: number
}

/** Reading a few hours more takes less than looking up others. */
const NEAR = 2 * HOUR
/** From so many hours on it takes less to look them up apart and add them up there than to read each. */
const MANY = 6 * HOUR

/** @param hourByHour reads every hour, none of them and no day summed up */
export function shapeOf(spans: readonly Window[], { hourByHour }: { hourByHour: boolean }): Shape {
  const grains = spans.map((span) => grainsOf(span, hourByHour ? 'hour' : 'day'))
  const minutes = new Map<Instant, Places>()
  for (const { from, to } of grains.flatMap((one) => one.minutes)) {
    const hour = hourOf(from)
    const known = minutes.get(hour) ?? { from: HOUR / MINUTE, to: 0 }
    minutes.set(hour, { from: Math.min(known.from, (from - hour) / MINUTE), to: Math.max(known.to, (to - hour) / MINUTE) })
  }
  const borders = [...minutes.keys()].map((hour) => ({ from: hour, to: hour + HOUR }))
  const hours = grains.flatMap((one) => one.hours)
  const { many = [], few = [] } = hourByHour
    ? { few: hours }
    : Object.groupBy(apart(hours, borders), ({ from, to }) => (to - from >= MANY ? 'many' : 'few'))
  return { spans: grains, days: apart(grains.flatMap(({ days }) => days)), sums: many, hours: joined([...few, ...borders]), minutes }
}

/** All minutes of some spans. */
export function everyMinute(spans: readonly Window[]): Shape {
  const hours = spans.filter(({ from, to }) => from < to).map(({ from, to }) => ({ from: hourOf(from), to }))
  return { spans: [], days: [], sums: [], hours: joined(hours), minutes: 'all' }
}

/** Spans cut at each other's borders, and at those of others, each part once. */
function apart(spans: readonly Window[], others: readonly Window[] = []): Window[] {
  const borders = [...new Set([...spans, ...others].flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  return borders.slice(1).flatMap((to, place) => {
    const part = { from: borders[place]!, to }
    return spans.some((span) => isIn(part, span)) ? [part] : []
  })
}

export function isIn({ from, to }: Window, span: Window): boolean {
  return from >= span.from && to <= span.to
}

function joined(spans: readonly Window[]): Window[] {
  const reads: Window[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = reads.at(-1)
    if (last && from <= last.to + NEAR) last.to = Math.max(last.to, to)
    else reads.push({ from, to })
  }
  return reads
}
