import type { Answer } from '../../api/index.ts'
import { GoTo } from '../../app/go.tsx'
import { Section } from '../../ui/page/index.ts'
import { STATE_WORDS, StateShape, type StateName } from '../../ui/state/index.ts'
import { formatMoment } from '../../ui/text/index.ts'
import classes from './monday.module.css'

/** What is otherwise than a week before, by what is known now. */
export function Compared({ compared: { at, outcomes, asked, settled } }: { compared: NonNullable<Answer<'monday'>['compared']> }) {
  const nothing = outcomes.length + asked.length + settled.length === 0
  return (
    <Section title="Since last week" note={`against ${formatMoment(at)}, by what is known now`}>
      {nothing && <p className="quiet">No outcome changed its state, and the same questions wait.</p>}
      <ul className={classes.claims}>
        {outcomes.map(({ ref, title, was, now }) => (
          <li key={ref}>
            <GoTo id={ref}>{title}</GoTo>: <Stood state={was} otherwise="not there yet" />, now{' '}
            <Stood state={now} otherwise="no longer there" />.
          </li>
        ))}
        {asked.map((question) => (
          <li key={`+ ${question}`}>
            New to decide: <b>{question}</b>
          </li>
        ))}
        {settled.map((question) => (
          <li key={`- ${question}`}>
            <span className="quiet">No longer asked:</span> {question}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Stood({ state, otherwise }: { state: StateName | null; otherwise: string }) {
  if (state === null) return <span className="quiet">{otherwise}</span>
  return (
    <span>
      <StateShape state={state} /> {STATE_WORDS[state].toLowerCase()}
    </span>
  )
}
