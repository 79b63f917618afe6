import { type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'

/** Good and total events of each minute from a moment on; NaN where nothing was said. */
export interface Minutes {
  from: Instant
  good: Float64Array
  total: Float64Array
  /** Before it some minutes are not known: the events of their hours are spread evenly over them. */
  spreadUntil?: Instant
}

/** Good and total events of a span, in how many of its minutes something was said, and how many it has. */
export interface Counted {
  good: number
  total: number
  /** Minutes of which something was said. */
  said: number
  /** Minutes that count: all but those that were cut out. */
  of: number
}

export const NOTHING_COUNTED: Counted = { good: 0, total: 0, said: 0, of: 0 }

export function addCounted(a: Counted, b: Counted): Counted {
  return { good: a.good + b.good, total: a.total + b.total, said: a.said + b.said, of: a.of + b.of }
}

/** Minutes that begin in a span. */
export function minutesIn({ from, to }: Window): number {
  return Math.max(0, Math.ceil(to / MINUTE) - Math.ceil(from / MINUTE))
}

/** What is left of a span without others, which may overlap: in order. */
export function without(span: Window, cuts: readonly Window[]): Window[] {
  let { from } = span
  const left: Window[] = []
  for (const cut of cuts.toSorted((a, b) => a.from - b.from)) {
    if (cut.to <= from || cut.from >= span.to) continue
    if (cut.from > from) left.push({ from, to: cut.from })
    from = cut.to
  }
  if (from < span.to) left.push({ from, to: span.to })
  return left
}

/** Counts the minutes that begin in some spans. */
export function countIn(minutes: Minutes, spans: readonly Window[]): Counted {
  const counted = { ...NOTHING_COUNTED }
  for (const span of spans) {
    counted.of += minutesIn(span)
    const end = Math.min(minutes.total.length, (Math.ceil(span.to / MINUTE) * MINUTE - minutes.from) / MINUTE)
    for (let place = Math.max(0, (Math.ceil(span.from / MINUTE) * MINUTE - minutes.from) / MINUTE); place < end; place++) {
      const total = minutes.total[place]!
      if (Number.isNaN(total)) continue
      counted.total += total
      counted.good += minutes.good[place]!
      counted.said += 1
    }
  }
  return counted
}
