import { type Entity, ownerOf } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refKind, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'

const MANY = 1_000_000
/** Types of components that do not run by themselves. */
const NOT_RUNNING = new Set(['library', 'documentation', 'template'])

/** A component as far as telemetry asks. */
export interface Component {
  ref: Ref
  title: string
  owner: Ref | null
  /** Runs by itself, so that it could tell how it is. */
  runs: boolean
}

/** Declared components, and which are declared to depend on which. */
export async function componentsOf(
  { catalog }: Pick<Ground, 'catalog'>,
  scope: string | undefined,
  asOf?: Instant,
): Promise<{ components: Map<Ref, Component>; declared: { from: Ref; to: Ref }[] }> {
  const entities = await catalog.list({ kind: 'component', limit: MANY, ...(scope === undefined ? {} : { namespace: scope }) }, asOf)
  const links =
    entities.length > 0
      ? await catalog.links(
          entities.map(({ ref }) => ref),
          ['accepted'],
          asOf,
        )
      : []
  return {
    components: new Map(entities.map((entity) => [entity.ref, componentOf(entity)])),
    declared: links.filter(({ type, from, to }) => type === 'dependsOn' && refKind(from) === 'component' && refKind(to) === 'component'),
  }
}

/** Whether something lies in a namespace: a component by its ref, all else only where no namespace is asked for. */
export function liesIn(ref: string, scope: string | undefined): boolean {
  return scope === undefined || (ref.startsWith('component:') && refNamespace(ref) === scope)
}

function componentOf(entity: Entity): Component {
  const { ref, metadata, spec } = entity
  return {
    ref,
    title: metadata.title ?? metadata.name,
    owner: ownerOf(entity),
    runs: typeof spec.type !== 'string' || !NOT_RUNNING.has(spec.type.toLowerCase()),
  }
}
