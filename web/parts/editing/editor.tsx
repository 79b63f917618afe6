import { useBlocker } from '@tanstack/react-router'
import type { FormEvent, ReactNode } from 'react'
import { Go } from '../../app/go.tsx'
import { ErrorState } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import classes from './editing.module.css'
import type { Document } from './document.ts'
import type { Lint } from './lint.ts'
import type { useEditor } from './use-editor.ts'
import { YamlPreview } from './yaml-preview.tsx'

interface EditorProps {
  editor: Pick<ReturnType<typeof useEditor>, 'changed' | 'discard' | 'save' | 'busy' | 'trouble' | 'back'>
  /** One, or several that are written together. */
  document: Document | readonly Document[]
  lint: Lint
  /** Said above the fields: which file states it, for example. */
  note?: ReactNode
  children: ReactNode
  beside?: ReactNode
}

/** The frame of every form here: fields, the same as YAML beside them, saving, and a guard against losing what was typed. */
export function Editor({ editor, document, lint, note, children, beside }: EditorProps) {
  const { changed, discard, save, busy, trouble, back } = editor
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  return (
    <div className={classes.sides}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {note && <p className={classes.stated}>{note}</p>}
        {children}
        {trouble && <ErrorState {...trouble} />}
        <div className={classes.formFoot}>
          <Button type="submit" look="primary" busy={busy} disabled={!changed || lint.errors.size > 0}>
            Save
          </Button>
          <Go to={back} className={buttonClass}>
            Cancel
          </Go>
          {changed && (
            <Button look="quiet" onClick={discard}>
              Discard changes
            </Button>
          )}
          <span className="quiet small" role="status">
            {lint.errors.size > 0
              ? `${lint.errors.size} ${lint.errors.size === 1 ? 'field needs' : 'fields need'} another look`
              : changed
                ? 'Ready to save'
                : ''}
          </span>
        </div>
      </form>
      <aside className={classes.beside}>
        {beside}
        <YamlPreview document={document} />
      </aside>
      <LeaveGuard changed={changed} discard={discard} />
    </div>
  )
}

/** Asks before a form with unsaved changes is left; leaving keeps them in this tab. */
function LeaveGuard({ changed, discard }: { changed: boolean; discard: () => void }) {
  const blocker = useBlocker({ shouldBlockFn: () => changed, enableBeforeUnload: changed, withResolver: true })
  if (blocker.status !== 'blocked') return null
  return (
    <Dialog title="Leave without saving?" onClose={blocker.reset}>
      <p>What you typed is kept in this tab, so you can come back to it.</p>
      <div className={classes.choices}>
        <Button look="primary" onClick={blocker.reset}>
          Stay
        </Button>
        <Button onClick={blocker.proceed}>Leave, keep the draft</Button>
        <Button
          look="danger"
          onClick={() => {
            discard()
            blocker.proceed()
          }}
        >
          Leave and discard
        </Button>
      </div>
    </Dialog>
  )
}
