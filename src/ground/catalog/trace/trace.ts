import { formatRef, type Instant, parseRef, refKind, refName } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import type { LinkProvider, Trace, TraceEdge, TraceNode } from '../catalog.ts'
import { needsEntity } from '../links/dangling.ts'
import { isRecordId, type NodeId, splitNode } from '../links/node-id.ts'
import { describeNodes } from './describe.ts'
import { stepFrom } from './neighbours.ts'

/** A trace that grows beyond this is cut; the nodes where it was say how many more there are. */
const MAX_NODES = 1_000

interface Grounds {
  store: Store
  providers: readonly LinkProvider[]
  /** What was known then; the present when left out. */
  asOf: Instant | undefined
}

interface Walk {
  nodes: Map<NodeId, { depth: number; more: number }>
  edges: Map<string, TraceEdge>
  described: Map<NodeId, Omit<TraceNode, 'depth'>>
}

/** Follows links from one thing, breadth first: up towards outcomes, down towards records, or both ways from the start. */
export async function traceFrom(grounds: Grounds, id: string, direction: 'up' | 'down' | 'both', depth: number): Promise<Trace> {
  const walk: Walk = { nodes: new Map(), edges: new Map(), described: new Map() }
  const starts = await startNodes(grounds, id, walk)
  for (const start of starts) walk.nodes.set(start, { depth: 0, more: 0 })
  if (direction !== 'down') await follow(grounds, starts, 'up', depth, walk)
  if (direction !== 'up') await follow(grounds, starts, 'down', depth, walk)
  const { store, providers, asOf } = grounds
  return present(walk, await describeNodes(store, providers, [...walk.nodes.keys()], { known: walk.described, asOf }))
}

/** The thing asked for; a record named without its subject may be several. */
async function startNodes({ providers, asOf }: Grounds, id: string, walk: Walk): Promise<NodeId[]> {
  if (!isRecordId(id)) {
    const ref = parseRef(id)
    return [ref.ok ? formatRef(ref.value) : id]
  }
  const found = (await Promise.all(providers.map(async (provider) => (await provider.describe?.([id], asOf)) ?? []))).flat()
  for (const node of found) walk.described.set(node.id, node)
  return found.length > 0 ? [...new Set(found.map((node) => node.id))] : [id]
}

async function follow(
  { store, providers, asOf }: Grounds,
  starts: readonly NodeId[],
  direction: 'up' | 'down',
  depth: number,
  walk: Walk,
): Promise<void> {
  const visited = new Set(starts)
  let frontier = [...starts]
  for (let distance = 1; distance <= depth && frontier.length > 0; distance += 1) {
    const { edges, more, described } = await stepFrom(store, providers, frontier, direction, asOf)
    for (const [node, said] of described) walk.described.set(node, said)
    for (const [node, count] of more) walk.nodes.get(node)!.more += count
    const next: NodeId[] = []
    for (const { node, other, edge } of edges) {
      if (!walk.nodes.has(other)) {
        if (walk.nodes.size >= MAX_NODES) {
          walk.nodes.get(node)!.more += 1
          continue
        }
        walk.nodes.set(other, { depth: direction === 'up' ? -distance : distance, more: 0 })
      }
      addEdge(walk, edge)
      if (!visited.has(other)) {
        visited.add(other)
        next.push(other)
      }
    }
    frontier = next
  }
}

/** Where membership and a statement say the same, the statement stands. */
function addEdge(walk: Walk, edge: TraceEdge): void {
  const key = JSON.stringify([edge.from, edge.type, edge.to])
  const other = walk.edges.get(key)
  if (!other || (other.weak && !edge.weak)) walk.edges.set(key, edge)
}

/** Records are shown without their subject where the id alone tells them apart. */
function present(walk: Walk, said: ReadonlyMap<NodeId, Omit<TraceNode, 'depth'>>): Trace {
  const holders = Map.groupBy(walk.nodes.keys(), (node) => splitNode(node).id)
  const shown = (node: NodeId) => (holders.get(splitNode(node).id)?.length === 1 ? splitNode(node).id : node)
  const nodes = [...walk.nodes].map(([node, { depth, more }]): TraceNode => {
    const { subject } = splitNode(node)
    const about = said.get(node) ?? {
      id: node,
      kind: refKind(node),
      // A measure may be built in: then its id is all its name.
      title: refKind(node) === 'measure' ? refName(node) : splitNode(node).id,
      ...(needsEntity(node) ? { dangling: true } : {}),
    }
    return { ...about, id: shown(node), depth, ...(subject ? { subject } : {}), ...(more > 0 ? { more } : {}) }
  })
  return { nodes, edges: [...walk.edges.values()].map((edge) => ({ ...edge, from: shown(edge.from), to: shown(edge.to) })) }
}
