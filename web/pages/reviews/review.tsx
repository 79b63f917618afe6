import { Suspense } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { Agenda } from './agenda.tsx'
import { AgreeForm } from './agree-form.tsx'
import { Agreed } from './agreed.tsx'
import { reviewAsk } from './asks.ts'
import { RankTable } from './rank-table.tsx'
import classes from './reviews.module.css'
import { SideList } from './side-list.tsx'

type Review = Answer<'review.read'>

export default function ReviewPage() {
  const { search, standpoint } = useAddress()
  const names = useNames()
  const review = useLoaded(reviewAsk(search, names))
  const now = standpoint.asOf === undefined
  return (
    <Page
      title={review.title}
      asks="Do the sides want the same, and who stands behind what was agreed?"
      above={<Go to={urls.reviews()}>Reviews</Go>}
      answer={<p>{review.words}</p>}
      actions={
        <>
          {review.minutes && (
            <Go to={urls.decision(review.minutes)} className={buttonClass}>
              Minutes
            </Go>
          )}
          {now && <CloseButton review={review} />}
        </>
      }
    >
      <p className="quiet small">
        Of <Go to={urls.vision()}>{review.vision.title}</Go>
        {review.vision.version !== null && `, version ${review.vision.version}`}, begun on <When at={review.started} />.
        {review.vision.now !== null &&
          review.vision.version !== null &&
          review.vision.now > review.vision.version &&
          ` The vision has changed since: it is version ${review.vision.now} now.`}
      </p>
      <Section title="The sides" note="ranks belong to a side, never to a person">
        <SideList review={review} editable={now} />
      </Section>
      {review.disagreement && (
        <Section title="Where they disagree">
          <p className={classes.said}>{review.disagreement}</p>
          <RankTable review={review} />
        </Section>
      )}
      {review.agreed && <Agreed review={review} />}
      {now && review.revealed && !review.closed && <AgreeForm key={review.agreed?.join(' ')} review={review} />}
      <Suspense fallback={<Waiting height="9rem" gap="1.5rem" />}>
        <Agenda asked={agendaOf(review, names.namespace)} />
      </Suspense>
    </Page>
  )
}

/**
 * What had moved when it was closed, as it was known then; of a review that was brought in later, as it is known now.
 * Of one under way, what has moved by now.
 */
function agendaOf({ closed, vision }: Review, scope = 'default') {
  if (!closed) return { scope }
  return vision.version === null ? { scope, at: closed } : { scope, at: closed, asOf: closed }
}

function CloseButton({ review }: { review: Review }) {
  const { act, busy } = useAct()
  if (review.closed || !review.agreed) return null
  const unsigned = review.waitsFor.length > 0
  return (
    <Button
      look={unsigned ? 'plain' : 'primary'}
      busy={busy}
      onClick={() =>
        void act('review.close', { ref: review.ref, unsigned }, () => ({
          text: unsigned ? 'Closed; the decision is a proposal.' : 'Closed; the minutes are a decision.',
        }))
      }
    >
      {unsigned ? 'Close unsigned' : 'Close the review'}
    </Button>
  )
}
