import type { Answer } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Section } from '../../ui/page/index.ts'
import { StateShape } from '../../ui/state/index.ts'
import classes from './monday.module.css'
import { clause, sentence } from '../../ui/text/index.ts'

/** What nobody can tell yet, why, and what would make it known. */
export function Unknowns({ unknown }: { unknown: Answer<'monday'>['unknown'] }) {
  if (unknown.length === 0) return null
  return (
    <Section title="What we do not know">
      <ul className={classes.unknowns}>
        {unknown.map((one) => (
          <li key={`${one.what} ${one.why}`}>
            <StateShape state="unknown" />
            <span>
              <b>{clause(sentence(one.what))}</b>: {sentence(one.why)} {one.fix && <Go to={placeOfFix(one.code)}>{sentence(one.fix)}</Go>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is not known for want of a system that tells it; everything else is looked for among the records. */
const UNTOLD = new Set(['no_data', 'part_not_known', 'no_deployments', 'no_failure_evidence', 'no_rework_evidence'])

function placeOfFix(code: string | undefined): string {
  return code !== undefined && UNTOLD.has(code) ? urls.sources() : urls.evidence()
}
