import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { outcomesInWords } from '../../parts/counts.ts'
import { OutcomeRow } from '../../parts/outcome-row.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { visionAsk } from './asks.ts'
import { PrincipleList, principlesInWords } from './principle-list.tsx'
import { Remarks } from './remarks.tsx'
import { ShareVision } from './share-links.tsx'
import classes from './vision.module.css'

export default function VisionPage() {
  const { search, standpoint } = useAddress()
  const { vision, outcomes, principles, counts, words, remarks, unjudged } = useLoaded(visionAsk(search))
  if (!vision && outcomes.length === 0 && principles.length === 0) return <NoVision />
  return (
    <Page
      title={vision?.title ?? 'Vision'}
      asks="Where do we want to go, and does it hold?"
      answer={
        <p>
          {outcomesInWords(counts)} {principlesInWords(principles)}
        </p>
      }
      actions={
        <>
          <Go to={urls.reviews()} className={buttonClass}>
            Reviews
          </Go>
          <Go to={urls.visionHistory()} className={buttonClass}>
            Versions
          </Go>
          {vision && !standpoint.asOf && <ShareVision vision={vision.ref} />}
          <Go to={urls.visionEdit()} className={buttonClass}>
            Edit
          </Go>
        </>
      }
    >
      {vision && (
        <div className={classes.statement}>
          {vision.statement.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <p className={classes.frame}>
            {vision.horizon && (
              <>
                Looks ahead to <When at={vision.horizon} />.{' '}
              </>
            )}
            {vision.review &&
              `Reviewed every ${vision.review.every.replace(/^(\d+)d$/, '$1 days')}${vision.review.with.length > 0 ? ` with ${vision.review.with.join(', ')}` : ''}. `}
            {words} of 300 words, outcomes and principles included.
          </p>
        </div>
      )}
      <Section title="Outcomes" note="worst first" actions={<AddLink to={urls.outcomeNew()} what="outcome" />}>
        {outcomes.length === 0 ? (
          <EmptyState
            title="No outcomes yet"
            why="An outcome says what gets better for whom, by when, and how anyone can see it. Three to five are enough."
            action={<AddLink to={urls.outcomeNew()} what="outcome" />}
          />
        ) : (
          <ul className={classes.outcomes}>
            {outcomes.map((outcome) => (
              <OutcomeRow key={outcome.ref} outcome={outcome} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="Principles" note="broken first" actions={<AddLink to={urls.principleNew()} what="principle" />}>
        {principles.length === 0 ? (
          <EmptyState
            title="No principles yet"
            why="A principle settles arguments before they start: it says what nobody may do, and which measure shows that it is lived. Two come ready to adopt."
            action={<AddLink to={urls.principleNew()} what="principle" />}
          />
        ) : (
          <PrincipleList principles={principles} />
        )}
      </Section>
      <Remarks remarks={remarks} unjudged={unjudged} />
    </Page>
  )
}

function AddLink({ to, what }: { to: string; what: string }) {
  return (
    <Go to={to} className={buttonClass}>
      Add {/^[aeiou]/.test(what) ? 'an' : 'a'} {what}
    </Go>
  )
}

function NoVision() {
  return (
    <Page title="Vision" asks="Where do we want to go, and does it hold?">
      <EmptyState
        title="Nobody has written the vision yet"
        why="One page of at most 300 words: where you want to be, three to five outcomes that show it, three to seven principles that guide the way. Everything else in Throughline is held against it."
        action={
          <>
            <Go to={urls.visionDraft()} className={buttonClass} data-look="primary">
              Draft it from three questions
            </Go>
            <Go to={urls.visionEdit()} className={buttonClass}>
              Write it in a form
            </Go>
          </>
        }
        command="throughline apply throughline/"
      />
    </Page>
  )
}
