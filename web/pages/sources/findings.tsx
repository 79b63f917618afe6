import type { Answer } from '../../api/index.ts'
import classes from './sources.module.css'

/** What a test of a connection found: what is seen, what is not, and what to do. */
export function Findings({ findings }: { findings: Answer<'connection.test'>['findings'] }) {
  return (
    <ul className={classes.findings} aria-label="What the test found">
      {findings.map(({ ok, what, fix }) => (
        <li key={what} className={ok ? undefined : classes.trouble}>
          <span aria-hidden>{ok ? '●' : '▲'}</span> {what} {fix}
        </li>
      ))}
    </ul>
  )
}
