import { useMemo, useState } from 'react'
import { useDraft } from '../../ui/form/index.ts'
import type { Document } from './document.ts'
import type { Edited } from './edited.ts'
import { type Change, useSaving } from './use-saving.ts'

interface EditorWish<Draft> {
  /** Tells drafts apart. */
  key: string
  present: Edited | null
  start: Draft
  documentOf: (draft: Draft) => Document
  /** What has to change with it, in the same transaction. */
  also?: (document: Document) => readonly Change[]
  /** Where to go once it is saved. */
  placeOf: (ref: string) => string
  /** Where Cancel leads, and taking back a new one. */
  back: string
  /** Where things of its kind are listed; one that is taken out is left for there. Without it none is. */
  list?: string
}

/** A form's life: the draft while it is typed, saving on top of the version that was read, and the way back. */
export function useEditor<Draft>({ key, present, start, documentOf, also, placeOf, back, list }: EditorWish<Draft>) {
  const { draft, change, changed, discard } = useDraft(key, start)
  const { save: saveAll, remove: takeOut, busy, trouble } = useSaving(discard)
  const [tried, setTried] = useState(false)
  const document = useMemo(() => documentOf(draft), [documentOf, draft])
  const save = () =>
    saveAll([{ document, before: present }, ...(also?.(document) ?? [])], {
      text: ([{ version } = { version: 0 }]) => (present ? `Saved as version ${version}.` : 'Saved.'),
      placeOf,
      back,
    })
  // What a file states comes back with it: it is taken out there.
  const remove = present && !present.file && list !== undefined ? () => takeOut(present, list) : undefined
  return { draft, change, changed, discard, document, save, remove, tried, setTried, busy, trouble, back, present }
}
