import { type Document, listOf, textOf } from '../../../parts/editing/document.ts'
import type { Edited } from '../../../parts/editing/edited.ts'
import type { Change } from '../../../parts/editing/use-saving.ts'
import { type DecisionDraft, draftOf } from './draft.ts'

/**
 * The form of a decision that takes another's place: what was weighed and what it bears on stand as they were; the title,
 * what is decided and what is expected of it are its own.
 */
export function replacementOf(older: Document, today: string): DecisionDraft {
  const { deciders, context, options, criteria, serves, supports, affects, assumptions } = draftOf(older, today)
  return {
    ...draftOf(undefined, today),
    status: 'accepted',
    deciders,
    context,
    options,
    criteria,
    serves,
    supports,
    affects,
    assumptions,
  }
}

/** Whether the older one can say here that it is replaced: no file states it, and nothing has replaced it yet. */
export function isReplaceable({ document: { spec }, file }: Edited): boolean {
  return !file && textOf(spec.status) !== 'superseded' && listOf(spec.supersededBy).length === 0
}

/** The older one, saying what replaces it. */
export function superseded(older: Edited, newer: Document): Change {
  const { statusAsWritten: _, ...spec } = older.document.spec
  const ref = `decision:${newer.metadata.namespace}/${newer.metadata.name}`
  return { document: { ...older.document, spec: { ...spec, status: 'superseded', supersededBy: [ref] } }, before: older }
}
