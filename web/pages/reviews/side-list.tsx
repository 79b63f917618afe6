import { useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/form/index.ts'
import { State } from '../../ui/state/index.ts'
import { Copyable, When } from '../../ui/text/index.ts'
import { alphabetical, Ranker } from './ranker.tsx'
import classes from './reviews.module.css'

type Review = Answer<'review.read'>
type Side = Review['sides'][number]

/** Each side with what it has done, and what it can do now: here, or by a link. */
export function SideList({ review, editable }: { review: Review; editable: boolean }) {
  const { act, busy } = useAct()
  const [ranking, setRanking] = useState<string>()
  const open = editable && !review.closed
  const reveal = open && review.step === 'ranking' && review.sides.filter((side) => side.ranked).length >= 2
  return (
    <>
      <ul className={classes.sides}>
        {review.sides.map((side) => (
          <li key={side.side}>
            <div className={classes.sideHead}>
              <h3>{side.side}</h3>
              <Done review={review} side={side} />
            </div>
            {open && (
              <div className={classes.sideActions} data-screen-only>
                {review.step === 'ranking' && (
                  <Button aria-expanded={ranking === side.side} onClick={() => setRanking(ranking === side.side ? undefined : side.side)}>
                    {side.ranked ? 'Rank again' : 'Rank here'} <span className="visually-hidden">for {side.side}</span>
                  </Button>
                )}
                {review.step === 'signing' && !side.signed && (
                  <Button
                    busy={busy}
                    onClick={() =>
                      void act('review.sign', { ref: review.ref, side: side.side }, () => ({ text: `Signed for ${side.side}.` }))
                    }
                  >
                    Sign <span className="visually-hidden">for {side.side}</span>
                  </Button>
                )}
                {(review.step === 'ranking' || (review.step !== 'signed' && !side.signed)) && <LinkFor review={review} side={side.side} />}
              </div>
            )}
            {ranking === side.side && <RankHere review={review} side={side.side} done={() => setRanking(undefined)} />}
          </li>
        ))}
      </ul>
      {reveal && (
        <p className={classes.reveal} data-screen-only>
          <Button busy={busy} onClick={() => void act('review.reveal', { ref: review.ref }, () => ({ text: 'The rankings are shown.' }))}>
            Show the rankings now
          </Button>{' '}
          <span className="quiet small">Whoever has not ranked by then cannot rank alone any more.</span>
        </p>
      )}
    </>
  )
}

function Done({ review, side }: { review: Review; side: Side }) {
  if (side.signed)
    return (
      <span>
        <State state="met" words="Signed" quiet /> on <When at={side.signed.at} clock />
        {side.signed.how === 'link' && ', by link'}
      </span>
    )
  if (review.agreed) return <State state="unknown" words="Not signed" quiet />
  if (side.ranked)
    return (
      <span>
        <State state="on_course" words="Ranked" quiet /> on <When at={side.ranked} clock />
        {!review.revealed && ', unseen until all have'}
      </span>
    )
  return <State state="unknown" words={review.revealed ? 'Did not rank' : 'Has not ranked'} quiet />
}

function RankHere({ review, side, done }: { review: Review; side: string; done: () => void }) {
  const { act, busy } = useAct()
  const [order, setOrder] = useState(() => alphabetical(review.outcomes))
  const keep = async () => {
    if (await act('review.rank', { ref: review.ref, side, ranking: order }, () => ({ text: `Kept for ${side}.` }))) done()
  }
  return (
    <div className={classes.rankHere}>
      <p className="quiet small">Most important first. It begins in the order of the alphabet, so that nobody's order is suggested.</p>
      <Ranker label={`The order of ${side}`} items={review.outcomes} order={order} onOrder={setOrder} />
      <Button look="primary" busy={busy} onClick={() => void keep()}>
        Keep this order
      </Button>
    </div>
  )
}

/** A link with which somebody without an account ranks and signs for a side; shown this once. */
function LinkFor({ review, side }: { review: Review; side: string }) {
  const { act, busy } = useAct()
  const [made, setMade] = useState<Answer<'review.link'>>()
  const make = async () =>
    setMade(await act('review.link', { ref: review.ref, side }, () => ({ text: `A link for ${side}, for two weeks.` })))
  if (made)
    return (
      <div className={classes.made}>
        <Copyable label={`the link for ${side}`}>{`${window.location.origin}${made.path}`}</Copyable>
        <span className="quiet small">
          Shown this once; ends on {made.link.expiresAt && <When at={made.link.expiresAt} />}.{' '}
          <Button
            look="quiet"
            onClick={() =>
              void act('link.revoke', { id: made.link.id }, () => ({ text: 'The link opens nothing any more.' })).then((taken) => {
                if (taken) setMade(undefined)
              })
            }
          >
            Take it back
          </Button>
        </span>
      </div>
    )
  return (
    <Button look="quiet" busy={busy} onClick={() => void make()}>
      Make a link <span className="visually-hidden">for {side}</span>
    </Button>
  )
}
