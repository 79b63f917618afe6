import * as z from 'zod'
import { common, Moment, Name, Person, Short } from './common.ts'

/** Good and total events of one indicator in a short window; kept as one row an hour with minute slots. */
export const Sli = z.looseObject({
  kind: z.literal('sli'),
  ...common,
  indicator: Name,
  windowStart: Moment,
  seconds: z.number().int().min(1).max(86_400),
  good: z.number().min(0),
  total: z.number().min(0),
})
export type Sli = z.infer<typeof Sli>

/** A value somebody else measured. */
export const Measurement = z.looseObject({
  kind: z.literal('measurement'),
  ...common,
  measure: Name,
  value: z.number(),
  dimensions: z.record(z.string().max(100), z.string().max(400)).optional(),
})
export type Measurement = z.infer<typeof Measurement>

/** Something a user of the product did. */
export const ProductEvent = z.looseObject({
  kind: z.literal('product_event'),
  ...common,
  name: Short,
  actor: Person,
  revenue: z.object({ amount: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
})
export type ProductEvent = z.infer<typeof ProductEvent>

/** Anything foreign, kept as it came. */
export const ForeignEvent = z.looseObject({
  kind: z.literal('event'),
  ...common,
  type: Short,
  data: z.unknown(),
})
export type ForeignEvent = z.infer<typeof ForeignEvent>
