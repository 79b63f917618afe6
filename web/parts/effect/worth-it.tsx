import { useQuery } from '@tanstack/react-query'
import { ApiProblem, ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { momentOf } from '../../app/search.ts'
import { readerZone } from '../../app/zone.ts'
import { formatCount, plural, unbroken } from '../../ui/figure/index.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { Section } from '../../ui/page/index.ts'
import { sentence } from '../../ui/text/index.ts'
import classes from './effect.module.css'
import { EffectState } from './effect-state.tsx'
import { EffectTold } from './effect-told.tsx'

/** Was an investment worth it: each effect it was made for, expected beside observed. Asked for when the page stands. */
export function WorthIt({ investment }: { investment: string }) {
  const { search } = useAddress()
  const { asOf } = momentOf(search)
  const found = useQuery(ask('effect.investment', { ref: investment, zone: readerZone(), ...(asOf ? { asOf } : {}) }))
  return (
    <Section title="Was it worth it" note="expected beside observed, by the strongest comparison the data allow">
      {found.data ? (
        <>
          <p className={classes.cost}>{costWords(found.data.investment)}</p>
          {[found.data, ...found.data.also].map((told) => (
            <div key={`${told.measure} ${told.subject}`} className={classes.one}>
              <p className={classes.answer}>
                <EffectState told={told} /> {unbroken(told.sentence)}
              </p>
              <EffectTold told={told} />
            </div>
          ))}
        </>
      ) : found.error ? (
        <p>
          {sentence(explain(found.error).why)} {found.error instanceof ApiProblem && found.error.fix ? sentence(found.error.fix) : ''}
        </p>
      ) : (
        <Waiting height="18rem" />
      )}
    </Section>
  )
}

function costWords({ peopleWeeks, money }: { peopleWeeks: number | null; money: { amount: number; currency: string } | null }): string {
  const parts = [
    peopleWeeks === null ? '' : plural(peopleWeeks, 'people-week'),
    money ? `${formatCount(money.amount)} ${money.currency}` : '',
  ].filter(Boolean)
  return parts.length > 0 ? `It took ${parts.join(' and ')}.` : 'What it took is not stated.'
}
