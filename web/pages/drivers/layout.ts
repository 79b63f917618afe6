import type { TreeEdge, TreeNode } from './asks.ts'

export interface Placed {
  node: TreeNode
  x: number
  y: number
}

export interface Layout {
  columns: { label: string; x: number; left: number }[]
  placed: Placed[]
}

/** Room for a word on the line between two columns. */
export const COLUMN = 348
export const ROW = 92
/** Most things drawn in one column; the outline lists all of them. */
export const COLUMN_LIMIT = 12

/**
 * Outcomes at the left, the measures that show them beside, then what those are computed from or driven by, each as far
 * right as its longest way from an outcome or from a measure nothing hangs on. A circle of drivers is cut where it closes.
 */
export function layout(nodes: readonly TreeNode[], edges: readonly TreeEdge[]): Layout {
  const depth = depthsOf(nodes, edges)
  const columns: Layout['columns'] = []
  const placed: Placed[] = []
  const place = new Map<string, number>()
  for (const [level, members] of [...Map.groupBy(nodes, (node) => depth.get(node.id)!)].sort((a, b) => a[0] - b[0])) {
    const x = columns.length * COLUMN
    const kept = members.slice(0, COLUMN_LIMIT)
    columns.push({ label: labelOf(level), x, left: members.length - kept.length })
    const shown = kept.map((node, at) => ({ node, wish: wishOf(node.id, edges, place) ?? at * ROW })).sort((a, b) => a.wish - b.wish)
    shown.forEach(({ node }, row) => {
      const y = row * ROW - ((shown.length - 1) * ROW) / 2
      place.set(node.id, y)
      placed.push({ node, x, y })
    })
  }
  return { columns, placed }
}

/** Outcomes stand at 0, measures from 1 on. */
export function depthsOf(nodes: readonly TreeNode[], edges: readonly TreeEdge[]): Map<string, number> {
  const below = Map.groupBy(edges, ({ upper }) => upper)
  const depth = new Map<string, number>()
  const visit = (id: string, at: number, way: ReadonlySet<string>) => {
    if (way.has(id) || (depth.get(id) ?? -1) >= at) return
    depth.set(id, at)
    const onward = new Set(way).add(id)
    for (const { lower } of below.get(id) ?? []) visit(lower, at + 1, onward)
  }
  const hung = new Set(edges.map(({ lower }) => lower))
  for (const { id, kind } of nodes) if (kind === 'outcome') visit(id, 0, new Set())
  for (const { id, kind } of nodes) if (kind === 'measure' && !hung.has(id)) visit(id, 1, new Set())
  // What only a circle leads to.
  for (const { id } of nodes) if (!depth.has(id)) visit(id, 1, new Set())
  return depth
}

function labelOf(level: number): string {
  if (level === 0) return 'Outcomes'
  if (level === 1) return 'Measures'
  return level === 2 ? 'What moves them' : 'And what moves that'
}

/** The mean height of what a node hangs on, where that is placed already. */
function wishOf(id: string, edges: readonly TreeEdge[], place: ReadonlyMap<string, number>): number | undefined {
  const heights = edges.flatMap(({ upper, lower }) => (lower === id ? (place.get(upper) ?? []) : []))
  return heights.length > 0 ? heights.reduce((sum, height) => sum + height, 0) / heights.length : undefined
}

/** Where a line between two columns is at a share of its way: the curve the graph library draws, a cubic Bézier with level ends. */
export function pointOn(from: { x: number; y: number }, to: { x: number; y: number }, share: number): { x: number; y: number } {
  const [a, b] = [1 - share, share]
  const middle = (from.x + to.x) / 2
  return {
    x: a ** 3 * from.x + 3 * a * b * middle + b ** 3 * to.x,
    y: (a ** 3 + 3 * a ** 2 * b) * from.y + (3 * a * b ** 2 + b ** 3) * to.y,
  }
}
