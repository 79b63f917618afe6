import type * as z from 'zod'
import type { Problem } from '../../core/index.ts'
import { type Evidence, fieldProblems, parseEvidence } from '../../ledger/index.ts'
import type { Parsed } from '../intake.ts'
import type { ReadPayload } from './source.ts'

/** A payload that carries nothing we keep, with the reason people are told. */
export function ignored(why: string): ReadPayload {
  return { lines: [], ignored: why }
}

/** Something in a payload that cannot be a record, with the reason: kept as a reject, beside what can. */
export function unreadable(problem: Omit<Problem, 'severity'>): ReadPayload {
  return { lines: [rejected({ ...problem, severity: 'error' })] }
}

/** Records a source made, read by the same rules as everybody's. */
export function told(...records: readonly Record<string, unknown>[]): ReadPayload {
  return { lines: records.map(lineOf) }
}

/**
 * Reads the part of a payload that is used, then makes records of it; what does not fit is a reject that names the field
 * as the sender calls it.
 */
export function reading<S extends z.ZodType>(schema: S, make: (read: z.output<S>) => ReadPayload): (body: unknown) => ReadPayload {
  return (body) => {
    const read = schema.safeParse(body)
    if (read.success) return make(read.data)
    return { lines: [rejected(fieldProblems(read.error, body)[0]!)] }
  }
}

function lineOf(record: Record<string, unknown>): Parsed {
  const read = parseEvidence(withoutUndefined(record))
  return read.ok ? { record: read.value satisfies Evidence } : rejected(read.problems[0]!)
}

/** The line itself is kept by whoever took the delivery. */
function rejected(problem: Problem): Parsed {
  return { reject: { raw: '', problem } }
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
