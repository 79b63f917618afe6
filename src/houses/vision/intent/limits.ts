import type { Entity } from '../../../ground/catalog/index.ts'
import { refNamespace, type Ref, toRef } from '../../../ground/core/index.ts'
import type { Quantile, QuantityWritten } from './fields.ts'

/** A limit on a measure as a decision or investment states it. */
export interface LimitIntent {
  measure: string
  quantile?: Quantile
  /** A ref, or `namespace:<name>`: all of its own namespace when the record names none. */
  subject: string
  atMost?: QuantityWritten
  atLeast?: QuantityWritten
}

/** The limits listed in a field of an entity with whatever else each states; what names no measure is left out. */
export function limitsIn(entity: Entity, field: string): { limit: LimitIntent; stated: Record<string, unknown> }[] {
  const list = Array.isArray(entity.spec[field]) ? (entity.spec[field] as unknown[]) : []
  return list.flatMap((item) => {
    if (typeof item !== 'object' || item === null || !('measure' in item) || typeof item.measure !== 'string') return []
    const stated = item as { measure: string } & Record<string, unknown>
    const { measure, subject, quantile, atMost, atLeast } = stated
    const limit = {
      measure,
      subject: about(subject, entity),
      quantile: isQuantile(quantile) ? quantile : undefined,
      atMost: quantity(atMost),
      atLeast: quantity(atLeast),
    }
    return [{ limit, stated }]
  })
}

function about(subject: unknown, entity: Entity): string {
  const everything = `namespace:${refNamespace(entity.ref)}`
  if (typeof subject !== 'string') return everything
  return subject.startsWith('namespace:') ? subject : (full(subject, 'component', entity)[0] ?? everything)
}

/** A reference in full, or nothing where it is none. */
export function full(text: string, kind: string, entity: Entity): Ref[] {
  const read = toRef(text, { kind, namespace: refNamespace(entity.ref) })
  return read.ok ? [read.value] : []
}

function isQuantile(value: unknown): value is Quantile {
  return value === 'p50' || value === 'p75' || value === 'p90'
}

function quantity(value: unknown): QuantityWritten | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}
