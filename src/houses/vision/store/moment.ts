import * as z from 'zod'
import { type Clock, formatInstant, type Instant, InstantSchema } from '../../../ground/core/index.ts'

/** A namespace, where things hang together. The example company has its own. */
const ScopeSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'a scope is a namespace, for example default')

/** What every question about a namespace can be limited by. */
export const momentInput = {
  scope: ScopeSchema.default('default'),
  /** Only what happened by then. */
  at: InstantSchema.optional(),
  /** Only what was known by then. */
  asOf: InstantSchema.optional(),
}

/** A namespace seen from a moment, with what was known at a moment. */
export interface Moment {
  scope: string
  at: Instant
  /** Undefined: everything known now. */
  asOf?: Instant
  /** When the answer was known: `asOf`, or the present. */
  knownAt: Instant
}

/** A question asked as of a day is asked about that day too, unless it names another: so it can be repeated. */
export function momentOf(ask: { scope: string; at?: Instant; asOf?: Instant }, clock: Clock): Moment {
  const now = ask.asOf ?? clock()
  return { scope: ask.scope, at: ask.at ?? now, asOf: ask.asOf, knownAt: now }
}

/** The moments an answer holds for, as told. */
export const stampShape = { scope: z.string(), at: z.string(), asOf: z.string() }

export function stamp(when: Moment): { scope: string; at: string; asOf: string } {
  return { scope: when.scope, at: formatInstant(when.at), asOf: formatInstant(when.knownAt) }
}
