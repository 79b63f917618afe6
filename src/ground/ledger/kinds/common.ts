import * as z from 'zod'
import { RefSchema, TimestampSchema } from '../../core/index.ts'

/** How a record came to be known. Where two sources tell one fact, explicit beats observed beats inferred, field by field. */
export const Basis = z.enum(['inferred', 'observed', 'explicit'])
export type Basis = z.infer<typeof Basis>

/** RFC 3339 with offset, or a date; kept as text in UTC. */
export const Moment = TimestampSchema.meta({ title: 'moment' })

/** Names of fields of the record itself. */
const FieldNames = z.array(z.string().max(100)).max(100)

/** Part of a record's name: no control characters and no half characters, which could not be kept as they came. */
const identifier = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'a name has no control characters')

/** What every record says. `learnedAt` is the ledger's to set. */
export const common = {
  source: identifier(200),
  id: identifier(400),
  subject: RefSchema,
  /** When it happened, RFC 3339 with offset. */
  at: Moment,
  basis: Basis.optional(),
  /** Fields this revision says are empty (again): an incident that was reopened has no `resolvedAt`. `null` on the wire means the same. */
  none: FieldNames.optional(),
  /** Fields this revision only assumes: they give way to any revision that states them; among assumptions the earliest stands. */
  assumed: FieldNames.optional(),
}

export const Sha = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/i, 'a commit is named by 7 to 64 hexadecimal digits')
  .transform((sha) => sha.toLowerCase())
  .meta({ title: 'commit' })
export const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** Lines of text, as many as a 32-bit column holds. */
export const Lines = z.number().int().min(0).max(2_147_483_647)
export const Text = z.string().max(100_000)
export const Short = z.string().max(2_000)
/** A name that is part of a key. */
export const Name = z.string().min(1).max(200)
/** A person as the source names them: mail, handle or ref. Replaced by a pseudonym when the ledger takes the record. */
export const Person = z.string().min(1).max(400).meta({ title: 'person' })
