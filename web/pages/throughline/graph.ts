import type { Answer } from '../../api/index.ts'

export type Trace = Pick<Answer<'trace'>, 'nodes' | 'edges'>
export type TraceNode = Trace['nodes'][number]
export type TraceEdge = Trace['edges'][number]

/** A column of the map: kinds that stand equally far from intent. */
export interface Level {
  key: string
  label: string
  kinds: readonly string[]
}

export const LEVELS: readonly Level[] = [
  { key: 'vision', label: 'Vision', kinds: ['vision'] },
  { key: 'outcomes', label: 'Outcomes', kinds: ['outcome'] },
  { key: 'principles', label: 'Principles', kinds: ['principle'] },
  { key: 'decisions', label: 'Decisions', kinds: ['decision', 'exception', 'investment'] },
  { key: 'parts', label: 'Components', kinds: ['domain', 'system', 'platform', 'component', 'resource', 'api', 'repository'] },
  { key: 'work', label: 'Work items', kinds: ['work_item'] },
  { key: 'changes', label: 'Changes', kinds: ['change'] },
  { key: 'commits', label: 'Commits', kinds: ['commit'] },
  { key: 'deployments', label: 'Deployments', kinds: ['deployment'] },
  { key: 'incidents', label: 'Incidents', kinds: ['incident', 'risk'] },
  { key: 'measures', label: 'Measures', kinds: ['measure'] },
]

/** Place of a kind from intent (0) to records; kinds nobody placed stand with the components. */
export function levelOf(kind: string): number {
  const found = LEVELS.findIndex((level) => level.kinds.includes(kind))
  return found === -1 ? 4 : found
}

/** Several traces as one: every node and edge once. */
export function joined(traces: readonly Trace[]): Trace {
  const nodes = new Map(traces.flatMap((trace) => trace.nodes).map((node) => [node.id, node]))
  const edges = new Map(traces.flatMap((trace) => trace.edges).map((edge) => [`${edge.from} ${edge.type} ${edge.to}`, edge]))
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** A line of the map, from what stands nearer to intent to what stands further. */
export interface Line {
  upper: string
  lower: string
  type: string
  /** Holds only because something touches the same component. */
  weak: boolean
  /** Runs through nodes that are folded away. */
  through: boolean
}

/** The lines between the shown nodes; what is folded away is bridged, so that no path is lost. */
export function linesBetween(trace: Trace, isShown: (node: TraceNode) => boolean): Line[] {
  const byId = new Map(trace.nodes.map((node) => [node.id, node]))
  const below = Map.groupBy(
    trace.edges.flatMap((edge) => directed(edge, byId)),
    (line) => line.upper,
  )
  const lines = new Map<string, Line>()
  for (const start of trace.nodes.filter(isShown)) {
    const seen = new Set<string>([start.id])
    const open = (below.get(start.id) ?? []).map((line) => ({ ...line }))
    for (let line = open.shift(); line; line = open.shift()) {
      const target = byId.get(line.lower)
      if (!target || seen.has(`${line.lower} ${line.weak}`)) continue
      seen.add(`${line.lower} ${line.weak}`)
      if (isShown(target)) keepStrongest(lines, line)
      else
        open.push(
          ...(below.get(line.lower) ?? []).map((next) => ({ ...next, upper: start.id, weak: line.weak || next.weak, through: true })),
        )
    }
  }
  return [...lines.values()]
}

function directed(edge: TraceEdge, byId: ReadonlyMap<string, TraceNode>): Line[] {
  const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
  if (!from || !to) return []
  const [upper, lower] = levelOf(from.kind) < levelOf(to.kind) ? [from, to] : [to, from]
  return [{ upper: upper.id, lower: lower.id, type: edge.type, weak: edge.weak, through: false }]
}

function keepStrongest(lines: Map<string, Line>, line: Line): void {
  const key = `${line.upper} ${line.lower}`
  const before = lines.get(key)
  if (!before || (before.weak && !line.weak)) lines.set(key, line)
}
