import * as z from 'zod'
import { formatInstant, type Instant, InstantSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'

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
  /** Only what was known by then: what an answer states, and what makes it again. */
  asOf: Instant
}

/**
 * A question asked as of a day is asked about that day too, unless it names another: so it can be repeated. One of the
 * present first finds the links in the records that came, since a link is known from when it was found.
 */
export async function momentOf(
  ask: { scope: string; at?: Instant; asOf?: Instant },
  { catalog, clock }: Pick<Ground, 'catalog' | 'clock'>,
): Promise<Moment> {
  const asOf = ask.asOf === undefined ? await catalog.present() : Math.min(ask.asOf, clock())
  return { scope: ask.scope, at: ask.at ?? asOf, asOf }
}

/** The moments an answer holds for, as told. */
export const stampShape = { scope: z.string(), at: z.string(), asOf: z.string() }

export function stamp(when: Moment): { scope: string; at: string; asOf: string } {
  return { scope: when.scope, at: formatInstant(when.at), asOf: formatInstant(when.asOf) }
}
