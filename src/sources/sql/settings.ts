import * as z from 'zod'
import { pollMinutes } from '../../ground/intake/index.ts'

/** Comments, spaces and brackets, then the word that makes a statement one that reads. */
const READS = /^(?:\s|--[^\n]*\n|\/\*[^*]*\*\/|\()*(?:select|with|values|table)\b/i

/** What is chosen when a database is connected. */
export const SqlSettings = z.strictObject({
  measure: z.string().trim().min(1).max(200).meta({
    title: 'Name of the measure',
    description: 'Under which the values are known, for example business.orders.',
  }),
  statement: z
    .string()
    .trim()
    .transform((text) => text.replace(/[\s;]+$/, ''))
    .pipe(z.string().min(1).max(20_000).regex(READS, 'is not one SELECT that returns at and value; nothing else is asked of a database.'))
    .meta({
      title: 'Statement',
      description:
        'One SELECT that returns at, value and, if you like, subject; every other column is a dimension. $since stands for the moment before which nothing is needed.',
    }),
  subject: z.string().trim().min(1).max(200).optional().meta({
    title: 'What it is about',
    description: 'For rows without a column subject: component:default/checkout, or a name, which is then that of a component.',
  }),
  pollMinutes: pollMinutes(60, 43_200),
  lookBackHours: z.coerce
    .number()
    .int()
    .min(0)
    .max(8_784)
    .default(48)
    .meta({ title: 'Hours to look back', description: 'Rows that come or change so long after their moment are still met.' }),
})
export type SqlSettings = z.infer<typeof SqlSettings>
