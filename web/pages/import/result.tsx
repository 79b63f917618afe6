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
}

const SHOWN = 5

/** What came of the file, and where to go from there. */
export function Result({ taken, file, onAgain }: { taken: Taken; file: string; onAgain: () => void }) {
  const { rows, accepted, revised, duplicates, rejected, problems } = taken
  return (
    <Section title={`${file} is imported`}>
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
          <p className="quiet">Refused rows are kept sealed. Once the mapping is corrected and kept again, they can be read again.</p>
        </>
      )}
      <div className={classes.way}>
        {rejected > 0 && (
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
