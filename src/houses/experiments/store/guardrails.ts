import { parseQuantity, type Reading, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { ExperimentSpec } from '../intent.ts'
import type { Span } from './arms.ts'

export interface GuardrailRead {
  measure: string
  reading: Reading
  atMost: number | null
  atLeast: number | null
  /** The limit as it was written. */
  limit: string
}

/** What the guardrails came to since the start, beside their limits. A limit that cannot be read in the unit is told. */
export async function guardrailsOf(
  ref: string,
  { guardrails, arms: { treatment } }: ExperimentSpec,
  { start, until, at, asOf }: Span,
  { measures }: Pick<Ground, 'measures'>,
  reservations: string[],
): Promise<GuardrailRead[]> {
  if (until <= start) return []
  return Promise.all(
    guardrails.map(async ({ measure, subject, atMost, atLeast }) => {
      const about = subject ?? treatment.subject ?? `namespace:${refNamespace(ref)}`
      const reading = await measures.read({ measure, subject: about, from: start, to: until, at, asOf })
      if (reading.value === null) reservations.push(`the guardrail ${measure} is unknown: ${reading.unknown?.why ?? 'no data'}`)
      const limit = (text: number | string | undefined) => {
        if (text === undefined) return null
        const read = parseQuantity(text, reading.unit)
        if (!read.ok) reservations.push(`the limit ${text} of the guardrail ${measure} cannot be read in its unit`)
        return read.ok ? read.value : null
      }
      return { measure, reading, atMost: limit(atMost), atLeast: limit(atLeast), limit: limitWords({ atMost, atLeast }) }
    }),
  )
}

/** A limit as it was written: "at most 2%". */
export function limitWords({ atMost, atLeast }: Pick<ExperimentSpec['guardrails'][number], 'atMost' | 'atLeast'>): string {
  return atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`
}
