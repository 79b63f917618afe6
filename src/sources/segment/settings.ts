import * as z from 'zod'
import { RefSchema } from '../../ground/core/index.ts'

/** What is chosen when a product is connected. */
export const SegmentSettings = z.strictObject({
  /** What people use when they do what is tracked. */
  product: z
    .string({ error: 'is missing: name what the events are of, for example component:default/shop.' })
    .pipe(RefSchema)
    .meta({ title: 'Product', description: 'What the events are of, for example component:default/shop. It has to be named.' }),
  /** Currency of revenue that names none. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is three capital letters, for example EUR')
    .default('USD')
    .meta({ title: 'Currency', description: 'Of revenue that names none; as in Segment, USD unless said otherwise.' }),
})
export type SegmentSettings = z.infer<typeof SegmentSettings>
