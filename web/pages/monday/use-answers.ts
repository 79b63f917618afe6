import { useQueryClient } from '@tanstack/react-query'
import { type Answer, type Ask, forget, type OperationId, server } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { useToast } from '../../ui/feedback/index.ts'

type Item = Answer<'monday'>['decide'][number]
type Asked = Item['asked'][number]

/** What can be said to something that waits for a decision; each with the way back. */
export function useAnswers() {
  const { standpoint } = useAddress()
  const { act, busy } = useAct()
  const client = useQueryClient()
  const toast = useToast()
  const scope = standpoint.scope ?? 'default'
  /** The way back of a toast. */
  const undo =
    <Id extends OperationId>(id: Id, input: Ask<Id>) =>
    () =>
      void server
        .call(id, input)
        .then(() => forget(client))
        .then(() => toast({ text: 'Taken back.' }))
        .catch((error: unknown) => toast({ text: explain(error).why, tone: 'error' }))
  return {
    busy,
    keep: ({ key, default: kept }: Item) =>
      act('deciding.answer', { scope, key }, () => ({
        text: `For four weeks: ${kept ?? 'it stays as it is.'}`,
        undo: undo('deciding.reopen', { key }),
      })),
    reopen: ({ key }: Item) =>
      act('deciding.reopen', { key }, () => ({ text: 'It waits for a decision again.', undo: undo('deciding.answer', { scope, key }) })),
    ask: ({ key }: Item, question: string) =>
      act('deciding.answer', { scope, key, question }, ({ id }) => ({
        text: 'Asked. It stands with it until it is settled.',
        ...(id ? { undo: undo('deciding.settle', { id }) } : {}),
      })),
    settle: ({ id }: Asked) =>
      act('deciding.settle', { id }, () => ({ text: 'Settled.', undo: undo('deciding.settle', { id, settled: false }) })),
  }
}
