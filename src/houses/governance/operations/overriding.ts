import * as z from 'zod'
import {
  ComponentRefSchema,
  formatInstant,
  InstantSchema,
  operation,
  RefSchema,
  refNamespace,
  Refusal,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { declaredAt, gateNow, isInForce, withdrawOverride, writeOverride } from '../store/index.ts'
import { OverrideRow } from '../tell/override.ts'
import { type Acting, Commit, Environment, List } from './fields.ts'

/** Letting pass what the gate holds. */
export const overridingOperations = [
  operation({
    id: 'gate.override',
    method: 'post',
    path: '/gate/overrides',
    scope: 'write',
    summary: 'Lets releases of a component pass although the gate holds, until a moment: a decision record that everybody sees',
    audit: 'gate.override',
    input: z.object({
      component: ComponentRefSchema,
      environment: Environment,
      commit: Commit,
      reason: z.string().trim().min(10, 'say why in a sentence that others understand later').max(2_000),
      until: InstantSchema,
      /** Who was told: groups, people or channels. */
      told: List,
    }),
    output: z.object({ ref: z.string(), until: z.string() }),
    run: async ({ commit = null, ...wish }, context: Acting) => {
      const { obstacle } = await gateNow(
        { component: wish.component, environment: wish.environment, commit, fixes: [], purpose: null },
        context,
      )
      if (obstacle?.code === 'gate.unknown_component')
        throw new Refusal(obstacle.code, `Nothing is there to be released: ${obstacle.why}`, {
          status: 404,
          fix: obstacle.fix,
          path: 'component',
        })
      return { ref: await writeOverride({ ...wish, commit }, context), until: formatInstant(wish.until) }
    },
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
