import * as z from 'zod'
import type { Clock, Instant } from '../../core/index.ts'
import type { Catalog } from '../catalog.ts'

/** What operations of the catalogue run on. */
export interface Context {
  catalog: Catalog
  clock: Clock
}

/** The moment an answer is known: as asked, else the present one, after what houses find in records is up to date. */
export async function knownBy({ asOf }: { asOf?: Instant }, { catalog, clock }: Context): Promise<Instant> {
  return asOf === undefined ? catalog.present() : Math.min(asOf, clock())
}

/** Who asks, where it is kept who did. */
export type Acting = Context & { caller: { person: string } }

export const Kind = z.string().max(63)
export const Namespace = z.string().max(63)
/** Which part of a long list. */
export const page = {
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
}
