import type { ReactNode } from 'react'
import { Modal } from './modal.tsx'
import classes from './overlay.module.css'

/** A dialog in the middle: for a question that has to be answered first, or for help. */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  title: string
  onClose: () => void
  wide?: boolean
  children: ReactNode
}) {
  return (
    <Modal title={title} onClose={onClose} className={wide ? `${classes.dialog} ${classes.wide}` : classes.dialog}>
      {children}
    </Modal>
  )
}
