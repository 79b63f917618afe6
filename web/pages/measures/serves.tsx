import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { outcomesAsk } from './asks.ts'
import classes from './measures.module.css'

/** The outcomes that are read off this measure, or guarded by it. */
export function Serves({ id }: { id: string }) {
  const { search } = useAddress()
  const { outcomes } = useLoaded(outcomesAsk(search))
  const measured = outcomes.filter((outcome) => outcome.measure?.id === id)
  const guarded = outcomes.filter((outcome) => outcome.guardrails.some(({ measure }) => measure === id))
  if (measured.length + guarded.length === 0) return null
  return (
    <Section title="What rests on it" note="outcomes read off this measure, or guarded by it">
      <ul className={classes.serves}>
        {[...measured.map((outcome) => ({ outcome, how: 'measures' })), ...guarded.map((outcome) => ({ outcome, how: 'guards' }))].map(
          ({ outcome, how }) => (
            <li key={`${how} ${outcome.ref}`}>
              <State state={outcome.judgement.state} /> {how} <Go to={urls.outcome(outcome.ref)}>{outcome.title}</Go>
            </li>
          ),
        )}
      </ul>
    </Section>
  )
}
