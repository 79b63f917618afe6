import { type Catalog, type Entity, MeasureSource } from '../../catalog/index.ts'
import { refNamespace } from '../../core/index.ts'
import type { ResolvedAsk } from '../asking.ts'
import type { DeclaredMeasure } from '../measures.ts'

const ENTITY_NAME = /^[a-z0-9](?:[a-z0-9_.-]{0,61}[a-z0-9])?$/i

/** The `Measure` entity of this id: in the namespace asked about, else in `default`; as it was known then. */
export async function declaredMeasure(
  catalog: Catalog,
  { measure, subject, asOf }: Pick<ResolvedAsk, 'measure' | 'subject' | 'asOf'>,
): Promise<DeclaredMeasure | null> {
  if (!ENTITY_NAME.test(measure)) return null
  const namespace = subject.startsWith('namespace:') ? subject.slice('namespace:'.length) : refNamespace(subject)
  for (const place of new Set([namespace, 'default'])) {
    const entity = await catalog.get(`measure:${place}/${measure.toLowerCase()}`, asOf)
    if (entity) return read(entity)
  }
  return null
}

/** All `Measure` entities of a namespace, or of every namespace. */
export async function declaredMeasures(catalog: Catalog, namespace?: string): Promise<DeclaredMeasure[]> {
  const entities = await catalog.list({ kind: 'measure', ...(namespace ? { namespace } : {}), limit: 10_000 })
  return [...new Map(entities.map((entity) => [entity.metadata.name, read(entity)])).values()]
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
  }
}
