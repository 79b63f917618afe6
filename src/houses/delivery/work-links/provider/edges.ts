import type { TraceEdge } from '../../../../ground/catalog/index.ts'

/** What one look-up found, with how many neighbours of a node it left out. */
export interface Found {
  edges: TraceEdge[]
  more?: Record<string, number>
}

/** A record says it itself. */
export function stated(from: string, type: string, to: string, confidence = 1): TraceEdge {
  return { from, type, to, origin: 'declared', confidence, weak: false }
}

/** Holds only because of where something belongs. */
export function weak(from: string, type: string, to: string): TraceEdge {
  return { from, type, to, origin: 'inferred', confidence: 1, weak: true }
}

/** Keeps at most `limit` edges a node, the same whatever the order of the rows, and counts the rest. */
export function limited(found: readonly { node: string; edge: TraceEdge }[], limit: number): Found {
  const rows = found
    .map((row) => ({ ...row, name: `${row.edge.from} ${row.edge.type} ${row.edge.to}` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const edges: TraceEdge[] = []
  const more: Record<string, number> = {}
  for (const [node, its] of Map.groupBy(rows, (row) => row.node)) {
    edges.push(...its.slice(0, limit).map((row) => row.edge))
    if (its.length > limit) more[node] = its.length - limit
  }
  return { edges, more }
}

export function ofKind(ids: readonly string[], ...kinds: string[]): string[] {
  return ids.filter((id) => kinds.includes(id.slice(0, id.indexOf(':'))))
}
