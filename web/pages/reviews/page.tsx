import { Suspense } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { BarList } from '../../ui/chart/index.ts'
import { EmptyState, Waiting } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { Agenda } from './agenda.tsx'
import { reviewsAsk } from './asks.ts'
import { STEP_WORDS, Step } from './step.tsx'

type Reviews = Answer<'review.list'>
type Row = Reviews['reviews'][number]

const ASKS = 'Do product, business and engineering still want the same?'

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'started',
    head: 'Review',
    value: (row) => row.started,
    cell: (row) => (
      <Go to={urls.review(row.ref)} className="rowLink">
        {row.title}
      </Go>
    ),
  },
  { key: 'step', head: 'Stands', value: (row) => row.step, cell: (row) => <Step step={row.step} /> },
  {
    key: 'w',
    head: 'Agreement',
    align: 'end',
    value: (row) => row.agreement?.w ?? null,
    cell: (row) =>
      row.agreement ? `W = ${row.agreement.w.toFixed(2)} (n = ${row.agreement.sides} sides)` : <span className="quiet">not shown yet</span>,
  },
  {
    key: 'signed',
    head: 'Signed by',
    cell: (row) => (row.signed.length > 0 ? row.signed.join(', ') : <span className="quiet">nobody yet</span>),
  },
  {
    key: 'minutes',
    head: 'Decided',
    cell: (row) => (row.minutes ? <Go to={urls.decision(row.minutes)}>the minutes</Go> : <span className="quiet">not yet</span>),
    wideOnly: true,
  },
]

export default function ReviewsPage() {
  const { search, standpoint } = useAddress()
  const { vision, due, reviews } = useLoaded(reviewsAsk(search))
  const table = useTableView()
  if (!vision && reviews.length === 0) return <NoVision />
  const open = reviews.find((review) => review.step !== 'closed')
  return (
    <Page
      title="Reviews"
      asks={ASKS}
      answer={<DueWords due={due} reviews={reviews} />}
      above={<Go to={urls.vision()}>Vision</Go>}
      actions={
        !standpoint.asOf &&
        vision &&
        (open ? (
          <Go to={urls.review(open.ref)} className={buttonClass} data-look="primary">
            Go on with the review
          </Go>
        ) : (
          <StartButton />
        ))
      }
    >
      {reviews.length === 0 ? (
        <EmptyState
          title="No review was held yet"
          why="Each side ranks the outcomes alone, so that disagreement shows before anybody gives way; what rises names the work it stops; each side signs; the minutes become a decision."
          command="throughline review start"
        />
      ) : (
        <>
          <Over reviews={reviews} />
          <Section title="Reviews" note="newest first">
            <DataTable caption="reviews" rows={reviews} columns={COLUMNS} rowKey={(row) => row.ref} {...table} />
          </Section>
        </>
      )}
      {vision && (
        <Suspense fallback={<Waiting height="9rem" gap="1.5rem" />}>
          <Agenda asked={momentOf(search)} />
        </Suspense>
      )}
    </Page>
  )
}

function StartButton() {
  const { standpoint } = useAddress()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const start = async () => {
    const review = await act('review.start', standpoint.scope ? { scope: standpoint.scope } : {}, () => ({ text: 'The review has begun.' }))
    if (review) await navigate({ to: urls.review(review.ref), search: {} })
  }
  return (
    <Button look="primary" busy={busy} onClick={() => void start()}>
      Start a review
    </Button>
  )
}

/** When the next review is due, in a sentence. */
function DueWords({ due, reviews }: Pick<Reviews, 'due' | 'reviews'>) {
  const open = reviews.find((review) => review.step !== 'closed')
  const going = open ? ` "${open.title}" is under way: ${STEP_WORDS[open.step].toLowerCase()}.` : ''
  if (!due)
    return (
      <p>
        The vision does not say how often it is reviewed; <Go to={urls.visionEdit()}>say it there</Go>.{going}
      </p>
    )
  return (
    <p>
      {due.overdue ? 'The review is overdue since ' : 'The next review is due on '}
      <When at={due.due} />
      {due.last ? (
        <>
          ; the last was closed on <When at={due.last} />.
        </>
      ) : (
        '; none was held yet.'
      )}
      {going}
    </p>
  )
}

/** How far the sides agreed, review by review. */
function Over({ reviews }: Pick<Reviews, 'reviews'>) {
  const told = reviews.flatMap(({ agreement, ...row }) => (agreement ? [{ ...row, agreement }] : [])).toReversed()
  if (told.length === 0) return null
  return (
    <Section
      title="Agreement over time"
      note={
        <>
          <Term of="Kendall's W">Kendall's W</Term> over the sides: 1 is the same order, 0 none in common
        </>
      }
    >
      <BarList
        title="Agreement by review"
        full={1}
        bars={told.map(({ ref, title, agreement }) => ({
          key: ref,
          label: title,
          value: agreement.w,
          words: agreement.w.toFixed(2),
          detail: `n = ${agreement.sides} sides`,
        }))}
        twin={{
          heads: ['review', 'started', "Kendall's W", 'sides', 'outcomes', 'share of random orders that agree as well'],
          rows: told.map(({ title, started, agreement }) => [
            title,
            started.slice(0, 10),
            agreement.w.toFixed(4),
            agreement.sides,
            agreement.outcomes,
            agreement.chance.toFixed(4),
          ]),
        }}
      />
    </Section>
  )
}

function NoVision() {
  return (
    <Page title="Reviews" asks={ASKS}>
      <EmptyState
        title="There is no vision to review yet"
        why="A review asks each side to rank the outcomes of the vision alone, and shows where they disagree."
        action={
          <Go to={urls.visionDraft()} className={buttonClass} data-look="primary">
            Draft the vision
          </Go>
        }
      />
    </Page>
  )
}
