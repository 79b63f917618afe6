/** A thing on the map, and where it stands. */
export interface Placed<N> {
  node: N
  x: number
  y: number
}

export const COLUMN = 250
export const ROW = 78
export const CARD = { width: 180, height: 60 }

/**
 * Callers at the left, what they call to their right: a column is one step further from where calls begin. Things that call
 * each other in a circle stand where they are first come to. Within a column things stand beside what calls them.
 */
export function layout<N extends { ref: string }>(
  nodes: readonly N[],
  edges: readonly { caller: string; callee: string }[],
): { placed: Placed<N>[]; width: number; height: number } {
  const columnOf = columns(
    nodes.map(({ ref }) => ref),
    edges,
  )
  const rowOf = new Map<string, number>()
  const byColumn = Map.groupBy(nodes, ({ ref }) => columnOf.get(ref)!)
  const placed: Placed<N>[] = []
  const tallest = Math.max(1, ...[...byColumn.values()].map((column) => column.length))
  for (const column of [...byColumn.keys()].sort((a, b) => a - b)) {
    const members = byColumn.get(column)!
    const wished = members
      .map((node, n) => ({ node, wish: wishOf(node.ref, edges, rowOf) ?? n }))
      .sort((a, b) => a.wish - b.wish || (a.node.ref < b.node.ref ? -1 : 1))
    const top = (tallest - members.length) / 2
    wished.forEach(({ node }, n) => {
      rowOf.set(node.ref, top + n)
      placed.push({ node, x: column * COLUMN, y: (top + n) * ROW })
    })
  }
  const last = Math.max(0, ...byColumn.keys())
  return { placed, width: last * COLUMN + CARD.width, height: tallest * ROW - (ROW - CARD.height) }
}

/** How many steps each thing is away from where calls begin, the longest way, circles left out. */
function columns(refs: readonly string[], edges: readonly { caller: string; callee: string }[]): Map<string, number> {
  const callers = Map.groupBy(edges, ({ callee }) => callee)
  const found = new Map<string, number>()
  const open = new Set<string>()
  const depth = (ref: string): number => {
    const known = found.get(ref)
    if (known !== undefined) return known
    open.add(ref)
    const above = (callers.get(ref) ?? []).filter(({ caller }) => !open.has(caller)).map(({ caller }) => depth(caller) + 1)
    open.delete(ref)
    const column = Math.max(0, ...above)
    found.set(ref, column)
    return column
  }
  for (const ref of refs) depth(ref)
  return found
}

function wishOf(ref: string, edges: readonly { caller: string; callee: string }[], rowOf: ReadonlyMap<string, number>): number | null {
  const rows = edges.filter(({ callee }) => callee === ref).flatMap(({ caller }) => rowOf.get(caller) ?? [])
  return rows.length > 0 ? rows.reduce((sum, row) => sum + row, 0) / rows.length : null
}
