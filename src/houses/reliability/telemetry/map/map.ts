import { quantile, type Durations } from '../assess/durations.ts'

/** Things that are drawn each for itself; the rest is drawn as one. */
export const MOST_NODES = 60
/** The node that stands for all others. */
export const OTHERS = 'others'

interface Figures {
  calls: number
  errors: number
  durations: Durations
}

/** Calls as they are known, and dependencies as they are declared. */
export interface KnownEdge extends Figures {
  caller: string
  callee: string
  via: 'spans' | 'said'
  /** The component that answered at that host. */
  resolved: string | null
}

export interface MapEdge {
  caller: string
  callee: string
  calls: number
  errors: number
  p95Ms: number | null
  /** Declared in the catalogue; seen in spans. */
  declared: boolean
  seen: boolean
}

export interface MapNode {
  ref: string
  /** `component`, `database`, `queue`, `host`, or `others` for all that are not drawn by themselves. */
  kind: string
  calls: number
  errors: number
  p95Ms: number | null
  /** How many it stands for; 1 but for the others. */
  stands: number
}

/** Nodes and edges of a map, largest first, at most so many nodes. */
export interface DependencyMap {
  nodes: MapNode[]
  edges: MapEdge[]
}

/**
 * Who calls whom. Where spans of both sides came, what the caller alone says of the same call is left out, so that nothing
 * counts twice. What few things depend on and few calls reach is drawn together.
 */
export function dependencyMap(
  edges: readonly KnownEdge[],
  declared: readonly { from: string; to: string }[],
  served: ReadonlyMap<string, Figures>,
  most = MOST_NODES,
): DependencyMap {
  const joined = joinedEdges(edges, declared)
  const weight = new Map<string, number>()
  const weigh = (ref: string, by: number) => weight.set(ref, (weight.get(ref) ?? 0) + by)
  for (const ref of served.keys()) weigh(ref, 0)
  for (const { caller, callee, calls } of joined) {
    weigh(caller, 1 + Math.log1p(calls))
    weigh(callee, 2 + Math.log1p(calls))
  }
  const ranked = [...weight].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([ref]) => ref)
  const drawn = new Set(ranked.slice(0, ranked.length > most ? most - 1 : most))
  const nodes = [...drawn].map((ref): MapNode => ({ ref, kind: kindOf(ref), ...figures(served.get(ref)), stands: 1 }))
  const rest = ranked.filter((ref) => !drawn.has(ref))
  if (rest.length > 0) {
    const pooled = rest.map((ref) => served.get(ref)).filter((one) => one !== undefined)
    nodes.push({ ref: OTHERS, kind: OTHERS, ...figures(pooled.length > 0 ? pooled.reduce(sum) : undefined), stands: rest.length })
  }
  const place = (ref: string) => (drawn.has(ref) ? ref : OTHERS)
  const shown = Map.groupBy(joined, ({ caller, callee }) => `${place(caller)}\n${place(callee)}`)
  return {
    nodes,
    edges: [...shown.values()]
      .map((group): MapEdge => {
        const [first] = group
        const all = group.reduce<Figures>(sum, NOTHING)
        return {
          caller: place(first!.caller),
          callee: place(first!.callee),
          calls: all.calls,
          errors: all.errors,
          p95Ms: quantile(all.durations, 0.95),
          declared: group.some((one) => one.declared),
          seen: group.some((one) => one.seen),
        }
      })
      .filter(({ caller, callee }) => caller !== OTHERS || callee !== OTHERS)
      .sort((a, b) => b.calls - a.calls || (a.caller + a.callee < b.caller + b.callee ? -1 : 1)),
  }
}

type JoinedEdge = Figures & { caller: string; callee: string; declared: boolean; seen: boolean }
const NOTHING: Figures = { calls: 0, errors: 0, durations: [] }

/** One edge a pair: what spans tell where they do, else what the caller says; and what is declared. */
export function joinedEdges(edges: readonly KnownEdge[], declared: readonly { from: string; to: string }[]): JoinedEdge[] {
  const pairs = new Map<string, JoinedEdge>()
  const bySpans = new Set(edges.filter(({ via }) => via === 'spans').map(({ caller, callee }) => `${caller}\n${callee}`))
  for (const edge of edges) {
    const callee = edge.resolved ?? edge.callee
    const key = `${edge.caller}\n${callee}`
    if (edge.caller === callee || (edge.via === 'said' && bySpans.has(key))) continue
    const before = pairs.get(key)
    pairs.set(key, { caller: edge.caller, callee, declared: false, seen: true, ...sum(before ?? NOTHING, edge) })
  }
  for (const { from, to } of declared) {
    const key = `${from}\n${to}`
    pairs.set(key, { ...(pairs.get(key) ?? { caller: from, callee: to, seen: false, ...NOTHING }), declared: true })
  }
  return [...pairs.values()]
}

/** All that depend on each thing, directly or through others. */
export function dependentsOf(edges: readonly { caller: string; callee: string }[]): (ref: string) => ReadonlySet<string> {
  const callers = Map.groupBy(edges, ({ callee }) => callee)
  return (ref) => {
    const found = new Set<string>()
    const open = [ref]
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const { caller } of callers.get(next) ?? [])
        if (caller !== ref && !found.has(caller)) {
          found.add(caller)
          open.push(caller)
        }
    return found
  }
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'))
}

function figures(one: Figures | undefined): Pick<MapNode, 'calls' | 'errors' | 'p95Ms'> {
  return { calls: one?.calls ?? 0, errors: one?.errors ?? 0, p95Ms: one ? quantile(one.durations, 0.95) : null }
}

function sum(one: Figures, other: Figures): Figures {
  const durations = new Map(one.durations)
  for (const [bucket, calls] of other.durations) durations.set(bucket, (durations.get(bucket) ?? 0) + calls)
  return { calls: one.calls + other.calls, errors: one.errors + other.errors, durations: [...durations] }
}
