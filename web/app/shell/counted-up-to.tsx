import { useCounted } from '../../api/index.ts'
import { formatSecond } from '../../ui/text/index.ts'
import classes from './shell.module.css'

/** Says that newer records are being counted than those the page shows. */
export function CountedUpTo() {
  const { upTo, counting } = useCounted()
  const then = counting ? 'newer records are being counted' : 'newer records could not be counted: reload the page'
  return (
    <p className={classes.counted} aria-live="polite">
      {upTo !== null && `Counted up to ${formatSecond(upTo)}; ${then}.`}
    </p>
  )
}
