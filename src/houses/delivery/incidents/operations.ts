import * as z from 'zod'
import { type Caller, ComponentRefSchema, DEFAULT_NAMESPACE, formatInstant, InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { openIncidents } from '../store/index.ts'
import { declareIncident, isOurs, resolveIncident, withdrawIncident } from './incidents.ts'

type Acting = Ground & { caller: Caller }

const Id = z.string().trim().min(1).max(600)

export const incidentOperations = [
  operation({
    id: 'incident.open',
    method: 'get',
    path: '/incidents',
    scope: 'read',
    summary: 'Incidents of a namespace that are open, the oldest first',
    input: z.object({ scope: z.string().trim().toLowerCase().max(63).default(DEFAULT_NAMESPACE), asOf: InstantSchema.optional() }),
    output: z.object({
      incidents: z.array(
        z.object({
          id: z.string(),
          component: z.string(),
          title: z.string(),
          severity: z.string().nullable(),
          openedAt: z.string(),
          /** Declared here, so that it is resolved here. */
          ours: z.boolean(),
        }),
      ),
    }),
    run: async ({ scope, asOf }, ground: Ground) => {
      const now = await ground.ledger.present()
      const at = Math.min(asOf ?? now, now)
      const [open = []] = await openIncidents([{ subject: `namespace:${scope}`, at, asOf: at }], ground)
      return {
        incidents: open.map(({ id, subject, title, severity, openedAt }) => ({
          id,
          component: subject,
          title,
          severity,
          openedAt: formatInstant(openedAt),
          ours: isOurs(id),
        })),
      }
    },
  }),
  operation({
    id: 'incident.declare',
    method: 'post',
    path: '/incidents',
    scope: 'write',
    audit: 'incident.declare',
    summary: 'Says that something is wrong with a component: an incident record, which the gate and the measures count',
    input: z.strictObject({
      component: ComponentRefSchema,
      title: z.string().trim().min(3, 'say what users notice').max(200),
      severity: z.string().trim().toLowerCase().max(60).optional(),
      openedAt: InstantSchema.optional(),
    }),
    output: z.object({ id: z.string() }),
    run: async ({ severity, openedAt, ...wish }, context: Acting) => ({
      id: await declareIncident({ ...wish, severity: severity || null, openedAt: openedAt ?? null }, context),
    }),
  }),
  operation({
    id: 'incident.resolve',
    method: 'post',
    path: '/incidents/resolved',
    scope: 'write',
    audit: 'incident.resolve',
    summary: 'Says that an incident that was declared here is over, or that it is not after all',
    input: z.strictObject({ id: Id, resolved: z.boolean().default(true) }),
    output: z.object({ id: z.string(), resolved: z.boolean() }),
    run: async ({ id, resolved }, context: Acting) => {
      await resolveIncident(id, resolved, context)
      return { id, resolved }
    },
  }),
  operation({
    id: 'incident.withdraw',
    method: 'post',
    path: '/incidents/withdrawn',
    scope: 'write',
    audit: 'incident.withdraw',
    summary: 'Takes back that there was an incident, or says so again',
    input: z.strictObject({ id: Id, withdrawn: z.boolean().default(true) }),
    output: z.object({ id: z.string(), withdrawn: z.boolean() }),
    run: async ({ id, withdrawn }, context: Acting) => {
      await withdrawIncident(id, withdrawn, context)
      return { id, withdrawn }
    },
  }),
] as const
