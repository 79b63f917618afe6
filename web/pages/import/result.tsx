import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import classes from './import.module.css'

/** What came of a file, as the server told it. */
export interface Taken {
  mapping: string
  rows: number
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  problems: { code: string; message: string; fix?: string; line?: number }[]
  /** Set for bills. */
  bills?: { bill: string; lines: number; gone: number; sums: { currency: string; billed: string | null; effective: string | null }[] }[]
}

const SHOWN = 5

/** What came of the file, and where to go from there. */
export function Result({ taken, file, onAgain }: { taken: Taken; file: string; onAgain: () => void }) {
  const { rows, accepted, revised, duplicates, rejected, problems, bills } = taken
  return (
    <Section title={bills && rejected > 0 ? `${file} is not imported` : `${file} is imported`}>
      <p role="status">
        {plural(rows, 'row')}: <b>{formatCount(accepted)} new</b>, {formatCount(revised)} revised, {formatCount(duplicates)} known already,{' '}
        {formatCount(rejected)} refused. The mapping is kept as {taken.mapping}.
      </p>
      {rejected > 0 && (
        <>
          <ul className={classes.notes} aria-label="Refused rows">
            {problems.slice(0, SHOWN).map(({ message, line, fix }) => (
              <li key={`${line} ${message}`}>
                Line {line ?? '?'}: {message}. <span className="quiet">{fix}</span>
              </li>
            ))}
          </ul>
          <p className="quiet">
            {bills
              ? 'A bill is taken whole or not at all: correct these lines or the mapping, then import it again.'
              : 'Refused rows are kept sealed. Once the mapping is corrected and kept again, they can be read again.'}
          </p>
        </>
      )}
      {bills && bills.length > 0 && <Bills bills={bills} />}
      <div className={classes.way}>
        {bills && rejected === 0 && (
          <Go to={urls.cost()} className={buttonClass}>
            What it costs
          </Go>
        )}
        {rejected > 0 && !bills && (
          <Go to={urls.evidence()} search={{ tab: 'rejects' }} className={buttonClass}>
            Look at refused rows
          </Go>
        )}
        <Go to={urls.evidence()} search={{ tab: 'imports' }} className={buttonClass}>
          All imports, and the way back
        </Go>
        <Button onClick={onAgain}>Import another file</Button>
      </div>
    </Section>
  )
}

/** The sums of each bill, exact, to be compared with the invoice. */
function Bills({ bills }: { bills: NonNullable<Taken['bills']> }) {
  return (
    <ul className={classes.notes} aria-label="Bills">
      {bills.map(({ bill, lines, gone, sums }) => (
        <li key={bill}>
          {bill}: {plural(lines, 'line')}
          {sums.map(({ currency, billed, effective }) => (
            <span key={currency}>
              {billed !== null && `; ${currency} ${billed} billed`}
              {effective !== null && `; ${currency} ${effective} effective`}
            </span>
          ))}
          {gone > 0 && `; ${plural(gone, 'cost')} of an earlier version gone`}
        </li>
      ))}
    </ul>
  )
}
