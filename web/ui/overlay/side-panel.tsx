import type { ReactNode } from 'react'
import { Modal } from './modal.tsx'
import classes from './overlay.module.css'

/** A panel over the page's right side for one record or one thing; Escape closes it, focus returns to where it was. */
export function SidePanel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Modal title={title} onClose={onClose} className={classes.panel}>
      {children}
    </Modal>
  )
}
