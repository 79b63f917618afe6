import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { forget, server } from '../../api/index.ts'
import { explain, type Explained } from '../../app/failures.tsx'
import { useToast } from '../../ui/feedback/index.ts'
import type { Document } from './document.ts'
import type { Edited } from './edited.ts'

/** A document to be written on top of what was read, or where nothing stands. */
export interface Change {
  document: Document
  before: Edited | null
}

type Written = readonly { ref: string; version: number }[]

/** What is said once all is saved, and where to go; the first change is what the form is about. */
interface Told {
  text: (written: Written) => string
  placeOf: (ref: string) => string
  /** Where taking back a new one leads. */
  back: string
}

/** Saves what a form changes in one transaction, with the way back in one. */
export function useSaving(discard: () => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Explained>()

  const undo = async (changes: readonly Change[], written: Written, place: string) => {
    const back = changes.map(({ before }, index) => ({ before, ref: written[index]!.ref, expectedVersion: written[index]!.version }))
    await server.call('entity.together', {
      write: back.flatMap(({ before, expectedVersion }) => (before ? [{ ...before.document, expectedVersion }] : [])),
      remove: back.flatMap(({ before, ref, expectedVersion }) => (before ? [] : [{ ref, expectedVersion }])),
    })
    if (!changes[0]!.before) await navigate({ to: place, search: {} })
    await forget(client)
    toast({ text: 'Taken back.' })
  }
  const save = async (changes: readonly Change[], { text, placeOf, back }: Told) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      const { written } = await server.call('entity.together', {
        write: changes.map(({ document, before }) => ({ ...document, expectedVersion: before?.version ?? 0 })),
      })
      discard()
      await forget(client)
      toast({
        text: text(written),
        undo: () => void undo(changes, written, back).catch((error: unknown) => toast({ text: explain(error).why, tone: 'error' })),
      })
      void navigate({ to: placeOf(written[0]!.ref), search: {}, ignoreBlocker: true })
    } catch (error) {
      setTrouble(explain(error))
    } finally {
      setBusy(false)
    }
  }
  /** Takes out what the form is about; what names it still does, and its versions stay. */
  const remove = async ({ ref, version, document }: Edited, to: string) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await server.call('entity.remove', { ref, expectedVersion: version })
      discard()
      await navigate({ to, search: {}, ignoreBlocker: true })
      await forget(client)
      toast({
        text: 'Taken out; its versions are kept.',
        undo: () =>
          void server
            .call('entity.together', { write: [{ ...document, expectedVersion: 0 }] })
            .then(() => forget(client))
            .then(() => toast({ text: 'It is back.' }))
            .catch((error: unknown) => toast({ text: explain(error).why, tone: 'error' })),
      })
    } catch (error) {
      setTrouble(explain(error))
    } finally {
      setBusy(false)
    }
  }
  return { save, remove, busy, trouble }
}
