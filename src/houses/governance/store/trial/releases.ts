import type { SubjectShare } from '../../../../ground/catalog/index.ts'
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

/** What some names cover, each part once: components themselves, those of systems, those of namespaces. */
async function coveredBy(
  covers: readonly string[],
  asOf: Instant,
  { catalog }: Context,
): Promise<{ share: SubjectShare; belongs: string[] }[]> {
  const lists = await Promise.all(covers.map((name) => catalog.shares(name, asOf)))
  const shares = [...new Map(lists.flat().map((share) => [share.ref, share])).values()].sort((a, b) => (a.ref < b.ref ? -1 : 1))
  const entities = await catalog.list({ refs: shares.map(({ ref }) => ref), limit: shares.length + 1 }, asOf)
  const systems = new Map(
    entities.flatMap(({ ref, spec }) => {
      const read = typeof spec.system === 'string' ? toRef(spec.system, { kind: 'system', namespace: refNamespace(ref) }) : null
      return read?.ok ? [[ref, read.value] as const] : []
    }),
  )
  return shares.map((share) => {
    const system = systems.get(share.ref)
    return { share, belongs: [share.ref, ...(system ? [system] : []), `namespace:${refNamespace(share.ref)}`] }
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
  for (const { share, belongs } of await coveredBy(covers, asOf, context)) {
    const ask = { subject: share.ref, shares: [share], environment, at: to, asOf, most: MOST }
    const { deployments, failuresHeard } = await pastDeployments(ask, context)
    if (deployments.length === 0) continue
    const told = await firstTold(share, failures ? ['deployment', 'incident', 'change', 'commit'] : ['deployment'], context)
    deployed.push({ component: share.ref, belongs, deployments, failuresHeard, told })
  }
  return deployed
}
