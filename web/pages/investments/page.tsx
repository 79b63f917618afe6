import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { plural, unbroken } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { investmentsAsk, type Listed } from './asks.ts'
import { BesideWork } from './beside.tsx'
import { Alternatives, ChosenShares, Closed } from './chosen.tsx'
import classes from './investments.module.css'
import { LimitSliders } from './limits.tsx'
import { NoInvestments } from './no-investments.tsx'
import { InvestmentTable } from './table.tsx'
import { mostOf, useLimits, usePortfolio } from './use-portfolio.ts'

/** What people and money go into next. */
export default function InvestmentsPage() {
  const { search } = useAddress()
  const listed = useLoaded(investmentsAsk(search))
  return listed.investments.length === 0 ? <NoInvestments /> : <Investments listed={listed} />
}

function Investments({ listed }: { listed: Listed }) {
  const { investments } = listed
  const { limits, set } = useLimits(investments)
  const { portfolio, error, stale } = usePortfolio(listed, limits)
  return (
    <Page
      title="Investments"
      asks="What do we put people and money into next?"
      answer={
        <p aria-live="polite">
          {portfolio ? unbroken(portfolio.headline) : error ? 'What to choose is unknown: the question was not answered.' : 'Choosing …'}
        </p>
      }
      actions={
        <Go to={urls.investmentNew()} className={buttonClass}>
          New investment
        </Go>
      }
    >
      <LimitSliders limits={limits} most={mostOf(investments)} outcomes={portfolio?.outcomes ?? []} set={set} />
      {error && <ErrorState {...explain(error)} />}
      {!portfolio && !error && <Waiting height="18rem" gap="1.5rem" />}
      {portfolio && (
        <div className={classes.answered} data-stale={stale || undefined}>
          <Closed portfolio={portfolio} />
          <ChosenShares portfolio={portfolio} />
          <Alternatives portfolio={portfolio} />
        </div>
      )}
      <Section title="All investments" note={plural(investments.length, 'investment')}>
        <InvestmentTable investments={investments} portfolio={portfolio} />
      </Section>
      {portfolio && (
        <Suspense fallback={<Waiting height="14rem" gap="1.5rem" />}>
          <BesideWork portfolio={portfolio} />
        </Suspense>
      )}
    </Page>
  )
}
