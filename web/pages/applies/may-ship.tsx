import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { Verdict } from '../../parts/gate-verdict.tsx'
import { Waiting } from '../../ui/feedback/index.ts'
import { formatCount, formatQuantity, unbroken } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { Term } from '../../ui/text/index.ts'
import { type Applies, budgetsAsk } from './asks.ts'
import classes from './applies.module.css'

/** Of one component: who reviews it, what the gate would say, and what is left of its error budgets. */
export function MayShip({ component, named }: { component: Applies['components'][number]; named: boolean }) {
  const { ref, title, owner, system } = component
  return (
    <Section
      title={named ? `May ${title} ship?` : 'May it ship?'}
      actions={
        <Go to={urls.gate()} search={{ component: ref.slice(ref.indexOf(':') + 1) }}>
          Every reason
        </Go>
      }
    >
      <GateNow component={ref} />
      <dl className={classes.facts}>
        <div>
          <dt>Who reviews</dt>
          <dd>{owner ? <GoTo id={owner}>{shortName(owner)}</GoTo> : 'nobody owns it'}</dd>
        </div>
        {system && (
          <div>
            <dt>Part of</dt>
            <dd>
              <GoTo id={system}>{shortName(system)}</GoTo>
            </dd>
          </div>
        )}
        <div>
          <dt>
            <Term of="error budget">Error budget</Term> left
          </dt>
          <dd>
            <Budgets service={ref} />
          </dd>
        </div>
      </dl>
    </Section>
  )
}

function GateNow({ component }: { component: string }) {
  const { search } = useAddress()
  const { asOf } = momentOf(search)
  const { data, error } = useQuery(ask('gate.look', { component, ...(asOf ? { asOf } : {}) }))
  if (error) return <p className="quiet">The gate could not be asked: {explain(error).why}</p>
  if (!data) return <Waiting height="3rem" />
  return (
    <p className={classes.verdict}>
      <Verdict of={data} /> {unbroken(data.words)}
    </p>
  )
}

function Budgets({ service }: { service: string }) {
  const { search } = useAddress()
  const { data, error } = useQuery(budgetsAsk(search, service))
  if (error) return <>unknown: {explain(error).why}</>
  if (!data) return <span className="quiet">looking…</span>
  if (data.slos.length === 0)
    return (
      <>
        nothing is promised. <Go to={urls.sloNew()}>Promise something</Go>
      </>
    )
  return (
    <ul className={classes.budgets}>
      {data.slos.map(({ slo, objectiveName, title, state, budgetRemaining, n, unknown }) => (
        <li key={`${slo} ${objectiveName}`}>
          <State state={state} words={budgetRemaining === null ? 'Unknown' : formatQuantity(budgetRemaining, 'ratio')} />{' '}
          <Go to={urls.slo(slo)}>{title}</Go>{' '}
          <span className="quiet small">{budgetRemaining === null ? (unknown?.why ?? '') : `n = ${formatCount(Math.round(n))}`}</span>
        </li>
      ))}
    </ul>
  )
}
