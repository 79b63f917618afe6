import type { ReactNode } from 'react'
import { CopyCommand } from '../text/index.ts'
import classes from './feedback.module.css'

export interface EmptyStateProps {
  /** What would be here. */
  title: string
  /** Why it is worth having. */
  why: string
  /** The one command that brings it, … */
  command?: string
  /** … or the one click. */
  action?: ReactNode
}

/** Nothing here yet: what would be, why it is worth it, and the one step that brings it. */
export function EmptyState({ title, why, command, action }: EmptyStateProps) {
  return (
    <div className={classes.box}>
      <p className={classes.title}>{title}</p>
      <p className={classes.why}>{why}</p>
      {(action || command) && (
        <div className={classes.way}>
          {action}
          {command && <CopyCommand>{command}</CopyCommand>}
        </div>
      )}
    </div>
  )
}
