import { type Catalog, type Entity, madeOf, MeasureSpec } from '../../catalog/index.ts'
import type { Instant } from '../../core/index.ts'
import type { ListedMeasure, Measures } from '../measures.ts'

/** An outcome or a measure on the map. */
export interface TreeNode {
  /** Ref of the outcome, or id of the measure. */
  id: string
  kind: 'outcome' | 'measure'
  title: string
  unit?: string
  better?: 'higher' | 'lower'
  question?: string
  headline?: ListedMeasure['headline']
  /** Nobody computes, declares or sends it. */
  missing?: true
  /** The `Measure` entity that says what drives it. */
  stated?: { ref: string; version: number }
}

/** What hangs on what: an outcome on its measure, a measure on what it is computed from or thought to be driven by. */
export interface TreeEdge {
  upper: string
  lower: string
  kind: 'measure' | 'part' | 'driver'
  direction?: 'same' | 'opposite'
  lag?: string
}

export interface MetricTree {
  nodes: TreeNode[]
  edges: TreeEdge[]
}

type Context = { measures: Measures; catalog: Catalog }

/** Outcomes, the measures that show them, and what drives those, in one namespace; measures that hang on nothing are left out. */
export async function metricTree(
  { namespace, asOf }: { namespace: string; asOf?: Instant },
  { measures, catalog }: Context,
): Promise<MetricTree> {
  const outcomes = await catalog.list({ kind: 'outcome', namespace, limit: MOST }, asOf)
  const entities = await catalog.list({ kind: 'measure', namespace, limit: MOST }, asOf)
  const own = new Map(entities.map((entity) => [entity.metadata.name, entity]))
  const edges = [...outcomes.flatMap(edgesOfOutcome), ...entities.flatMap(edgesOfMeasure)]
  const listed = new Map(
    [...(await measures.listAll(undefined, asOf)), ...(await measures.listAll(namespace, asOf))].map((one) => [one.id, one]),
  )
  const ids = new Set(edges.flatMap(({ upper, lower }) => [upper, lower]))
  return {
    nodes: [
      ...outcomes.map((outcome): TreeNode => ({
        id: outcome.ref,
        kind: 'outcome',
        title: outcome.metadata.title ?? outcome.metadata.name,
      })),
      ...[...ids]
        .filter((id) => !id.startsWith('outcome:'))
        .sort()
        .map((id) => measureNode(id, listed.get(id), own.get(id))),
    ],
    edges,
  }
}

/** More outcomes or measures than anybody can look at; the rest is in the lists. */
const MOST = 400

function edgesOfOutcome({ ref, spec }: Entity): TreeEdge[] {
  return typeof spec.measure === 'string' ? [{ upper: ref, lower: spec.measure, kind: 'measure' }] : []
}

function edgesOfMeasure({ metadata: { name }, spec }: Entity): TreeEdge[] {
  const read = MeasureSpec.safeParse(spec)
  if (!read.success) return []
  const parts = new Set(madeOf(read.data.source).map(({ measure }) => measure))
  return [
    ...[...parts].map((measure): TreeEdge => ({ upper: name, lower: measure, kind: 'part' })),
    ...(read.data.drivers ?? []).map(({ measure, direction, lag }): TreeEdge => ({
      upper: name,
      lower: measure,
      kind: 'driver',
      ...(direction ? { direction } : {}),
      ...(lag ? { lag } : {}),
    })),
  ]
}

function measureNode(id: string, listed: ListedMeasure | undefined, entity: Entity | undefined): TreeNode {
  return {
    id,
    kind: 'measure',
    title: listed?.title ?? id,
    ...(listed?.unit ? { unit: listed.unit } : {}),
    ...(listed?.better ? { better: listed.better } : {}),
    ...(listed ? { question: listed.question } : { missing: true }),
    ...(listed?.headline ? { headline: listed.headline } : {}),
    ...(entity ? { stated: { ref: entity.ref, version: entity.version } } : {}),
  }
}
