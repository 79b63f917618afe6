import * as z from 'zod'
import { formatDecimal, parseDecimal } from '../../core/index.ts'
import { common, Count, Moment, Name, Short } from './common.ts'

/** Money as exact decimal text; a number is taken as it is written. */
export const Amount = z
  .union([z.string().max(80), z.number()])
  .transform((value, context) => {
    const read = parseDecimal(String(value).trim())
    if (read) return formatDecimal(read)
    context.addIssue({
      code: 'custom',
      message: 'an amount is a decimal number such as "12.5", with at most 30 digits on either side',
      input: value,
    })
    return z.NEVER
  })
  .meta({ title: 'decimal' })

/**
 * What one thing costs in one charge period, as a bill says: the sum of all its lines that say the same of it. `subject` is
 * the account that is billed, or the component where the bill names it; `at` is when this was stated, as with any record,
 * and `from` the period it is for. Names after FOCUS 1.2 (focus.finops.org): an amount the bill does not state is left out.
 */
export const Cost = z
  .looseObject({
    kind: z.literal('cost'),
    ...common,
    /** Start of the charge period. */
    from: Moment,
    /** End of the charge period, where it is longer than a day. */
    until: Moment.optional(),
    /** The bill it stands in. Told again, what the bill does not hold any more is taken back. */
    bill: Name,
    /** ISO 4217; amounts of two currencies are never added up. */
    currency: z.string().regex(/^[A-Z]{3}$/, 'a currency has three capital letters, as in ISO 4217'),
    /** What is invoiced. */
    billed: Amount.optional(),
    /** What it comes to once purchases in advance are spread over what they pay for. */
    effective: Amount.optional(),
    /** Lines of the bill in it. */
    lines: Count.optional(),
    service: Short.optional(),
    /** Usage, purchase, tax, credit or adjustment, in the words of the bill. */
    category: Short.optional(),
    resource: Short.optional(),
    customer: Short.optional(),
    tags: z.record(z.string().max(100), z.string().max(400)).optional(),
  })
  .refine(({ from, until }) => until === undefined || until > from, { message: 'a charge period ends after it begins', path: ['until'] })
export type Cost = z.infer<typeof Cost>
