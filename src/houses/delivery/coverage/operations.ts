import * as z from 'zod'
import { formatInstant, InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { coverageOf } from './coverage.ts'

/** Components named of those that lack something; the rest is counted. */
const NAMED = 200

export const coverageOperations = [
  operation({
    id: 'coverage',
    method: 'get',
    path: '/coverage',
    scope: 'read',
    keep: true,
    summary:
      'Of how many components the owner, changes, deployments, incidents, service levels and promises (SLOs) are known, and which lack them',
    input: z.object({
      namespace: z.string().max(63).default('default'),
      at: InstantSchema.optional(),
      asOf: InstantSchema.optional(),
    }),
    output: z.object({
      namespace: z.string(),
      at: z.string(),
      asOf: z.string(),
      /** Records count as recent from then on. */
      since: z.string(),
      components: z.number().int(),
      aspects: z.array(
        z.object({
          aspect: z.enum(['owner', 'changes', 'deployments', 'incidents', 'slis', 'slos']),
          having: z.number().int(),
          missing: z.array(z.object({ ref: z.string(), title: z.string() })),
          /** How many more lack it than are named. */
          more: z.number().int(),
        }),
      ),
    }),
    run: async ({ namespace, ...ask }, ground: Ground) => {
      const asOf = ask.asOf === undefined ? await ground.catalog.present() : Math.min(ask.asOf, ground.clock())
      const at = ask.at ?? asOf
      const { components, since, aspects } = await coverageOf(ground, { namespace, at, asOf })
      return {
        namespace,
        at: formatInstant(at),
        asOf: formatInstant(asOf),
        since: formatInstant(since),
        components,
        aspects: aspects.map(({ aspect, having, missing }) => ({
          aspect,
          having,
          missing: missing.slice(0, NAMED).map(({ ref, metadata }) => ({ ref, title: metadata.title ?? metadata.name })),
          more: Math.max(0, missing.length - NAMED),
        })),
      }
    },
  }),
] as const
