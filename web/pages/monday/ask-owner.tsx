import type { Answer } from '../../api/index.ts'
import { shortName } from '../../app/go.tsx'
import { AreaField, useDraft } from '../../ui/form/index.ts'
import { FormDialog } from '../../ui/overlay/index.ts'

interface AskOwnerProps {
  item: Answer<'monday'>['decide'][number]
  busy: boolean
  /** Told whether it was kept: what was typed stays until then. */
  ask: (question: string) => Promise<boolean>
  onClose: () => void
}

/** A question to whom it waits for; it stands with the thing it is about, for everybody. */
export function AskOwner({ item, busy, ask, onClose }: AskOwnerProps) {
  const { draft, change, discard } = useDraft(`ask:${item.key}`, { text: '' })
  const { text } = draft
  const submit = async () => {
    if (!(await ask(text))) return
    discard()
    onClose()
  }
  return (
    <FormDialog
      title="Ask before it is decided"
      verb="Ask"
      busy={busy}
      disabled={text.trim() === '' || text.length > 1_000}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p>{item.question}</p>
      <AreaField
        label={item.owner ? `To ${shortName(item.owner)}` : 'To whoever decides it'}
        hint="It stands here and on the page of the decision until somebody calls it settled."
        value={text}
        onChange={(next) => change({ text: next })}
      />
    </FormDialog>
  )
}
