import { useCallback, useMemo } from 'react'
import { useAddress, useNames } from '../../app/address.ts'
import type { Document } from './document.ts'
import { useEdited } from './edited.ts'
import { useEditor } from './use-editor.ts'

interface Wish<Draft> {
  /** In lower case, as references have it. */
  kind: string
  draftOf: (document: Document | undefined) => Draft
  written: (draft: Draft, namespace: string, before: Document | undefined) => Document
  placeOf: (ref: string) => string
  /** Where things of this kind are listed: Cancel leads there from a new one. */
  list: string
}

/** The form of what the address names, or of a new one. `draftOf` and `written` have to stay the same between renders. */
export function useEntityEditor<Draft>({ kind, draftOf, written, placeOf, list }: Wish<Draft>) {
  const { standpoint } = useAddress()
  const { namespace = standpoint.scope ?? 'default', name } = useNames()
  const present = useEdited(name ? `${kind}:${namespace}/${name}` : null)
  const start = useMemo(() => draftOf(present?.document), [draftOf, present])
  const documentOf = useCallback((draft: Draft) => written(draft, namespace, present?.document), [written, namespace, present])
  const back = present ? placeOf(present.ref) : list
  const editor = useEditor({ key: `${kind}:${namespace}/${name ?? 'new'}`, present, start, documentOf, placeOf, back, list })
  return { ...editor, namespace }
}
