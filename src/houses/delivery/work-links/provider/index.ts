/** What trace learns from records: what holds what, and where work belongs. */
import type { Catalog, LinkProvider, TraceEdge } from '../../../../ground/catalog/index.ts'
import type { Store } from '../../../../ground/store/index.ts'
import { changeContents, deploymentContents } from './contents.ts'
import { deliveredByHistory } from './delivered.ts'
import { describeRecords } from './describe.ts'
import { incidentCauses } from './incidents.ts'
import { concerns, homes, latestWork } from './places.ts'

export function workProvider(grounds: { store: Store; catalog: Catalog }, fresh: () => Promise<void>): LinkProvider {
  const { store } = grounds
  return {
    name: 'work',
    fresh,
    describe: (ids) => describeRecords(store, ids),
    async neighbours(ids, limit, direction) {
      const found = [
        await changeContents(store, ids, limit),
        await deploymentContents(store, ids, limit),
        await deliveredByHistory(store, ids, limit),
        await incidentCauses(store, ids, limit),
        await (direction === 'up' ? homes : latestWork)(grounds, ids, limit),
        await concerns(grounds, ids, limit),
      ]
      const more: Record<string, number> = {}
      for (const one of found) for (const [node, count] of Object.entries(one.more ?? {})) more[node] = (more[node] ?? 0) + count
      return { edges: found.flatMap((one): TraceEdge[] => one.edges), nodes: [], more }
    },
  }
}
