import * as z from 'zod'
import { RefSchema, TimestampSchema } from '../../core/index.ts'

/** How a record came to be known. Where two sources tell one fact, explicit beats observed beats inferred, field by field. */
export const Basis = z.enum(['inferred', 'observed', 'explicit'])
export type Basis = z.infer<typeof Basis>

/** What every record says. `learnedAt` is the ledger's to set. */
export const common = {
  source: z.string().min(1).max(200),
  id: z.string().min(1).max(400),
  subject: RefSchema,
  /** When it happened, RFC 3339 with offset. */
  at: TimestampSchema,
  basis: Basis.optional(),
}

export const Sha = z.string().regex(/^[0-9a-f]{7,64}$/i, 'a commit is named by 7 to 64 hexadecimal digits').transform((sha) => sha.toLowerCase())
export const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
export const Text = z.string().max(100_000)
export const Short = z.string().max(2_000)
/** A person as the source names them: mail, handle or ref. Replaced by a pseudonym when the ledger takes the record. */
export const Person = z.string().min(1).max(400)
