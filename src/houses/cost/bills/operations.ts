import * as z from 'zod'
import { type Caller, formatInstant, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { claimedWords } from '../intent.ts'
import { knownCosts } from './known.ts'

const Named = z.array(z.strictObject({ subject: RefSchema, id: z.string().min(1).max(400) })).max(5_000)

/** What whoever reads a bill needs of the server: what to keep of its lines, what is known of it, and taking back what is not in it any more. */
export const billOperations = [
  operation({
    id: 'bill.words',
    method: 'get',
    path: '/bills/words',
    scope: 'read',
    summary: 'Names of tags and the resources that components and groups claim: what is kept of a bill beside the well-known tags',
    input: z.strictObject({}),
    output: z.object({ tags: z.array(z.string()), resources: z.array(z.string()) }),
    run: (_, { catalog }: Pick<Ground, 'catalog'>) => claimedWords(catalog),
  }),
  operation({
    id: 'bill.known',
    method: 'get',
    path: '/bills/costs',
    scope: 'read',
    summary: 'The costs of one bill as they are known, to compare a new version of it with',
    input: z.strictObject({ source: z.string().min(1).max(200), bill: z.string().min(1).max(200), after: z.string().max(700).optional() }),
    output: z.object({
      costs: z.array(
        z.object({
          subject: z.string(),
          id: z.string(),
          billed: z.string().nullable(),
          effective: z.string().nullable(),
          lines: z.number().int().nullable(),
          gone: z.boolean(),
        }),
      ),
      next: z.string().nullable(),
      /** The ledger's moment: what is told now of what was told before, is told as of it. */
      now: z.string(),
    }),
    run: async (ask, { store, ledger }: Pick<Ground, 'store' | 'ledger'>) => ({
      ...(await knownCosts(store, ask)),
      now: formatInstant(await ledger.present()),
    }),
  }),
  operation({
    id: 'bill.settle',
    method: 'post',
    path: '/bills/settle',
    scope: 'evidence:write',
    summary:
      'Takes costs back that a new version of their bill does not hold, or gives them again; earlier reports can still be made as they were',
    input: z.strictObject({ source: z.string().min(1).max(200), costs: Named, undo: z.boolean().default(false) }),
    output: z.object({ settled: z.number().int() }),
    run: async ({ source, costs, undo }, { store, ledger, caller }: Pick<Ground, 'store' | 'ledger'> & { caller: Caller }) => {
      const records = costs.map((one) => ({ ...one, source }))
      const { retracted } = await store.background(() =>
        ledger.retract({ kind: 'cost', records }, { by: caller.person, at: ledger.now(), undo }),
      )
      return { settled: retracted }
    },
  }),
] as const
