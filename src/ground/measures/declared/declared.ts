import { type Audience, AUDIENCES, type Catalog, type Entity, headlinesOf, MeasureSource } from '../../catalog/index.ts'
import { type Instant, refNamespace } from '../../core/index.ts'
import type { ResolvedAsk } from '../asking.ts'
import type { DeclaredMeasure } from '../measures.ts'

/** Where and as of when a measure is looked up. */
export type Standpoint = Pick<ResolvedAsk, 'subject' | 'asOf'>

const ENTITY_NAME = /^[a-z0-9](?:[a-z0-9_.-]{0,61}[a-z0-9])?$/i

/** The `Measure` entity of this id: in the namespace asked about, else in `default`; as it was known then. */
export async function measureEntity(catalog: Catalog, measure: string, { subject, asOf }: Standpoint): Promise<Entity | null> {
  if (!ENTITY_NAME.test(measure)) return null
  for (const place of new Set([namespaceOf(subject), 'default'])) {
    const entity = await catalog.get(`measure:${place}/${measure.toLowerCase()}`, asOf)
    if (entity) return entity
  }
  return null
}

/** What that entity says. */
export async function declaredMeasure(catalog: Catalog, measure: string, standpoint: Standpoint): Promise<DeclaredMeasure | null> {
  const entity = await measureEntity(catalog, measure, standpoint)
  return entity && read(entity)
}

/** All `Measure` entities of a namespace, or of every namespace. */
export async function declaredMeasures(catalog: Catalog, namespace?: string, asOf?: Instant): Promise<DeclaredMeasure[]> {
  const entities = await catalog.list({ kind: 'measure', ...(namespace ? { namespace } : {}), limit: 10_000 }, asOf)
  return [...new Map(entities.map((entity) => [entity.metadata.name, read(entity)])).values()]
}

/** The audiences each measure is told to first, by its id; what another one replaces is not among them. */
export function headlinesBy(declared: readonly DeclaredMeasure[]): Map<string, { headline: Audience[] }> {
  const found = new Map<string, { headline: Audience[] }>()
  for (const measures of Map.groupBy(declared, ({ namespace }) => namespace).values())
    for (const audience of AUDIENCES)
      for (const id of headlinesOf(
        measures.map(({ id: name, headline }) => ({ metadata: { name }, spec: { headline } })),
        audience,
      ))
        found.set(id, { headline: [...(found.get(id)?.headline ?? []), audience] })
  return found
}

/** The namespace a subject lies in. */
export function namespaceOf(subject: string): string {
  return subject.startsWith('namespace:') ? subject.slice('namespace:'.length) : refNamespace(subject)
}

function read({ metadata, spec }: Entity): DeclaredMeasure {
  const { question, unit, better, definition } = spec
  const source = MeasureSource.safeParse(spec.source)
  return {
    id: metadata.name,
    namespace: metadata.namespace ?? 'default',
    title: metadata.title ?? metadata.name,
    question: typeof question === 'string' ? question : `What is ${metadata.title ?? metadata.name}?`,
    unit: typeof unit === 'string' ? unit : '',
    ...(better === 'higher' || better === 'lower' ? { better } : {}),
    ...(typeof definition === 'string' ? { definition } : {}),
    // Kept by an older version, it may be of a kind that is written otherwise now.
    source: source.success ? source.data : { kind: 'series' },
    ...(Array.isArray(spec.headline) ? { headline: spec.headline } : {}),
  }
}
