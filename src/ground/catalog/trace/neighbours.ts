import type { Instant } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { LinkProvider, TraceEdge, TraceNode } from '../catalog.ts'
import { linkAt } from '../known.ts'
import { strongestFirst } from '../links/kept.ts'
import type { NodeId } from '../links/node-id.ts'
import { textList } from '../rows.ts'
import { followed, leadsUp, upperEnd } from './altitude.ts'

/** Neighbours listed for one node; how many more there are is said beside. */
export const FAN_OUT = 25

export interface Step {
  edges: { node: NodeId; other: NodeId; edge: TraceEdge }[]
  /** How many neighbours of a node were left out. */
  more: Map<NodeId, number>
  /** What providers said about nodes on the way. */
  described: Map<NodeId, Omit<TraceNode, 'depth'>>
}

/** One step up or down from all of these nodes at once: one statement, and one call of each provider. */
export async function stepFrom(
  store: Store,
  providers: readonly LinkProvider[],
  nodes: readonly NodeId[],
  direction: 'up' | 'down',
  asOf: Instant | undefined,
): Promise<Step> {
  const step: Step = { edges: [], more: new Map(), described: new Map() }
  for (const { node, total, ...edge } of await keptEdges(store, nodes, direction, asOf)) {
    step.edges.push({ node, other: edge.from === node ? edge.to : edge.from, edge: { ...edge, weak: false } })
    if (total > FAN_OUT) step.more.set(node, total - FAN_OUT)
  }
  const asked = new Set(nodes)
  for (const provider of providers) {
    const answer = await provider.neighbours(nodes, FAN_OUT, direction, asOf)
    for (const node of answer.nodes) step.described.set(node.id, node)
    for (const edge of answer.edges) {
      const upper = upperEnd(edge)
      if (!upper) continue
      const lower = upper === 'from' ? 'to' : 'from'
      const [near, far] = direction === 'up' ? [edge[lower], edge[upper]] : [edge[upper], edge[lower]]
      if (asked.has(near)) step.edges.push({ node: near, other: far, edge })
    }
    for (const [node, more] of Object.entries(answer.more ?? {})) step.more.set(node, (step.more.get(node) ?? 0) + more)
  }
  return step
}

/** Accepted kept links; intent before records, late records before early ones. */
async function keptEdges(store: Store, nodes: readonly NodeId[], direction: 'up' | 'down', asOf: Instant | undefined) {
  const [toUpper, fromUpper] = direction === 'up' ? [sql.ref('from_id'), sql.ref('to_id')] : [sql.ref('to_id'), sql.ref('from_id')]
  const columns = sql`from_id, type, to_id, origin, confidence, at`
  return store.query<{
    node: NodeId
    from: NodeId
    type: string
    to: NodeId
    origin: TraceEdge['origin']
    confidence: number
    total: number
  }>(sql`
    with asked as (select value from ${textList(nodes)}), touching as (
      select value as node, ${columns} from asked join ${linkAt(asOf)} on ${toUpper} = value where status = 'accepted' and ${followed} and ${leadsUp}
      union all
      select value as node, ${columns} from asked join ${linkAt(asOf)} on ${fromUpper} = value where status = 'accepted' and ${followed} and not ${leadsUp}
    ), stated as (
      select distinct on (node, from_id, type, to_id) * from touching order by node, from_id, type, to_id, ${strongestFirst}
    ), ranked as (
      select *, row_number() over (partition by node order by origin <> 'declared', at desc, from_id, to_id, type) as place, (count(*) over (partition by node))::int as total
      from stated
    )
    select node, from_id as "from", type, to_id as "to", origin, confidence, total from ranked where place <= ${FAN_OUT}
    order by node, place`)
}
