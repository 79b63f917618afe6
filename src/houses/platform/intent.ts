import { type Entity, ownerOf } from '../../ground/catalog/index.ts'
import { type Ref, refNamespace, toRef } from '../../ground/core/index.ts'
import type { ComponentFacts } from './assess/index.ts'

/** Annotation that lists the capabilities a component provides, separated by commas. */
export const CAPABILITY_ANNOTATION = 'throughline.dev/capability'
/** Annotation that says a component is meant to be used by others: `throughline.dev/platform: "true"`. */
const PLATFORM_ANNOTATION = 'throughline.dev/platform'
const CAPABILITY_TAG = 'capability:'

/** Capabilities a component provides: `spec.provides`, the annotation, or tags such as `capability:payments`; sorted, lower case. */
function capabilitiesOf(entity: Entity): string[] {
  const provides = Array.isArray(entity.spec.provides)
    ? entity.spec.provides.filter((item): item is string => typeof item === 'string')
    : []
  const annotated = entity.metadata.annotations?.[CAPABILITY_ANNOTATION]?.split(',') ?? []
  const tagged = (entity.metadata.tags ?? []).filter((tag) => tag.startsWith(CAPABILITY_TAG)).map((tag) => tag.slice(CAPABILITY_TAG.length))
  return [...new Set([...provides, ...annotated, ...tagged].map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))].sort()
}

/** Whether a component is declared as shared: by type, tag or annotation. */
function isPlatform(entity: Entity): boolean {
  return (
    entity.spec.type === 'platform' ||
    (entity.metadata.tags ?? []).includes('platform') ||
    entity.metadata.annotations?.[PLATFORM_ANNOTATION] === 'true'
  )
}

/** What reuse is judged by, from a component's entity. */
export function componentFacts(entity: Entity): ComponentFacts {
  return {
    ref: entity.ref,
    title: entity.metadata.title ?? entity.metadata.name,
    owner: ownerOf(entity),
    provides: capabilitiesOf(entity),
    platform: isPlatform(entity),
    dependsOn: refs(entity, 'dependsOn', 'component'),
    providesApis: refs(entity, 'providesApis', 'api'),
    consumesApis: refs(entity, 'consumesApis', 'api'),
  }
}

function refs(entity: Entity, field: string, kind: string): Ref[] {
  const list = Array.isArray(entity.spec[field]) ? (entity.spec[field] as unknown[]) : []
  return list.flatMap((text) => {
    const read = typeof text === 'string' ? toRef(text, { kind, namespace: refNamespace(entity.ref) }) : null
    return read?.ok ? [read.value] : []
  })
}
