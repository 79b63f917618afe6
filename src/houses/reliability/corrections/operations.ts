import * as z from 'zod'
import { type Caller, InstantSchema, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { correct, withdraw } from './corrections.ts'

type Acting = Ground & { caller: Caller }

const Subject = RefSchema.refine((ref) => ref.startsWith('slo:') || ref.startsWith('component:'), {
  error: 'is no SLO and no component; write for example slo:default/checkout',
})

export const correctionOperations = [
  operation({
    id: 'slo.correct',
    method: 'post',
    path: '/slo-corrections',
    scope: 'write',
    audit: 'slo.correct',
    summary: 'Takes a span out of error budgets, with a reason and signed by whoever asks',
    input: z.strictObject({
      subjects: z.array(Subject).min(1).max(100),
      from: InstantSchema,
      to: InstantSchema,
      reason: z.string().trim().min(3, 'say why the span does not count').max(1_000),
    }),
    output: z.object({ ref: z.string() }),
    run: async (wish, { catalog, caller }: Acting) => {
      const { ref } = await correct(wish, { catalog, by: caller.person })
      return { ref }
    },
  }),
  operation({
    id: 'slo.correction.withdraw',
    method: 'post',
    path: '/slo-corrections/withdrawn',
    scope: 'write',
    audit: 'slo.correction.withdraw',
    summary: 'Takes a correction back, so that its span counts again; or gives it again',
    input: z.strictObject({ ref: RefSchema, withdrawn: z.boolean().default(true) }),
    output: z.object({ ref: z.string(), withdrawn: z.boolean() }),
    run: async ({ ref, withdrawn }, { catalog, caller }: Acting) => {
      await withdraw(ref, withdrawn, { catalog, by: caller.person })
      return { ref, withdrawn }
    },
  }),
] as const
