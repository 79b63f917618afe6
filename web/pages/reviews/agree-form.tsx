import { type FormEvent, useState } from 'react'
import { type Answer } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
// Straight from its file, a pure function: which outcomes rise is the same question here and on the server.
import { risingIn } from '../../../src/houses/reviews/decide/rising.ts'
import { AreaField, Button } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { Ranker } from './ranker.tsx'
import classes from './reviews.module.css'

type Review = Answer<'review.read'>

/** The order to be agreed, beginning where the sides meet; what rises names the work that stops for it. */
export function AgreeForm({ review }: { review: Review }) {
  const { act, busy } = useAct()
  const [order, setOrder] = useState(() => review.agreed ?? middle(review))
  const [stops, setStops] = useState<Record<string, string>>(() =>
    Object.fromEntries(review.priorities.map((priority) => [priority.outcome, priority.stops.join('\n')])),
  )
  const [notes, setNotes] = useState(review.notes ?? '')
  const rising = risingIn(order, review.before)
  const linesOf = (ref: string) => (stops[ref] ?? '').split('\n').flatMap((line) => (line.trim() ? [line.trim()] : []))
  const questions = new Map(
    rising.map(({ outcome, from }) => [
      outcome,
      <AreaField
        key={outcome}
        label={`Rises from number ${from}: which work stops?`}
        hint="One a line, by name or reference."
        rows={2}
        value={stops[outcome] ?? ''}
        onChange={(text) => setStops({ ...stops, [outcome]: text })}
      />,
    ]),
  )
  const silent = rising.filter(({ outcome }) => linesOf(outcome).length === 0)
  const signed = review.sides.filter((side) => side.signed)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const priorities = rising.map(({ outcome }) => ({ outcome, stops: linesOf(outcome) }))
    void act('review.agree', { ref: review.ref, order, priorities, ...(notes.trim() ? { notes } : {}) }, () => ({
      text: 'Written down; each side can sign.',
    }))
  }
  return (
    <Section title={review.agreed ? 'Change what was agreed' : 'Agree on an order'} note="begins with the mean of the ranks">
      <form className={classes.agreeForm} onSubmit={submit}>
        <Ranker label="The order agreed" items={review.outcomes} order={order} onOrder={setOrder} beside={questions} />
        <AreaField label="Notes" optional rows={2} value={notes} onChange={setNotes} />
        <div className={classes.foot}>
          <Button type="submit" look="primary" busy={busy} disabled={silent.length > 0}>
            Write down what was agreed
          </Button>
          <span className="quiet small" role="status">
            {silent.length > 0
              ? `${silent.length} ${silent.length === 1 ? 'outcome rises and names' : 'outcomes rise and name'} nothing that stops.`
              : signed.length > 0
                ? `${signed.map(({ side }) => side).join(' and ')} would have to sign again.`
                : ''}
          </span>
        </div>
      </form>
    </Section>
  )
}

/** By the mean of the ranks; among equals as before. */
function middle({ sides, before }: Review): string[] {
  const sum = (ref: string) => sides.reduce((total, { ranking }) => total + (ranking?.indexOf(ref) ?? 0), 0)
  return before.toSorted((a, b) => sum(a) - sum(b))
}
