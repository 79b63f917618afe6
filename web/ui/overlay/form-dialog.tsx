import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../form/index.ts'
import { Dialog } from './dialog.tsx'
import classes from './overlay.module.css'

interface FormDialogProps {
  title: string
  /** The button that does it. */
  verb: string
  /** `danger` where it holds somebody up or cannot be taken back. */
  look?: ButtonProps['look']
  /** The button that leaves it. */
  leave?: string
  busy: boolean
  disabled?: boolean
  onSubmit: () => void
  onClose: () => void
  /** More to press before it is done. */
  beside?: ReactNode
  children: ReactNode
}

/** A question with fields: Enter does it, Escape leaves it. */
export function FormDialog(props: FormDialogProps) {
  const { title, verb, look = 'primary', leave = 'Cancel', busy, disabled, onSubmit, onClose, beside, children } = props
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        <div className={classes.buttons}>
          <Button type="submit" look={look} busy={busy} disabled={disabled}>
            {verb}
          </Button>
          {beside}
          <Button look="quiet" onClick={onClose}>
            {leave}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
