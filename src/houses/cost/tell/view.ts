import * as z from 'zod'
import { Unknown } from '../../../ground/core/index.ts'

const Span = z.object({ from: z.string(), to: z.string() })

/** Money in the currency of the answer: the number nearest to the exact sum. */
const Money = z.number()

const CostRowView = z.object({
  /** A ref, or the name of a customer or service. */
  key: z.string(),
  title: z.string(),
  /** Who answers for it, where rows are components. */
  owner: z.string().nullable(),
  amount: Money,
  /** Of what is allocated and not. */
  share: z.number(),
  /** In the window before; null where it had none then. */
  before: Money.nullable(),
  /** Of `amount`, what came from components that others share; less than 0 for those. */
  shared: Money,
  /** What it is allocated by. */
  by: z.array(z.object({ by: z.enum(['stated', 'resource', 'tag', 'account']), amount: Money })),
  /** Components in it, for a team; the dearest first. */
  parts: z.array(z.object({ ref: z.string(), amount: Money })),
  /** Cost of one of what the requests measure counts; null with the reason in `requests`. */
  perRequest: z.number().nullable(),
  requests: z.number().nullable(),
  lines: z.number().int(),
  records: z.number().int(),
})

/** What things cost in a window, and what nobody claims. */
export const CostView = z.object({
  namespace: z.string(),
  window: Span,
  before: Span,
  by: z.enum(['component', 'team', 'customer', 'service']),
  /** Which amount is told. */
  cost: z.enum(['billed', 'effective']),
  /** Null where there are several and none was chosen. */
  currency: z.string().nullable(),
  currencies: z.array(z.object({ currency: z.string(), lines: z.number().int(), amount: Money.nullable() })),
  /** Why there is no answer. */
  unknown: Unknown.nullable(),
  /** The answer as a sentence. */
  headline: z.string(),
  total: z.object({
    amount: Money.nullable(),
    before: Money.nullable(),
    lines: z.number().int(),
    records: z.number().int(),
    /** Records that do not state this amount, and so are not in it. */
    without: z.number().int(),
  }),
  /** The dearest first. */
  rows: z.array(CostRowView),
  unallocated: z.object({
    amount: Money,
    share: z.number(),
    lines: z.number().int(),
    /** The dearest first, at most fifty of `total`. */
    parts: z.array(
      z.object({
        /** What would allocate it. */
        fix: z.string(),
        /** The dearest first, at most five. */
        services: z.array(z.object({ service: z.string().nullable(), amount: Money })),
        accounts: z.array(z.string()),
        /** Several claim it, so nobody gets it. */
        claimed: z.array(z.string()),
        amount: Money,
        lines: z.number().int(),
      }),
    ),
    total: z.number().int(),
  }),
  /** Shared cost as it was split, and what could not be. */
  split: z.object({
    shares: z.array(z.object({ of: z.string(), to: z.string(), rule: z.string(), amount: Money })),
    kept: z.array(z.object({ of: z.string(), rule: z.string(), why: z.string() })),
  }),
  /** The measure requests are counted by; null where none is known. */
  requestsMeasure: z.string().nullable(),
  months: z.array(
    z.object({ from: z.string(), to: z.string(), amount: Money.nullable(), unallocated: Money.nullable(), lines: z.number().int() }),
  ),
  bills: z.array(
    z.object({
      bill: z.string(),
      source: z.string(),
      records: z.number().int(),
      lines: z.number().int(),
      from: z.string(),
      to: z.string(),
      learnedAt: z.string(),
    }),
  ),
  at: z.string(),
  asOf: z.string(),
})
export type CostView = z.infer<typeof CostView>
