import { formatQuantity, parseQuantity, type Result, ok, type Unit } from '../../../ground/core/index.ts'
import type { QuantityWritten } from '../intent/fields.ts'

/** A bound on a value, in the unit of its measure. */
export interface Limit {
  side: 'most' | 'least'
  bound: number
}

/** Reads `atMost` or `atLeast` in the measure's unit; a refusal when the quantity does not fit it. */
export function limitOf(stated: { atMost?: QuantityWritten; atLeast?: QuantityWritten }, unit: Unit): Result<Limit | null> {
  const side = stated.atMost !== undefined ? 'most' : 'least'
  const text = stated.atMost ?? stated.atLeast
  if (text === undefined) return ok(null)
  const bound = parseQuantity(text, unit)
  return bound.ok ? ok({ side, bound: bound.value }) : bound
}

export function keeps(limit: Limit, value: number): boolean {
  return limit.side === 'most' ? value <= limit.bound : value >= limit.bound
}

/** "at most 400 lines" */
export function limitWords(limit: Limit, unit: Unit): string {
  return `at ${limit.side} ${formatQuantity(limit.bound, unit)}`
}
