import type { Reading } from '../../src/ground/core/index.ts'
import { Go } from '../app/go.tsx'
import { urls } from '../app/urls.ts'
import { Figure, type FigureProps, formatQuantity, plural } from '../ui/figure/index.ts'
import classes from './parts.module.css'

/** A reading as a figure; what is missing or stale is said beside it. */
export function ReadingFigure({ reading, size, children }: { reading: Reading; size?: FigureProps['size']; children?: React.ReactNode }) {
  return (
    <Figure
      value={reading.value}
      unit={reading.unit}
      n={reading.n}
      interval={reading.interval}
      unknown={reading.unknown}
      fixLink={reading.unknown ? <FixLink fix={reading.unknown.fix} /> : undefined}
      {...(size ? { size } : {})}
    >
      {children}
      <Reservations reading={reading} />
    </Figure>
  )
}

/** What a careful reader wants to know about a figure: coverage, silent sources, records left out. */
export function Reservations({ reading: { covers, stale, excluded, forgotten, value } }: { reading: Reading }) {
  const left = excluded.reduce((sum, one) => sum + one.count, 0)
  const said = [
    covers && covers.withData < covers.subjects
      ? `${covers.withData} of ${plural(covers.subjects, 'component')} ${covers.withData === 1 ? 'has' : 'have'} data`
      : '',
    left > 0 ? `${plural(left, 'record')} left out` : '',
    forgotten && value !== null ? `${plural(forgotten.records, 'record')} of this window forgotten; what they came to is kept` : '',
    stale && stale.length > 0 ? `silent: ${stale.join(', ')}` : '',
  ].filter(Boolean)
  if (said.length === 0) return null
  return (
    <p
      className={classes.reservation}
      title={excluded.map((one) => `${one.count} × ${one.code.replaceAll('_', ' ')}`).join('\n') || undefined}
    >
      {said.join('; ')}
    </p>
  )
}

/** The way out of an unknown, leading to the page where sources are. */
export function FixLink({ fix }: { fix: string }) {
  return (
    <Go to={urls.evidence()} className="small">
      {fix}
    </Go>
  )
}

/** A reading in one phrase: "4.1 d (n = 212)", or "unknown: no deployments". */
export function readingWords(reading: Reading): string {
  if (reading.value === null) return `unknown: ${reading.unknown?.why ?? 'nothing was read'}`
  const silent = reading.stale?.length ? `; silent: ${reading.stale.join(', ')}` : ''
  return `${formatQuantity(reading.value, reading.unit)} (n = ${reading.n.toLocaleString('en-GB')}${silent})`
}
