import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Go } from '../../app/go.tsx'
import { ErrorState } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Dialog } from '../../ui/overlay/index.ts'
import { Page } from '../../ui/page/index.ts'
import classes from './editing.module.css'
import { type Document, titleIn } from './document.ts'
import type { Lint } from './lint.ts'
import type { useEditor } from './use-editor.ts'
import { YamlPreview } from './yaml-preview.tsx'

interface EditorProps {
  editor: Pick<ReturnType<typeof useEditor>, 'changed' | 'discard' | 'save' | 'tried' | 'setTried' | 'busy' | 'trouble' | 'back'> & {
    remove?: (() => Promise<void>) | undefined
  }
  /** One, or several that are written together. */
  document: Document | readonly Document[]
  lint: Lint
  /** Said above the fields: which file states it, for example. */
  note?: ReactNode
  children: ReactNode
  beside?: ReactNode
}

const WAIT_MS = 50
/** A server that does not answer in ten seconds tells of it when saving is tried. */
const MOST_WAITS = 200

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** The frame of every form here: fields, the same as YAML beside them, saving, and a guard against losing what was typed. */
export function Editor({ editor, document, lint, note, children, beside }: EditorProps) {
  const { changed, discard, save, remove, tried, setTried, busy, trouble, back } = editor
  const form = useRef<HTMLFormElement>(null)
  const wrong = [...new Set(lint.errors.values())]
  const [judging, setJudging] = useState(false)
  const now = useRef({ lint, save })
  useEffect(() => {
    now.current = { lint, save }
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // What was typed last is judged first: whoever mends a field and saves at once is not told what was wrong before.
    setJudging(true)
    for (let waits = 0; !now.current.lint.settled && waits < MOST_WAITS; waits++) await sleep(WAIT_MS)
    setJudging(false)
    if (now.current.lint.errors.size === 0) return now.current.save()
    // Only now are empty fields told off; the first of those that are wrong has the focus then.
    setTried(true)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  }
  return (
    <div className={classes.sides}>
      <form ref={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        {note && <p className={classes.stated}>{note}</p>}
        {children}
        {trouble && <ErrorState {...trouble} />}
        <div className={classes.formFoot}>
          <Button type="submit" look="primary" busy={busy || judging} disabled={!changed}>
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
          {remove && !changed && (
            <Button look="quiet" busy={busy} onClick={() => void remove()}>
              Take it out
            </Button>
          )}
          <span className="quiet small" role="status">
            {changed &&
              (wrong.length > 0
                ? `${lint.errors.size} ${lint.errors.size === 1 ? 'field needs' : 'fields need'} another look${tried ? `: ${wrong.join('. ')}.` : ''}`
                : 'Ready to save')}
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

interface EditorPageProps extends Omit<EditorProps, 'editor' | 'document'> {
  editor: EditorProps['editor'] & Pick<ReturnType<typeof useEditor>, 'present' | 'document'>
  /** What a new one is called: "New outcome". */
  fresh: string
  title?: string
  /** The question the form helps to answer. */
  asks: string
}

/** The page of a form: what is edited, where it is stated, and the form. */
export function EditorPage({ editor, fresh, title, asks, note, ...form }: EditorPageProps) {
  const { present, document, back } = editor
  const stated = present?.file && `Stated in ${present.file}. What you save here stands until that file changes.`
  return (
    <Page
      title={title ?? (present ? `Edit “${titleIn(present.document) || present.document.metadata.name}”` : fresh)}
      asks={asks}
      above={<Go to={back}>Back</Go>}
    >
      <Editor editor={editor} document={document} note={note ?? stated} {...form} />
    </Page>
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
