import * as z from 'zod'
import { type Caller, formatInstant, InstantSchema, operation, RefSchema, refNamespace, toRef } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput } from '../vision/index.ts'
import { PURPOSES } from './intent/index.ts'
import { declaredAt, gateAnswer, isInForce, keepAnswer, keptAnswers, replay, withdrawOverride, writeOverride } from './store/index.ts'
import { GateAnswer } from './tell/answer.ts'
import { OverrideRow } from './tell/override.ts'

type Acting = Ground & { caller: Caller }

/** A component by name or ref. */
const Component = z
  .string()
  .trim()
  .max(200)
  .transform((text, context) => {
    const read = toRef(text, { kind: 'component' })
    if (read.ok) return read.value
    context.addIssue({ code: 'custom', message: [read.problems[0]!.message, read.problems[0]!.fix].filter(Boolean).join('. ') })
    return z.NEVER
  })
const Environment = z.string().trim().toLowerCase().min(1).max(100).default('production')
const Commit = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{7,64}$/, 'a commit is named by 7 to 64 hexadecimal digits')
  .optional()

/** Words as a list, or as one text with commas. */
const List = z
  .union([z.string().max(4_000), z.array(z.string().max(400)).max(50)])
  .default([])
  .transform((words) =>
    [words]
      .flat()
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter(Boolean),
  )

const release = {
  component: Component,
  environment: Environment,
  commit: Commit,
  /** Incidents it fixes: those do not hold it. */
  fixes: List,
  purpose: z.enum(PURPOSES).optional(),
}

export const governanceOperations = [
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
      const now = await context.catalog.present()
      const answer = await gateAnswer(releaseOf(asked), Math.min(asOf ?? now, now), context)
      if (asOf === undefined) await keepAnswer(answer, { person: context.caller.person, at: now }, context)
      return answer
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
      const now = await context.catalog.present()
      return gateAnswer(releaseOf(asked), Math.min(asOf ?? now, now), context)
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
  operation({
    id: 'gate.override',
    method: 'post',
    path: '/gate/overrides',
    scope: 'write',
    summary: 'Lets releases of a component pass although the gate holds, until a moment: a decision record that everybody sees',
    audit: 'gate.override',
    input: z.object({
      component: Component,
      environment: Environment,
      commit: Commit,
      reason: z.string().trim().min(10, 'say why in a sentence that others understand later').max(2_000),
      until: InstantSchema,
      /** Who was told: groups, people or channels. */
      told: List,
    }),
    output: z.object({ ref: z.string(), until: z.string() }),
    run: async ({ commit, ...wish }, context: Acting) => ({
      ref: await writeOverride({ ...wish, commit: commit ?? null }, context),
      until: formatInstant(wish.until),
    }),
  }),
  operation({
    id: 'gate.override.withdraw',
    method: 'delete',
    path: '/gate/overrides/{ref+}',
    scope: 'write',
    summary: 'Takes an override back; its record stays and says so',
    audit: 'gate.override.withdraw',
    input: z.object({ ref: RefSchema }),
    output: z.object({ ref: z.string() }),
    run: async ({ ref }, context: Acting) => {
      await withdrawOverride(ref, context)
      return { ref }
    },
  }),
  operation({
    id: 'gate.overrides',
    method: 'get',
    path: '/gate/overrides',
    scope: 'read',
    summary: 'Overrides of the gate in a namespace, newest first: reason, who, until when, whether they are in force',
    input: z.object({ ...momentInput }),
    output: z.object({ overrides: z.array(OverrideRow) }),
    run: async ({ scope, at, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      const known = Math.min(asOf ?? now, now)
      const { overrides } = await declaredAt(known, context)
      return {
        overrides: overrides
          .filter(({ component }) => refNamespace(component) === scope)
          .map(({ from, until, withdrawnAt, ...one }) => ({
            ...one,
            told: [...one.told],
            from: formatInstant(from),
            until: formatInstant(until),
            withdrawnAt: withdrawnAt === null ? null : formatInstant(withdrawnAt),
            inForce: isInForce({ ...one, from, until, withdrawnAt }, at ?? known),
          })),
      }
    },
  }),
] as const

function releaseOf({ commit, purpose, ...rest }: z.output<z.ZodObject<typeof release>>) {
  return { ...rest, commit: commit ?? null, purpose: purpose ?? null }
}
