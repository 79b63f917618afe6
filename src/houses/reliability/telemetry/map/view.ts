import * as z from 'zod'
import { formatInstant, HOUR, type Instant, refName, type Window } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { slosOf } from '../../store/slos.ts'
import { statusesOf } from '../../store/statuses.ts'
import { componentsOf, liesIn } from '../components.ts'
import { edgesIn, servedIn } from '../store/read.ts'
import { CallView } from '../service-view.ts'
import { dependencyMap, MOST_NODES } from './map.ts'

const STATES = ['missed', 'at_risk', 'unknown', 'met'] as const

export const MapView = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  nodes: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      kind: z.string(),
      /** Whether a component is declared in the catalogue; null for what is none. */
      declared: z.boolean().nullable(),
      /** Worst state of its promises; null where it promised nothing. */
      state: z.enum(STATES).nullable(),
      calls: z.number().int(),
      errors: z.number().int(),
      p95Ms: z.number().nullable(),
      stands: z.number().int(),
    }),
  ),
  edges: z.array(CallView.extend({ declared: z.boolean(), seen: z.boolean() })),
  mostNodes: z.number().int(),
})
export type MapView = z.output<typeof MapView>

/** Who calls whom, how well, and what each promised. */
export async function mapView(
  { at, hours, scope }: { at: Instant; hours: number; scope: string | undefined },
  ground: Pick<Ground, 'store' | 'catalog' | 'ledger'>,
): Promise<MapView> {
  const window: Window = { from: at - hours * HOUR, to: at }
  const { components, declared } = await componentsOf(ground, scope)
  const edges = (await edgesIn(ground.store, window)).filter(
    ({ caller, callee, resolved }) => liesIn(caller, scope) || liesIn(resolved ?? callee, scope),
  )
  const served = new Map(
    (await servedIn(ground.store, window)).filter(({ service }) => liesIn(service, scope)).map((one) => [one.service, one]),
  )
  const map = dependencyMap(edges, declared, served)
  const slos = await slosOf(ground)
  const drawn = new Set(map.nodes.map(({ ref }) => ref))
  const statuses = await statusesOf(
    slos.filter(({ service }) => drawn.has(service)),
    { at, asOf: null },
    ground,
  )
  const states = Map.groupBy(statuses, ({ service }) => service)
  return {
    window: { from: formatInstant(window.from), to: formatInstant(window.to) },
    nodes: map.nodes.map((node) => ({
      ...node,
      title: components.get(node.ref)?.title ?? (node.kind === 'component' ? refName(node.ref) : node.ref.slice(node.ref.indexOf(':') + 1)),
      declared: node.kind === 'component' ? components.has(node.ref) : null,
      state: STATES.find((state) => states.get(node.ref)?.some((status) => status.state === state)) ?? null,
    })),
    edges: map.edges,
    mostNodes: MOST_NODES,
  }
}
