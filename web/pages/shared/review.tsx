import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, type Ask, type OperationId, server } from '../../api/index.ts'
import { explain, type Explained } from '../../app/failures.tsx'
import { ErrorState } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { Agreed } from '../reviews/agreed.tsx'
import { RankTable } from '../reviews/rank-table.tsx'
import { alphabetical, Ranker } from '../reviews/ranker.tsx'
import { Opened, useSecret } from './opened.tsx'
import classes from './shared.module.css'

type Shared = Answer<'shared.review'>
type Step = 'shared.rank' | 'shared.sign'

/** One side of a review, by link and without an account: rank alone, see where all stand, sign. */
export default function SharedReviewPage() {
  const secret = useSecret()
  const client = useQueryClient()
  const queryKey = ['shared.review', secret]
  const { data, error } = useQuery({ queryKey, queryFn: () => server.call('shared.review', { secret: secret || '-' }), retry: false })
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Explained>()
  const act = async <Id extends Step & OperationId>(id: Id, more: Omit<Ask<Id>, 'secret'>) => {
    setBusy(true)
    setTrouble(undefined)
    try {
      client.setQueryData(queryKey, await server.call(id, { ...more, secret } as Ask<Id>))
    } catch (refused) {
      setTrouble(explain(refused))
      await client.invalidateQueries({ queryKey })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Opened error={error} loaded={data !== undefined}>
      {() => (
        <Side
          shared={data!}
          busy={busy}
          trouble={trouble}
          rank={(ranking) => void act('shared.rank', { ranking })}
          sign={() => void act('shared.sign', {})}
        />
      )}
    </Opened>
  )
}

interface SideProps {
  shared: Shared
  busy: boolean
  trouble: Explained | undefined
  rank: (ranking: string[]) => void
  sign: () => void
}

function Side({ shared: { side, own, expiresAt, review }, busy, trouble, rank, sign }: SideProps) {
  const signed = review.sides.find((one) => one.side === side)?.signed
  return (
    <Page title={review.title} asks={`You act for ${side}. ${ASKS[review.step]}`} answer={<p>{review.words}</p>}>
      {trouble && <ErrorState {...trouble} />}
      {review.step === 'ranking' && (
        <Section title="Rank the outcomes" note="alone: nobody sees it before all have ranked">
          <RankAlone key={own?.join(' ')} review={review} own={own} busy={busy} rank={rank} />
        </Section>
      )}
      {review.disagreement && (
        <Section title="Where the sides disagree">
          <p>{review.disagreement}</p>
          <RankTable review={review} linked={false} />
        </Section>
      )}
      {review.agreed && <Agreed review={review} />}
      {review.agreed && !review.closed && !signed && (
        <p className={classes.sign}>
          <Button look="primary" busy={busy} onClick={sign}>
            Sign for {side}
          </Button>
        </p>
      )}
      {signed && (
        <p>
          Signed for {side} on <When at={signed.at} clock />. Thank you; nothing more is asked of you.
        </p>
      )}
      <p className={classes.foot}>
        Of the vision “{review.vision.title}”.
        {expiresAt && (
          <>
            {' '}
            This link acts for {side} until <When at={expiresAt} clock />.
          </>
        )}
      </p>
    </Page>
  )
}

const ASKS: Record<Shared['review']['step'], string> = {
  ranking: 'Which outcomes matter most to you?',
  agreeing: 'Where do the sides disagree?',
  signing: 'Do you stand behind what was agreed?',
  signed: 'All have signed.',
  closed: 'The review is closed.',
}

function RankAlone({
  review,
  own,
  busy,
  rank,
}: {
  review: Shared['review']
  own: string[] | null
  busy: boolean
  rank: SideProps['rank']
}) {
  const [order, setOrder] = useState(() => own ?? alphabetical(review.outcomes))
  return (
    <>
      <p className="quiet small">
        {own
          ? 'Kept. You may change it until all have ranked.'
          : "Most important first. It begins in the order of the alphabet, so that nobody's order is suggested."}
      </p>
      <Ranker label="Your order" items={review.outcomes} order={order} onOrder={setOrder} />
      <Button look="primary" busy={busy} disabled={own?.join(' ') === order.join(' ')} onClick={() => rank(order)}>
        Keep this order
      </Button>
    </>
  )
}
