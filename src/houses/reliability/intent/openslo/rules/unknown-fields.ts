import * as z from 'zod'
import { nearestWord } from '../../../../../ground/core/index.ts'
import { type Finding, strictly } from './finding.ts'

/**
 * Fields a shape does not know, however deep: kept, and read by nobody. `oslo` refuses them.
 * @param value read by the shape before
 */
export function unknownFields(shape: z.core.$ZodType, value: unknown, path: string): Finding[] {
  if (value === undefined || value === null) return []
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable) return unknownFields(shape.unwrap(), value, path)
  if (shape instanceof z.ZodArray) return (value as unknown[]).flatMap((item, n) => unknownFields(shape.element, item, `${path}.${n}`))
  if (!(shape instanceof z.ZodObject)) return []
  const known = shape.shape as Record<string, z.core.$ZodType>
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    Object.hasOwn(known, key) ? unknownFields(known[key]!, inner, `${path}.${key}`) : [unknownField(key, path, Object.keys(known))],
  )
}

/** Fields that are often written one level too deep. */
const ELSEWHERE: Record<string, string> = {
  timeWindow: 'spec',
  alertPolicies: 'spec',
  budgetingMethod: 'spec',
  service: 'spec',
  annotations: 'metadata',
  labels: 'metadata',
}

function unknownField(key: string, path: string, known: readonly string[]): Finding {
  const near = ELSEWHERE[key] ? null : nearestWord(key, known)
  return strictly(
    'unknown_field',
    `${path}.${key}`,
    `${path} has no field "${key.slice(0, 60)}" in OpenSLO v1; nothing reads it`,
    near
      ? `Did you mean ${near}?`
      : ELSEWHERE[key] && ELSEWHERE[key] !== path
        ? `Move it to ${ELSEWHERE[key]}.`
        : 'Remove it, or keep it in metadata.annotations.',
  )
}
