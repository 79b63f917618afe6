import { useLoaded, ask, type Ask } from '../../api/index.ts'
import { placeOf } from '../../app/urls.ts'
import { Go } from '../../app/go.tsx'
import { unbroken } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import classes from './reviews.module.css'

const HOW = { worse: 'Worse', still: 'Still', new: 'New', gone: 'Gone', better: 'Better', changed: 'Changed' } as const

/** What to talk about: what moved since the last review, and what is bad and did not. */
export function Agenda({ asked }: { asked: Ask<'review.agenda'> }) {
  const { since, knownLater, items, moreMeasures } = useLoaded(ask('review.agenda', asked))
  return (
    <Section
      title="What moved"
      note={
        since ? (
          <>
            since the review closed on <When at={since} />
            {knownLater && ', judged by what was learned later'}
          </>
        ) : (
          'the first review: everything that is not well is on the list'
        )
      }
    >
      {items.length === 0 ? (
        <p className="quiet">Nothing moved, no principle is broken, and every reason behind a decision still holds.</p>
      ) : (
        <ul className={classes.agenda}>
          {items.map((item) => (
            <li key={item.text} data-how={item.how}>
              <span className={classes.how}>{HOW[item.how]}</span>
              <Go to={placeOf(item.ref)}>{unbroken(item.text)}</Go>
            </li>
          ))}
        </ul>
      )}
      {moreMeasures > 0 && <p className="quiet small">And {moreMeasures} more measures changed level; the page Measures lists them.</p>}
    </Section>
  )
}
