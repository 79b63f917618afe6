import type { ReactNode } from 'react'
import { sentence } from '../text/sentence.ts'
import classes from './feedback.module.css'

/** Something failed: what, why, and what to do about it. */
export function ErrorState({ what, why, fix, action }: { what: string; why: string; fix?: string | undefined; action?: ReactNode }) {
  return (
    <div className={classes.box} data-tone="error" role="alert">
      <p className={classes.title}>{what}</p>
      <p className={classes.why}>{sentence(why)}</p>
      {fix && <p className={classes.why}>{fix}</p>}
      {action && <div className={classes.way}>{action}</div>}
    </div>
  )
}
