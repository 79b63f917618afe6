import type { ReactNode } from 'react'
import { BarList } from '../../ui/chart/index.ts'
import { GoTo } from '../../app/go.tsx'
import { formatCount } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { Term } from '../../ui/text/index.ts'
import type { Portfolio } from './asks.ts'
import classes from './investments.module.css'
import { gaps, percent } from './words.ts'

/** How far each outcome gets with what is chosen. */
export function Closed({ portfolio: { outcomes, value } }: { portfolio: Portfolio }) {
  if (outcomes.length === 0 || value === null) return null
  return (
    <Section
      title="What it closes"
      note={
        <>
          together <Term of="worth of an investment">worth</Term> {gaps(value)} of {outcomes.length}
        </>
      }
    >
      <BarList
        title="Share of each gap that is expected to be closed"
        bars={outcomes.map(({ ref, title, closed, peopleWeeks, unknown }) => ({
          key: ref,
          label: <GoTo id={ref}>{title}</GoTo>,
          value: Math.max(0, closed),
          words: unknown ? 'unknown' : percent(closed),
          detail: unknown ?? `${formatCount(Math.round(peopleWeeks))} people-weeks`,
          unexplained: unknown !== undefined,
        }))}
        twin={{
          heads: ['outcome', 'share of the gap closed', 'people-weeks'],
          rows: outcomes.map(({ title, closed, peopleWeeks, unknown }) => [
            title,
            unknown ? null : percent(closed),
            Math.round(peopleWeeks * 10) / 10,
          ]),
        }}
      />
    </Section>
  )
}

/** How often each is chosen when nobody's estimate can be trusted. */
export function ChosenShares({ portfolio: { investments, chosenShare, chosen, resamples } }: { portfolio: Portfolio }) {
  const { asked, done, infeasible } = resamples
  if (asked === 0) return null
  const shares = investments
    .flatMap(({ ref, title }) => (chosenShare[ref] === undefined ? [] : [{ ref, title, share: chosenShare[ref] }]))
    .sort((a, b) => b.share - a.share)
  const note = [
    `${formatCount(done)} of ${formatCount(asked)} draws with every worth, effort and sum off by up to a half`,
    ...(infeasible > 0 ? [`in ${formatCount(infeasible)} of them nothing fits`] : []),
  ].join('; ')
  return (
    <Section title={<Term of="chosen share">How sure the choice is</Term>} note={note}>
      <p className="visually-hidden" role="status">
        {done < asked ? 'Draws are going on.' : `All ${formatCount(asked)} draws are made.`}
      </p>
      {shares.length === 0 ? (
        <p className="quiet">The first draws are on their way.</p>
      ) : (
        <BarList
          title="How often each investment is chosen"
          bars={shares.map(({ ref, title, share }) => ({
            key: ref,
            label: <GoTo id={ref}>{title}</GoTo>,
            value: share,
            words: percent(share),
            detail: chosen.includes(ref) ? 'chosen' : undefined,
          }))}
          twin={{
            heads: ['investment', 'chosen in', 'draws', 'in the best choice'],
            rows: shares.map(({ ref, title, share }) => [title, percent(share), done - infeasible, chosen.includes(ref) ? 'yes' : 'no']),
          }}
        />
      )}
    </Section>
  )
}

const BY: Record<Portfolio['alternatives'][number]['by'], ReactNode> = {
  next_best: 'The next best',
  worthPerWeek: 'A list sorted by worth for each people-week',
  wsjf: (
    <>
      A list sorted by <Term of="WSJF">WSJF</Term>
    </>
  ),
  rice: (
    <>
      A list sorted by <Term of="RICE">RICE</Term>
    </>
  ),
}

/** What else could be chosen, and what that would give up. */
export function Alternatives({ portfolio: { alternatives, investments, value } }: { portfolio: Portfolio }) {
  if (alternatives.length === 0 || value === null) return null
  const titles = new Map(investments.map(({ ref, title }) => [ref, title]))
  const named = (refs: readonly string[]) => refs.map((ref) => titles.get(ref) ?? ref).join(', ')
  return (
    <Section title="What else could be chosen">
      <ul className={classes.alternatives}>
        {alternatives.map(({ by, chosen, value: worth, adds, drops, keepsFloors }) => (
          <li key={`${by} ${chosen.join(' ')}`}>
            <b>{BY[by]}:</b> {gaps(worth)}
            {adds.length + drops.length === 0 ? ', the same' : ''}
            {adds.length > 0 && `, with ${named(adds)}`}
            {drops.length > 0 && `, without ${named(drops)}`}
            {keepsFloors ? '' : '; it misses a floor'}.
          </li>
        ))}
      </ul>
    </Section>
  )
}
