import * as z from 'zod'
import { DEFAULT_NAMESPACE, formatInstant, InstantSchema, operation, RefSchema, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { PURPOSES, Zone } from '../intent/index.ts'
import { freezeCalendar, withdrawFreeze, writeFreeze } from '../store/index.ts'
import { FreezeRow } from '../tell/freeze.ts'
import { type Acting, Environment, List } from './fields.ts'

/** The freeze calendar: spans in which nothing is released. */
export const freezingOperations = [
  operation({
    id: 'gate.freezes',
    method: 'get',
    path: '/gate/freezes',
    scope: 'read',
    summary: 'The freeze calendar of a namespace: what holds now, what comes, what is over; freezes of their own and those of policies',
    input: z.object({ scope: momentInput.scope, asOf: InstantSchema.optional() }),
    output: z.object({ freezes: z.array(FreezeRow) }),
    run: async ({ scope, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      return { freezes: await freezeCalendar(scope, Math.min(asOf ?? now, now), context) }
    },
  }),
  operation({
    id: 'gate.freeze',
    method: 'post',
    path: '/gate/freezes',
    scope: 'write',
    summary: 'Freezes releases until a moment: the gate holds what it is for, with the reason',
    audit: 'gate.freeze',
    input: z.object({
      scope: z.string().trim().toLowerCase().max(63).default(DEFAULT_NAMESPACE),
      /** Components, systems, `namespace:<name>`; all of the namespace where left out. */
      for: List,
      environment: Environment,
      from: InstantSchema.optional(),
      to: InstantSchema,
      zone: Zone.default('UTC'),
      reason: z.string().trim().min(3, 'say why nothing is released').max(400),
      /** Releases for these purposes go out all the same. */
      exempt: List.pipe(z.array(z.enum(PURPOSES, { error: `a purpose is one of ${PURPOSES.join(', ')}` })).max(PURPOSES.length)),
    }),
    output: z.object({ ref: z.string(), to: z.string() }),
    run: async ({ scope, for: covers, from, ...wish }, context: Acting) => ({
      ref: await writeFreeze({ ...wish, scope, for: coversOf(covers, scope), from: from ?? null }, context),
      to: formatInstant(wish.to),
    }),
  }),
  operation({
    id: 'gate.freeze.withdraw',
    method: 'post',
    path: '/gate/freezes/withdrawn',
    scope: 'write',
    summary: 'Takes a freeze back, so that releases go on; or gives it again',
    audit: 'gate.freeze.withdraw',
    input: z.object({ ref: RefSchema, withdrawn: z.boolean().default(true) }),
    output: z.object({ ref: z.string(), withdrawn: z.boolean() }),
    run: async ({ ref, withdrawn }, context: Acting) => {
      await withdrawFreeze(ref, withdrawn, context)
      return { ref, withdrawn }
    },
  }),
] as const

/** What is frozen, in full names; what cannot be read as a name is refused when it is written. */
function coversOf(texts: readonly string[], scope: string): string[] {
  if (texts.length === 0) return [`namespace:${scope}`]
  return texts.map((text) => {
    if (/^namespace:/i.test(text)) return text.toLowerCase()
    const read = toRef(text, { kind: 'component', namespace: scope })
    return read.ok ? read.value : text
  })
}
