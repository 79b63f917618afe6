import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { ChartFrame, StackedBar } from '../../ui/chart/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { formatDays } from '../../ui/text/index.ts'
import { type Portfolio, workAsk } from './asks.ts'
import classes from './investments.module.css'
import { percent } from './words.ts'

/** Where people-weeks would go beside where work for outcomes went: shares of each, outcome by outcome. */
export function BesideWork({ portfolio }: { portfolio: Portfolio }) {
  const { search } = useAddress()
  const work = useLoaded(workAsk(search))
  const planned = portfolio.outcomes.reduce((sum, { peopleWeeks }) => sum + peopleWeeks, 0)
  const worked = work.outcomes.reduce((sum, { count }) => sum + count, 0)
  const refs = [...new Set([...portfolio.outcomes, ...work.outcomes].map(({ ref }) => ref))]
  const rows = refs.map((ref) => {
    const [plan, went] = [portfolio.outcomes.find((one) => one.ref === ref), work.outcomes.find((one) => one.ref === ref)]
    return {
      ref,
      title: plan?.title ?? went?.title ?? ref,
      plan: planned === 0 ? null : (plan?.peopleWeeks ?? 0) / planned,
      went: worked === 0 ? null : (went?.count ?? 0) / worked,
      stated: went?.planned ?? null,
    }
  })
  const twin = {
    heads: ['outcome', 'share of what is chosen', 'share of work for outcomes', 'share of all work that was planned'],
    rows: rows.map(({ title, plan, went, stated }) => [
      title,
      plan === null ? null : percent(plan),
      went === null ? null : percent(went),
      stated === null ? null : percent(stated),
    ]),
  }
  const bar = (share: (row: (typeof rows)[number]) => number | null) =>
    rows.map((row) => ({ key: row.ref, label: <GoTo id={row.ref}>{row.title}</GoTo>, share: share(row) ?? 0 }))
  return (
    <Section title="The plan beside where work really went" note={`${formatDays(work.window)}, ${plural(work.n, 'change')}`}>
      {planned === 0 || worked === 0 ? (
        <p className="quiet">
          {planned === 0 ? 'Nothing is chosen that takes people. ' : ''}
          {worked === 0 ? 'No work of this span is linked to an outcome. ' : ''}
          <Go to={urls.work()}>See where work went.</Go>
        </p>
      ) : (
        <>
          <p>{apartWords(rows)}</p>
          <ChartFrame title="Plan and work by outcome" untitled twin={twin}>
            <h3 className={classes.bar}>What is chosen, by people-weeks</h3>
            <StackedBar parts={bar(({ plan }) => plan)} label="What is chosen, by people-weeks" />
            <h3 className={classes.bar}>Work for outcomes, by changes</h3>
            <StackedBar parts={bar(({ went }) => went)} label="Work for outcomes, by changes" />
          </ChartFrame>
        </>
      )}
    </Section>
  )
}

/** The outcome where both differ most. */
function apartWords(rows: readonly { title: string; plan: number | null; went: number | null }[]): string {
  const [most] = rows.toSorted((a, b) => Math.abs((b.plan ?? 0) - (b.went ?? 0)) - Math.abs((a.plan ?? 0) - (a.went ?? 0)))
  if (!most || most.plan === null || most.went === null || Math.abs(most.plan - most.went) < 0.05) return 'Both go the same way.'
  return `Furthest apart: "${most.title}" gets ${percent(most.plan)} of what is chosen, and got ${percent(most.went)} of the work.`
}
