import type { Answer } from '../../api/index.ts'
import { Section } from '../../ui/page/index.ts'
import classes from './reviews.module.css'

type Review = Answer<'review.read'>

/** The order agreed, and the work that stops for what rises. */
export function Agreed({ review }: { review: Review }) {
  const titles = new Map(review.outcomes.map(({ ref, title }) => [ref, title]))
  return (
    <Section title="What was agreed">
      <ol className={classes.agreed}>
        {(review.agreed ?? []).map((ref) => {
          const rose = review.rising.find((one) => one.outcome === ref)
          const priority = review.priorities.find((one) => one.outcome === ref)
          return (
            <li key={ref}>
              <b>{titles.get(ref) ?? ref}</b>
              {rose && <span className="quiet"> up from number {rose.from}</span>}
              {priority && (
                <p className={classes.stops}>
                  Stops: {priority.stops.join('; ')}
                  {priority.because && `, because ${priority.because}`}
                </p>
              )}
            </li>
          )
        })}
      </ol>
      {review.notes && <p className={classes.said}>{review.notes}</p>}
    </Section>
  )
}
