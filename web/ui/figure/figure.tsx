import type { ReactNode } from 'react'
import { sentence } from '../text/index.ts'
import classes from './figure.module.css'
import { formatInterval, formatQuantity, plural } from './quantity.ts'

export interface FigureProps {
  value: number | null
  unit: string
  /** Records behind the value. */
  n?: number
  interval?: { low: number; high: number; level: number } | undefined
  /** Why the value is not known, and what would make it known. */
  unknown?: { why: string; fix: string } | undefined
  /** A link that does what `fix` says. */
  fixLink?: ReactNode
  size?: 'm' | 'l'
  /** What stands after the figure: the difference to a target, a change since last week. */
  children?: ReactNode
}

/** A value with its unit, how many records stand behind it and how sure it is; or unknown, why, and the way out. */
export function Figure({ value, unit, n, interval, unknown, fixLink, size = 'm', children }: FigureProps) {
  if (value === null) return <UnknownFigure unknown={unknown} fixLink={fixLink} size={size} />
  return (
    <div className={classes.figure} data-size={size}>
      <Value value={value} unit={unit} />
      <div className={classes.sure}>
        {interval && (
          <span title={`With ${Math.round(interval.level * 100)} % certainty the true value lies between these two.`}>
            {formatInterval(interval.low, interval.high, unit)} ({Math.round(interval.level * 100)} %)
          </span>
        )}
        {n !== undefined && <span title={`${plural(n, 'record')} behind this figure`}>n = {n.toLocaleString('en-GB')}</span>}
      </div>
      {children}
    </div>
  )
}

function Value({ value, unit }: { value: number; unit: string }) {
  const [number, ...words] = formatQuantity(value, unit).split('\u00a0')
  return (
    <span className={classes.value}>
      {number}
      {words.length > 0 && <span className={classes.unit}> {words.join(' ')}</span>}
    </span>
  )
}

function UnknownFigure({ unknown, fixLink, size }: Pick<FigureProps, 'unknown' | 'fixLink' | 'size'>) {
  return (
    <div className={classes.figure} data-size={size}>
      <span className={classes.unknown}>unknown</span>
      {unknown && (
        <div className={classes.why}>
          {sentence(unknown.why)} {fixLink ?? <span className={classes.fix}>{unknown.fix}</span>}
        </div>
      )}
    </div>
  )
}
