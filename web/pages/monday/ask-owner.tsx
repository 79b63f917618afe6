import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { shortName } from '../../app/go.tsx'
import { AreaField, Button } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import classes from './monday.module.css'

interface AskOwnerProps {
  item: Answer<'monday'>['decide'][number]
  busy: boolean
  /** Told whether it was kept: what was typed stays until then. */
  ask: (question: string) => Promise<boolean>
  onClose: () => void
}

/** A question to whom it waits for; it stands with the thing it is about, for everybody. */
export function AskOwner({ item, busy, ask, onClose }: AskOwnerProps) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask(text).then((kept) => kept && onClose())
  }
  return (
    <Dialog title="Ask before it is decided" onClose={onClose}>
      <form className={classes.ask} onSubmit={submit}>
        <p>{item.question}</p>
        <AreaField
          label={item.owner ? `To ${shortName(item.owner)}` : 'To whoever decides it'}
          hint="It stands here and on the page of the decision until somebody calls it settled."
          value={text}
          onChange={setText}
        />
        <Button type="submit" look="primary" busy={busy} disabled={text.trim() === '' || text.length > 1_000}>
          Ask
        </Button>
      </form>
    </Dialog>
  )
}
