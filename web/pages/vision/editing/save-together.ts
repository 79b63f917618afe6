import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { forget, server } from '../../../api/index.ts'
import { explain, type Explained } from '../../../app/failures.tsx'
import { urls } from '../../../app/urls.ts'
import { useToast } from '../../../ui/feedback/index.ts'
import type { Document } from './document.ts'

/** Saves all documents in one transaction, with the way back. */
export function useSaveTogether(documents: readonly Document[], discard: () => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Explained>()
  const save = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      const { written } = await server.call('entity.together', {
        write: documents.map((document) => ({ ...document, expectedVersion: 0 })),
      })
      discard()
      await forget(client)
      const undo = async () => {
        await server.call('entity.together', { remove: written.map(({ ref, version }) => ({ ref, expectedVersion: version })) })
        await forget(client)
        toast({ text: 'Taken back.' })
      }
      toast({
        text: `Saved together: the vision and ${written.length - 1} of its parts.`,
        undo: () => void undo().catch((error: unknown) => toast({ text: explain(error).why, tone: 'error' })),
      })
      void navigate({ to: urls.vision(), search: {}, ignoreBlocker: true })
    } catch (error) {
      setTrouble(explain(error))
    } finally {
      setBusy(false)
    }
  }
  return { save, busy, trouble }
}
