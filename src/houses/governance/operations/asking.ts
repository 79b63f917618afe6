import * as z from 'zod'
import { InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { askGate, gateAnswer, gateNow, keptAnswers, replay } from '../store/index.ts'
import { GateAnswer } from '../tell/answer.ts'
import { type Acting, Component, release } from './fields.ts'

/** Asking the gate, and what it answered. */
export const askingOperations = [
  operation({
    id: 'gate.ask',
    method: 'post',
    path: '/gate',
    scope: 'gate',
    summary: 'May this release go out: go, hold or could not, with every reason and what would turn it green; the answer is kept',
    input: z.object({
      ...release,
      /** Asks about a past moment, by what was known then; such an answer is not kept. */
      asOf: InstantSchema.optional(),
    }),
    output: GateAnswer,
    run: async ({ asOf, ...asked }, context: Acting) => {
      if (asOf === undefined) return askGate(releaseOf(asked), context.caller.person, context)
      return gateAnswer(releaseOf(asked), Math.min(asOf, await context.ledger.present()), context)
    },
  }),
  operation({
    id: 'gate.look',
    method: 'get',
    path: '/gate',
    scope: 'read',
    summary: 'What the gate would answer, without asking it: nothing is kept',
    input: z.object({ ...release, asOf: InstantSchema.optional() }),
    output: GateAnswer,
    run: async ({ asOf, ...asked }, context: Ground) => {
      if (asOf === undefined) return gateNow(releaseOf(asked), context)
      return gateAnswer(releaseOf(asked), Math.min(asOf, await context.ledger.present()), context)
    },
  }),
  operation({
    id: 'gate.history',
    method: 'get',
    path: '/gate/answers',
    scope: 'read',
    summary: 'What the gate answered, newest first, and who asked',
    input: z.object({
      scope: momentInput.scope,
      component: Component.optional(),
      verdict: z.enum(['go', 'hold', 'could_not']).optional(),
      before: InstantSchema.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    output: z.object({ answers: z.array(z.object({ answer: GateAnswer, asks: z.number().int(), person: z.string() })) }),
    run: async ({ component, verdict, before, ...rest }, context: Ground) => ({
      answers: await keptAnswers({ ...rest, component: component ?? null, verdict: verdict ?? null, before: before ?? Infinity }, context),
    }),
  }),
  operation({
    id: 'gate.replay',
    method: 'get',
    path: '/gate/answers/{id}',
    scope: 'read',
    summary: 'Answers a kept question again by the same rules and what was known then: the same answer byte for byte',
    input: z.object({ id: z.string().regex(/^[0-9a-f]{8,64}$/, 'an answer is named by hexadecimal digits') }),
    output: z.object({ kept: GateAnswer, replayed: GateAnswer, same: z.boolean() }),
    run: ({ id }, context: Ground) => replay(id, context),
  }),
] as const

function releaseOf({ commit, purpose, ...rest }: z.output<z.ZodObject<typeof release>>) {
  return { ...rest, commit: commit ?? null, purpose: purpose ?? null }
}
