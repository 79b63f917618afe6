import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { forget, server } from '../../../api/index.ts'
import { explain } from '../../../app/failures.tsx'
import { useToast } from '../../../ui/feedback/index.ts'
import { useDraft } from '../../../ui/form/index.ts'
import type { Document } from './document.ts'

/** What is edited: its present document and version, or nothing yet. */
export interface Edited {
  ref: string
  version: number
  document: Document
  file?: string | undefined
}

export interface EditorWish<Draft> {
  /** Tells drafts apart. */
  key: string
  present: Edited | null
  start: Draft
  documentOf: (draft: Draft) => Document
  /** Where to go once it is saved. */
  placeOf: (ref: string) => string
}

/** A form's life: the draft while it is typed, saving on top of the version that was read, and the way back. */
export function useEditor<Draft>({ key, present, start, documentOf, placeOf }: EditorWish<Draft>) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  const { draft, change, changed, discard } = useDraft(key, start)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<{ what: string; why: string; fix: string | undefined }>()
  const document = useMemo(() => documentOf(draft), [documentOf, draft])

  const undo = async (written: Edited) => {
    if (present) await server.call('entity.write', { ...present.document, expectedVersion: written.version })
    else await server.call('entity.remove', { ref: written.ref, expectedVersion: written.version })
    await forget(client)
    toast({ text: 'Taken back.' })
  }
  const save = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      const { entity } = await server.call('entity.write', { ...document, expectedVersion: present?.version ?? 0 })
      discard()
      await forget(client)
      toast({
        text: present ? `Saved as version ${entity.version}.` : 'Saved.',
        undo: () =>
          void undo({ ref: entity.ref, version: entity.version, document }).catch((error: unknown) =>
            toast({ text: explain(error).why, tone: 'error' }),
          ),
      })
      void navigate({ to: placeOf(entity.ref), search: {}, ignoreBlocker: true })
    } catch (error) {
      setTrouble(explain(error))
    } finally {
      setBusy(false)
    }
  }
  return { draft, change, changed, discard, document, save, busy, trouble }
}
