import * as z from 'zod'
import {
  type Caller,
  DAY,
  formatInstant,
  formatWindow,
  type Instant,
  InstantSchema,
  operation,
  RefSchema,
  refNamespace,
  Refusal,
  toRef,
  type Window,
} from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput } from '../vision/index.ts'
import { PURPOSES } from './intent/index.ts'
import {
  declaredAt,
  declaredPolicies,
  gateAnswer,
  gateShare,
  isInForce,
  keepAnswer,
  keptAnswers,
  policyFrom,
  replay,
  savePolicy,
  tryPolicy,
  withdrawOverride,
  writeOverride,
} from './store/index.ts'
import { GateAnswer } from './tell/answer.ts'
import { OverrideRow } from './tell/override.ts'
import { ShareView } from './tell/share.ts'
import { TrialView } from './tell/trial.ts'

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
    id: 'gate.share',
    method: 'get',
    path: '/gate/share',
    scope: 'read',
    keep: true,
    summary: 'How the releases of a span passed the gate: asked, overridden, against it or past it; what it held, caught and cost',
    input: z.object({
      scope: momentInput.scope,
      environment: Environment,
      from: InstantSchema.optional(),
      to: InstantSchema.optional(),
      asOf: InstantSchema.optional(),
    }),
    output: ShareView,
    run: async ({ scope, environment, from, to, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      const known = Math.min(asOf ?? now, now)
      const window = spanOf({ from, to }, known, 28)
      const share = await gateShare({ scope, environment, window, asOf: known }, context)
      return { scope, environment, ...formatWindow(window), asOf: formatInstant(known), ...share }
    },
  }),
  operation({
    id: 'gate.try',
    method: 'post',
    path: '/gate/try',
    scope: 'read',
    summary:
      'What a gate or budget policy would have done to past releases, each judged by what was known when it went out: held, caught, cost in days',
    input: z.object({
      /** The policy as YAML or JSON; nothing of it is kept. */
      policy: z.string().min(1).max(200_000),
      from: InstantSchema.optional(),
      to: InstantSchema.optional(),
      /** `now` judges by what is known today of each moment: for what was brought in from elsewhere. */
      known: z.enum(['then', 'now']).default('then'),
    }),
    output: TrialView,
    run: async ({ policy, from, to, known }, context: Ground) => {
      const begun = performance.now()
      const now = await context.ledger.present()
      const tried = await tryPolicy(policyFrom(policy, now, context), { ...spanOf({ from, to }, now, 90), known, now }, context)
      return { ...tried, seconds: Math.round(performance.now() - begun) / 1_000 }
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

/** A span in days back from its end where its beginning is left out. */
function spanOf({ from, to }: { from?: Instant; to?: Instant }, now: Instant, days: number): Window {
  const end = to ?? now
  const window = { from: from ?? end - days * DAY, to: end }
  if (window.from >= window.to)
    throw new Refusal('gate.empty_span', 'Nothing lies in this span: it ends before it begins.', {
      fix: 'Give a "from" before "to".',
      path: 'from',
    })
  return window
}

function releaseOf({ commit, purpose, ...rest }: z.output<z.ZodObject<typeof release>>) {
  return { ...rest, commit: commit ?? null, purpose: purpose ?? null }
}
