import type { Problem, Ref } from '../../core/index.ts'
import type { EntityDraft, EntityKind } from '../catalog.ts'

/**
 * Holds documents of one kind against each other: against those that stand, and against those of the same writing that
 * stand then. One that is refused is tried once more when the others are settled, so that order in a folder is no matter.
 * @param standing what stands beside them; what is accepted is put in
 * @returns problems by ref; where one is an error the document does not stand
 */
export function settledAmong(
  against: NonNullable<EntityKind['against']>,
  drafts: ReadonlyMap<Ref, EntityDraft>,
  standing: Map<Ref, EntityDraft>,
): Map<Ref, Problem[]> {
  const found = new Map<Ref, Problem[]>()
  for (const [ref, draft] of [...drafts, ...drafts]) {
    if (found.has(ref) && !found.get(ref)!.some(isError)) continue
    const problems = against(draft, standing)
    found.set(ref, problems)
    if (!problems.some(isError)) standing.set(ref, draft)
  }
  // Remarks are about the whole as it stands in the end.
  for (const [ref, draft] of drafts)
    if (!found.get(ref)!.some(isError))
      found.set(
        ref,
        against(draft, standing).filter((problem) => !isError(problem)),
      )
  return found
}

export function isError({ severity }: Problem): boolean {
  return severity === 'error'
}

/** Whether a document is of another kind of the same format that a kind is held against. */
export function isBeside({ beside, apiVersions }: EntityKind, { kind, apiVersion }: EntityDraft): boolean {
  return beside !== undefined && beside.includes(kind) && apiVersions.includes(apiVersion)
}
