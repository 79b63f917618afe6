/** What trace learns from records: what holds what, and where work belongs. */
import type { LinkProvider, TraceEdge } from '../../../../ground/catalog/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { changeContents, deploymentContents } from './contents.ts'
import { deliveredByHistory } from './delivered.ts'
import { describeRecords } from './describe.ts'
import { incidentCauses } from './incidents.ts'
import { concerns, homes, latestWork } from './places.ts'

export function workProvider(grounds: Pick<Ground, 'store' | 'catalog' | 'ledger'>, fresh: () => Promise<void>): LinkProvider {
  const { store } = grounds
  return {
    name: 'work',
    fresh,
    describe: (ids, asOf) => describeRecords(store, ids, asOf ?? null),
    async neighbours(ids, limit, direction, moment) {
      const asOf = moment ?? null
      const found = [
        await changeContents(store, ids, limit, asOf),
        await deploymentContents(store, ids, limit, asOf),
        await deliveredByHistory(grounds, ids, limit, asOf),
        await incidentCauses(store, ids, limit, asOf),
        await (direction === 'up' ? homes : latestWork)(grounds, ids, limit, asOf),
        await concerns(grounds, ids, limit, asOf),
      ]
      const more: Record<string, number> = {}
      for (const one of found) for (const [node, count] of Object.entries(one.more ?? {})) more[node] = (more[node] ?? 0) + count
      return { edges: found.flatMap((one): TraceEdge[] => one.edges), nodes: [], more }
    },
  }
}
