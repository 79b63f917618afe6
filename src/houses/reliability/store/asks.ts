import { type Instant, type Ref, type Window } from '../../../ground/core/index.ts'
import { instantText } from '../../../ground/store/index.ts'
import type { Slo } from '../intent/model.ts'

/** One indicator of one subject. */
export interface SliAsk {
  subject: Ref
  indicator: string
}

/** What an indicator counted in a span. */
export interface SliSums {
  good: number
  total: number
  /** Minutes of which something was said. */
  minutes: number
  /** End of the last of them; null where nothing was said at all. */
  lastAt: Instant | null
  /** Set where the minutes at a border are not known: they have their share of the hour. */
  grain?: 'hour'
}

/** A span, as known at a moment (null: now). */
export interface KnownSpan extends Window {
  asOf: Instant | null
}

/** One indicator in one such span. */
export interface SpanAsk extends SliAsk, KnownSpan {}

export function nameOf({ subject, indicator }: SliAsk): string {
  return `${subject}\n${indicator}`
}

/** A promise, held against what is known at a moment (null: now). */
export interface KnownSlo {
  slo: Slo
  asOf: Instant | null
}

/** Such a moment in a row of JSON. */
export function momentText(asOf: Instant | null): string {
  return asOf === null ? 'infinity' : instantText(asOf)
}

export const NO_SUMS: SliSums = { good: 0, total: 0, minutes: 0, lastAt: null }

/** Sums without the last digits that depend on the order in which fractions are added; whole numbers stay as they are. */
export function rounded<T extends { good: number; total: number }>(sums: T): T {
  return { ...sums, good: digits(sums.good), total: digits(sums.total) }
}

function digits(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12))
}
