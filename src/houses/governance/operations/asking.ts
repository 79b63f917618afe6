import * as z from 'zod'
import { ComponentRefSchema, type Instant, InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { askGate, gateAnswer, gateNow, keptAnswers, replay } from '../store/index.ts'
import { GateAnswer } from '../tell/answer.ts'
import { type Acting, release } from './fields.ts'

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
      /** Asks by what was known at a past moment; such an answer is not kept. */
      asOf: InstantSchema.optional(),
      /** Asks about a past moment by what is known now, or was at `asOf`; neither is this one. */
      at: InstantSchema.optional(),
    }),
    output: GateAnswer,
    run: async ({ asOf, at, ...asked }, context: Acting) => {
      if (asOf === undefined && at === undefined) return askGate(releaseOf(asked), context.caller.person, context)
      return gateAnswer(releaseOf(asked), momentOf({ at, asOf }, await context.ledger.present()), context)
    },
  }),
  operation({
    id: 'gate.look',
    method: 'get',
    path: '/gate',
    scope: 'read',
    summary: 'What the gate would answer, without asking it: nothing is kept',
    input: z.object({ ...release, asOf: InstantSchema.optional(), at: InstantSchema.optional() }),
    output: GateAnswer,
    run: async ({ asOf, at, ...asked }, context: Ground) => {
      if (asOf === undefined && at === undefined) return gateNow(releaseOf(asked), context)
      return gateAnswer(releaseOf(asked), momentOf({ at, asOf }, await context.ledger.present()), context)
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
      component: ComponentRefSchema.optional(),
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

/** Nothing can be asked of what is still to come, nor of a moment after the one it is known by. */
function momentOf({ at, asOf }: { at: Instant | undefined; asOf: Instant | undefined }, now: Instant): { at: Instant; asOf: Instant } {
  const known = Math.min(asOf ?? now, now)
  return { at: Math.min(at ?? known, known), asOf: known }
}

function releaseOf({ commit, purpose, ...rest }: z.output<z.ZodObject<typeof release>>) {
  return { ...rest, commit: commit ?? null, purpose: purpose ?? null }
}
