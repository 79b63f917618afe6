import * as z from 'zod'
import { ComponentRefSchema, InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { budgetHistory, budgetStates, declaredPolicies, savePolicy } from '../store/index.ts'
import { BudgetState } from '../tell/budget-state.ts'
import type { Acting } from './fields.ts'

/** Policies as documents, and which steps of them are in force. */
export const policiesOperations = [
  operation({
    id: 'gate.budgets',
    method: 'get',
    path: '/gate/budgets',
    scope: 'read',
    summary: 'Which steps of the budget policies are in force for which service; of one service also since when, day by day',
    input: z.object({ ...momentInput, service: ComponentRefSchema.optional() }),
    output: z.object({ states: z.array(BudgetState) }),
    run: async ({ scope, service, at, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      const known = Math.min(asOf ?? now, now)
      const moment = { at: at ?? known, asOf: known }
      return { states: service ? await budgetHistory(service, moment, context) : await budgetStates(scope, moment, context) }
    },
  }),
  operation({
    id: 'gate.policies',
    method: 'get',
    path: '/gate/policies',
    scope: 'read',
    summary: 'The gate and budget policies of a namespace with their documents',
    input: z.object({ scope: momentInput.scope, asOf: InstantSchema.optional() }),
    output: z.object({
      policies: z.array(z.object({ ref: z.string(), kind: z.string(), title: z.string(), version: z.number().int(), text: z.string() })),
    }),
    run: async ({ scope, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      return { policies: await declaredPolicies(scope, Math.min(asOf ?? now, now), context) }
    },
  }),
  operation({
    id: 'gate.policy.save',
    method: 'post',
    path: '/gate/policies',
    scope: 'write',
    summary: 'Writes a gate or budget policy from its document: from then on it binds what it is for',
    audit: 'gate.policy.save',
    input: z.object({ policy: z.string().min(1).max(200_000) }),
    output: z.object({ ref: z.string() }),
    run: async ({ policy }, context: Acting) => ({ ref: await savePolicy(policy, context) }),
  }),
] as const
