import { type Instant, type Ref, refNamespace, toRef } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { firstTold, type PastDeployment, pastDeployments } from '../../../delivery/index.ts'

/** A component with its deployments, and since when each record about them is known. */
export interface Deployed {
  component: Ref
  /** The component, its system, its namespace. */
  belongs: readonly string[]
  /** New deployments, newest first; those before the window, too. */
  deployments: readonly PastDeployment[]
  told: ReadonlyMap<string, Instant>
  failuresHeard: boolean
}

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog'>

/** Records looked at of one component. */
const MOST = 5_000

/** All components that some names cover: components themselves, those of systems, those of namespaces. */
export async function coveredBy(
  covers: readonly string[],
  asOf: Instant,
  { catalog }: Context,
): Promise<{ component: Ref; belongs: string[] }[]> {
  const shares = (await Promise.all(covers.map((name) => catalog.shares(name, asOf)))).flat()
  const parts = new Set(shares.filter(({ ref }) => ref.startsWith('component:')).flatMap(({ subjects }) => subjects))
  // A system or repository whose records its components have as well would count them twice.
  const apart = shares.filter(({ ref, subjects }) => ref.startsWith('component:') || !subjects.some((subject) => parts.has(subject)))
  const found = [...new Set(apart.map(({ ref }) => ref))].sort()
  const entities = await catalog.list({ refs: found, limit: found.length + 1 }, asOf)
  const systems = new Map(
    entities.flatMap(({ ref, spec }) => {
      const read = typeof spec.system === 'string' ? toRef(spec.system, { kind: 'system', namespace: refNamespace(ref) }) : null
      return read?.ok ? [[ref, read.value] as const] : []
    }),
  )
  return found.map((component) => {
    const system = systems.get(component)
    return { component, belongs: [component, ...(system ? [system] : []), `namespace:${refNamespace(component)}`] }
  })
}

/**
 * Their deployments until a moment.
 * @param failures whether it is asked, too, since when what says that they failed is known
 */
export async function deployedOf(
  covers: readonly string[],
  { environment, to, asOf, failures }: { environment: string; to: Instant; asOf: Instant; failures: boolean },
  context: Context,
): Promise<Deployed[]> {
  const deployed: Deployed[] = []
  for (const one of await coveredBy(covers, asOf, context)) {
    const { deployments, failuresHeard } = await pastDeployments({ subject: one.component, environment, at: to, asOf, most: MOST }, context)
    if (deployments.length === 0) continue
    const told = await firstTold(one.component, failures ? ['deployment', 'incident', 'change', 'commit'] : ['deployment'], asOf, context)
    deployed.push({ ...one, deployments, failuresHeard, told })
  }
  return deployed
}
