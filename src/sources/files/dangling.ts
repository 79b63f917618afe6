import { draftNamespace, type EntityDraft, type EntityKind, isRecordId, type StatedLink } from '../../ground/catalog/index.ts'
import { DEFAULT_NAMESPACE, type Problem, type Ref, refKind, refName, toRef } from '../../ground/core/index.ts'
import type { ReadDocument } from './visit.ts'

/**
 * References to things the folder itself does not declare. For looking at a folder without a store: applying it asks the
 * catalog, which knows the other folders too. Measures may be built in and records need no declaration.
 */
export function danglingReferences(documents: readonly ReadDocument[], kinds: readonly EntityKind[]): Problem[] {
  const declared = new Set(documents.flatMap(({ draft }) => (draft ? [refOf(draft)] : [])))
  return documents.flatMap(({ draft, place }) => {
    if (draft === null) return []
    const namespace = draftNamespace(draft) ?? DEFAULT_NAMESPACE
    return statedBy(draft, kinds).flatMap((link): Problem[] => {
      if (link.mayDangle) return []
      const target = toRef(link.to, { kind: link.kind, namespace })
      if (!target.ok || isRecordId(target.value) || refKind(target.value) === 'measure' || declared.has(target.value)) return []
      // Written where a kind demands what nobody has stated.
      if (refName(target.value) === 'unknown') return []
      return [
        {
          code: 'files.dangling_reference',
          severity: 'warning',
          message: `${link.path} names ${target.value}, which no file here declares`,
          fix: 'Check its spelling; it is no problem when another folder declares it.',
          file: draft.file,
          path: link.path,
          ...place(link.path),
        },
      ]
    })
  })
}

/** The full name of what a draft describes; not checked. */
export function refOf(draft: EntityDraft): Ref {
  return `${draft.kind}:${draftNamespace(draft) ?? DEFAULT_NAMESPACE}/${draft.metadata.name}`.toLowerCase()
}

function statedBy({ apiVersion, kind, spec }: EntityDraft, kinds: readonly EntityKind[]): StatedLink[] {
  const known = kinds.find((candidate) => candidate.kind === kind && candidate.apiVersions.includes(apiVersion))
  const further = Array.isArray(spec.links)
    ? spec.links.flatMap((link: unknown, index) =>
        typeof link === 'object' && link !== null && 'to' in link && typeof link.to === 'string'
          ? [{ type: 'link', to: link.to, path: `spec.links.${index}.to` }]
          : [],
      )
    : []
  return [...(known?.links?.(spec) ?? []), ...further]
}
