import type { Answer } from '../../api/index.ts'
import classes from './decisions.module.css'

/** A status word; the record's own word beside it where that is another. */
export function Status({ status, asWritten }: { status: string; asWritten?: string | undefined }) {
  return (
    <span className={classes.status} data-status={status}>
      {status}
      {asWritten && asWritten.toLowerCase() !== status && <span className="quiet"> ({asWritten})</span>}
    </span>
  )
}

/** The log a decision stands in, with its number there; our own log needs no name. */
export function logWords({ log, number }: Pick<Answer<'decisions'>['decisions'][number], 'log' | 'number'>): string {
  const own = log === 'default' || log === 'example'
  if (number === undefined) return own ? '' : log
  return own ? `No. ${number}` : `${log} no. ${number}`
}
