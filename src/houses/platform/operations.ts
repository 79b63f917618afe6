import * as z from 'zod'
import { InstantSchema, operation, refNamespace } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { capabilitiesIn, needsIn } from './assess/index.ts'
import { factOperations } from './facts/index.ts'
import { componentFacts } from './intent.ts'

const CapabilityView = z.object({
  name: z.string(),
  /** Shared providers first. */
  providers: z.array(
    z.object({ ref: z.string(), title: z.string(), owner: z.string().nullable(), shared: z.boolean(), users: z.array(z.string()) }),
  ),
  /** Components that build or keep their own although somebody else provides it. */
  unmet: z.array(z.string()),
})

export const platformOperations = [
  operation({
    id: 'capability.list',
    method: 'get',
    path: '/capabilities',
    scope: 'read',
    summary: 'Capabilities that components declare: who provides them to whom, and who builds their own',
    input: z.object({ namespace: z.string().trim().toLowerCase().default('default'), asOf: InstantSchema.optional() }),
    output: z.object({ capabilities: z.array(CapabilityView) }),
    run: async (ask, { catalog }: Pick<Ground, 'catalog'>) => {
      const entities = await catalog.list({ kind: 'component', namespace: ask.namespace }, ask.asOf)
      const facts = entities.filter((entity) => refNamespace(entity.ref) === ask.namespace).map(componentFacts)
      const byRef = new Map(facts.map((component) => [component.ref, component]))
      const needs = needsIn(facts)
      return {
        capabilities: capabilitiesIn(facts).map(({ name, providers }) => ({
          name,
          providers: providers
            .map(({ ref, shared, users }) => ({ ref, title: byRef.get(ref)!.title, owner: byRef.get(ref)!.owner, shared, users }))
            .sort((a, b) => Number(b.shared) - Number(a.shared) || b.users.length - a.users.length || (a.ref < b.ref ? -1 : 1)),
          unmet: needs.filter((need) => need.capability === name && !need.met).map((need) => need.component),
        })),
      }
    },
  }),
  ...factOperations,
] as const
