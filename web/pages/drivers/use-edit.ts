import { useCallback } from 'react'
import { type Answer, forget, server } from '../../api/index.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useAct } from '../../app/act.ts'
import { explain } from '../../app/failures.tsx'
import { useToast } from '../../ui/feedback/index.ts'
import type { TreeNode } from './asks.ts'

export interface StatedDriver {
  measure: string
  direction?: 'same' | 'opposite'
  lag?: string
}

type Written = Answer<'entity.read'>['entity']

/**
 * Changes the drivers a measure states: its `Measure` entity gets a next version, or its first one where it has none.
 * What was there before can be taken back.
 */
export function useDriverEdit(namespace: string) {
  const { act, busy } = useAct()
  const client = useQueryClient()
  const toast = useToast()
  const edit = useCallback(
    async (node: TreeNode, change: (drivers: readonly StatedDriver[]) => StatedDriver[], told: string): Promise<boolean> => {
      let before: Written | null = null
      try {
        if (node.stated) before = (await server.call('entity.read', { ref: node.stated.ref })).entity
      } catch (error) {
        toast({ text: explain(error).why, tone: 'error' })
        return false
      }
      const undo = (after: { ref: string; version: number }) => async () => {
        try {
          if (before) await server.call('entity.write', { ...documentOf(before), expectedVersion: after.version })
          else await server.call('entity.remove', { ref: after.ref, expectedVersion: after.version })
          await forget(client)
          toast({ text: 'Taken back.' })
        } catch (error) {
          toast({ text: explain(error).why, tone: 'error' })
        }
      }
      const written = await act(
        'entity.write',
        { ...withDrivers(before ? documentOf(before) : firstDocument(node, namespace), change), expectedVersion: before?.version ?? 0 },
        ({ entity }) => ({
          text: before?.file ? `${told} It stands until ${before.file} changes.` : told,
          undo: () => void undo(entity)(),
        }),
      )
      return written !== undefined
    },
    [act, client, namespace, toast],
  )
  return { edit, busy }
}

type Document = Pick<Written, 'apiVersion' | 'kind' | 'metadata' | 'spec'>

function documentOf({ apiVersion, kind, metadata, spec }: Written): Document {
  return { apiVersion, kind, metadata, spec }
}

function withDrivers(document: Document, change: (drivers: readonly StatedDriver[]) => StatedDriver[]): Document {
  const { drivers: before, ...spec } = document.spec
  const drivers = change(Array.isArray(before) ? (before as StatedDriver[]) : []) // checked when it was written
  return { ...document, spec: { ...spec, ...(drivers.length > 0 ? { drivers } : {}) } }
}

/** A measure nobody has written down yet: what is known of it, so that its drivers can be said. */
function firstDocument({ id, title, question, unit, better }: TreeNode, namespace: string): Document {
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Measure',
    metadata: { name: id, namespace, title },
    spec: { question: question ?? `What is ${title}?`, unit: unit ?? 'count', ...(better ? { better } : {}) },
  }
}
