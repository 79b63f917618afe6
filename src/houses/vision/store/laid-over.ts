import type { Catalog, Entity, EntityDraft } from '../../../ground/catalog/index.ts'
import { DEFAULT_NAMESPACE, type Instant, type Ref, refNamespace, toRef } from '../../../ground/core/index.ts'

/** What is asked of a catalogue to judge a strategy. */
export type Standing = Pick<Catalog, 'list' | 'versions' | 'refs' | 'signatures' | 'revisionAt'>

/** A document that nobody wrote into the catalogue, read like one that is there; null when its name cannot be read. */
export function entityOf(draft: EntityDraft, at: Instant): Entity | null {
  const ref = refOf(draft)
  return ref.ok ? { ...draft, ref: ref.value, origin: 'file', version: 0, updatedAt: at, updatedBy: 'user:default/reader' } : null
}

/** Namespaces that documents lie in, in order. */
export function namespacesOf(drafts: readonly EntityDraft[]): string[] {
  const refs = drafts.flatMap((draft) => {
    const ref = refOf(draft)
    return ref.ok ? [refNamespace(ref.value)] : []
  })
  return [...new Set(refs)].sort()
}

/** The catalogue as it would be with these documents in it. */
export function laidOver(catalog: Catalog, own: ReadonlyMap<Ref, Entity>): Standing {
  const list: Catalog['list'] = async (filter, asOf) => {
    const kept = await catalog.list(filter, asOf)
    const added = [...own.values()].filter(
      ({ ref, kind }) =>
        (!filter.kind || kind.toLowerCase() === filter.kind) && (!filter.namespace || refNamespace(ref) === filter.namespace),
    )
    return [...kept.filter(({ ref }) => !own.has(ref)), ...added]
  }
  return {
    versions: async (ref) => (own.has(ref) ? [] : catalog.versions(ref)),
    list,
    refs: async (filter, asOf) => (await list(filter, asOf)).map(({ ref }) => ref),
    // It is no present that could be kept.
    revisionAt: () => Promise.resolve(null),
    signatures: () => Promise.resolve(new Map()),
  }
}

function refOf({ kind, metadata: { name, namespace } }: EntityDraft) {
  return toRef(name, { kind, namespace: typeof namespace === 'string' ? namespace : DEFAULT_NAMESPACE })
}
