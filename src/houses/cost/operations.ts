import * as z from 'zod'
import { operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { askInput, readingAsk } from '../../ground/measures/index.ts'
import { billOperations } from './bills/operations.ts'
import { REQUESTS } from './measures.ts'
import { readCost } from './store/index.ts'
import { CostView } from './tell/view.ts'

const { from, to, at, asOf } = askInput
const Word = z.string().trim().min(1).max(400)

/** What the doors may ask of this house. */
export const costOperations = [
  operation({
    id: 'cost.read',
    method: 'get',
    path: '/cost',
    scope: 'read',
    keep: true,
    summary: 'What things cost by component, team, customer or service; what nobody claims; how it went by month',
    input: z.object({
      namespace: z.string().trim().toLowerCase().max(63).default('default'),
      by: z.enum(['component', 'team', 'customer', 'service']).default('component'),
      /** Effective where the bills state it, else billed. */
      cost: z.enum(['billed', 'effective']).optional(),
      currency: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/, 'a currency has three letters, as in ISO 4217')
        .optional(),
      service: Word.optional(),
      customer: Word.optional(),
      /** The measure that counts requests, for the cost of one. */
      requests: Word.default(REQUESTS),
      from,
      to,
      at,
      asOf,
    }),
    output: CostView,
    run: async ({ namespace, by, cost, currency, service, customer, requests, ...moments }, context: Ground) => {
      const asked = readingAsk('', { ...moments, zone: 'UTC' })
      return readCost(
        { namespace, by, cost, currency, service, customer, requests, from: asked.from, to: asked.to, at: asked.at, asOf: asked.asOf },
        context,
      )
    },
  }),
  ...billOperations,
] as const
