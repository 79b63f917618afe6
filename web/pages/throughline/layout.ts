import { LEVELS, type Level, levelOf, type Line, type TraceNode } from './graph.ts'

export interface Placed {
  node: TraceNode
  x: number
  y: number
}

export interface Layout {
  columns: { level: Level; x: number; left: number }[]
  placed: Placed[]
}

export const COLUMN = 232
export const ROW = 74
/** Most things drawn in one column; the outline lists all of them. */
export const COLUMN_LIMIT = 10

/**
 * A column a level, intent at the left. Inside a column things stand beside what they hang on: ordered by the mean
 * place of their neighbours to the left, so that lines cross little.
 */
export function layout(nodes: readonly TraceNode[], lines: readonly Line[]): Layout {
  const columns: Layout['columns'] = []
  const placed: Placed[] = []
  const place = new Map<string, number>()
  const byLevel = Map.groupBy(nodes, (node) => levelOf(node.kind))
  for (const [index, level] of LEVELS.entries()) {
    const members = byLevel.get(index)
    if (!members) continue
    const x = columns.length * COLUMN
    const kept = statedFirst(members, lines).slice(0, COLUMN_LIMIT)
    const shown = kept.map((node, at) => ({ node, wish: wishOf(node.id, lines, place) ?? at })).sort((a, b) => a.wish - b.wish)
    columns.push({ level, x, left: members.length - shown.length })
    const top = (-(shown.length - 1) * ROW) / 2
    shown.forEach(({ node }, row) => {
      place.set(node.id, top + row * ROW)
      placed.push({ node, x, y: top + row * ROW })
    })
  }
  return { columns, placed }
}

/** Where not everything fits, what is stated goes before what hangs on by component alone. */
function statedFirst(nodes: readonly TraceNode[], lines: readonly Line[]): TraceNode[] {
  const stated = new Set(lines.flatMap((line) => (line.weak ? [] : [line.upper, line.lower])))
  return [...nodes.filter((node) => stated.has(node.id)), ...nodes.filter((node) => !stated.has(node.id))]
}

/** The mean height of what a node hangs on, where that is placed already. */
function wishOf(id: string, lines: readonly Line[], place: ReadonlyMap<string, number>): number | undefined {
  const heights = lines.flatMap((line) => (line.lower === id ? (place.get(line.upper) ?? []) : []))
  return heights.length > 0 ? heights.reduce((sum, height) => sum + height, 0) / heights.length : undefined
}
