import type { EntityDraft, EntityOrigin } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { FactName } from '../assess/index.ts'
import { valuesIn } from './gather.ts'

interface Version {
  at: Instant
  origin: EntityOrigin
  removed: boolean
  doc: EntityDraft
}

/**
 * Since when the document that stands has said a value without a break. What a scan inferred before somebody declared
 * it was not declared then.
 * @param versions newest first; the first is the one that stands
 */
export function sinceWhen(ref: Ref, { fact, value }: { fact: FactName; value: string }, versions: readonly Version[]): Instant | null {
  let since: Instant | null = null
  for (const { at, origin, removed, doc } of versions) {
    const declared = !removed && (origin !== 'inferred' || doc.file !== undefined)
    if (!declared || !valuesIn(ref, doc).some((said) => said.fact === fact && said.value === value)) break
    since = at
  }
  return since
}
