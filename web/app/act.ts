import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { type Answer, type Ask, forget, type OperationId, server } from '../api/index.ts'
import { useToast } from '../ui/feedback/index.ts'
import { explain } from './failures.tsx'

/** Does something on the server, tells what was done (with a way back) or why not, and has pages ask again. */
export function useAct() {
  const client = useQueryClient()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const act = useCallback(
    async <Id extends OperationId>(id: Id, input: Ask<Id>, told: (answer: Answer<Id>) => { text: string; undo?: () => void }) => {
      setBusy(true)
      try {
        const answer = await server.call(id, input)
        await forget(client)
        toast(told(answer))
        return answer
      } catch (error) {
        const { why, fix } = explain(error)
        toast({ text: [why, fix].filter(Boolean).join(' '), tone: 'error' })
        return undefined
      } finally {
        setBusy(false)
      }
    },
    [client, toast],
  )
  return { act, busy }
}
