import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { useMeanwhile } from '../../parts/meanwhile.tsx'
import { TimeSeries } from '../../ui/chart/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { formatDays, sentence, Term, When } from '../../ui/text/index.ts'
import { byOf, type Cost, costAsk } from './asks.ts'
import { Bars } from './bars.tsx'
import { Choices } from './choices.tsx'
import classes from './cost.module.css'
import { Rows } from './rows.tsx'
import { Unallocated } from './unallocated.tsx'

export default function CostPage() {
  const { search } = useAddress()
  const cost = useLoaded(costAsk(search))
  return (
    <Page
      title="Cost"
      asks={`What does it cost to run, and who or what causes it? ${formatDays(cost.window)}.`}
      answer={<p>{unbroken(sentence(cost.headline))}</p>}
      actions={<Choices cost={cost} by={byOf(search)} />}
    >
      {cost.unknown ? <NoAnswer cost={cost} /> : <Told cost={cost} />}
      <OverTime cost={cost} />
      <Bills cost={cost} />
    </Page>
  )
}

function Told({ cost }: { cost: Cost }) {
  return (
    <>
      <p className={classes.basis}>
        <Term of={`${cost.cost} cost`}>{cost.cost === 'effective' ? 'Effective cost' : 'Billed cost'}</Term> in {cost.currency},
        n&nbsp;=&nbsp;
        {plural(cost.total.records, 'record')} from {plural(cost.total.lines, 'line')} of bills
        {cost.total.without > 0 && `; ${plural(cost.total.without, 'record')} left out that do not state it`}.{' '}
        <Go to={urls.measure(`cost.${cost.cost}`)}>See the records</Go>
      </p>
      <Bars cost={cost} />
      <Unallocated cost={cost} />
      <Rows cost={cost} />
      <Shared cost={cost} />
    </>
  )
}

/** Unknown, with the reason and the one step that changes it. */
function NoAnswer({ cost: { unknown } }: { cost: Cost }) {
  if (unknown?.code !== 'no_bill') return unknown && <p className={classes.basis}>{unknown.fix}</p>
  return (
    <EmptyState
      title="No bill for this span"
      why="A bill in FOCUS, or any table of costs, becomes cost by component, team and customer, and shows what nobody claims."
      command="throughline import bill.csv --apply"
    />
  )
}

function OverTime({ cost: { months, currency } }: { cost: Cost }) {
  const known = months.filter((month) => month.amount !== null)
  const { events, meanwhile } = useMeanwhile(months)
  if (currency === null || known.length === 0) return null
  if (known.length === 1)
    return (
      <Section title="By month">
        <p className="quiet">One month is known, {formatQuantity(known[0]!.amount!, currency)}: a trend needs two.</p>
      </Section>
    )
  return (
    <Section title="By month" note="the last twelve months; what nobody claims beside it">
      <TimeSeries
        title="Cost by month"
        untitled
        unit={currency}
        points={months.map((month) => ({ from: month.from, to: month.to, value: month.amount, n: month.lines }))}
        beside={[{ label: 'unallocated', values: months.map((month) => month.unallocated) }]}
        events={events}
      />
      {meanwhile}
    </Section>
  )
}

/** Shared cost as it was split: never silently. */
function Shared({ cost: { split, currency } }: { cost: Cost }) {
  if (split.shares.length + split.kept.length === 0) return null
  const bySource = Map.groupBy(split.shares, (share) => share.of)
  return (
    <Section title="Shared cost" note="split by the rule its component states, and by no other">
      <ul className={classes.list}>
        {[...bySource].map(([of, shares]) => (
          <li key={of}>
            <Go to={urls.entity(of)}>{of.slice(of.indexOf('/') + 1)}</Go>:{' '}
            {formatQuantity(
              shares.reduce((sum, share) => sum + share.amount, 0),
              currency ?? '',
            )}{' '}
            among {plural(shares.length, 'component')}, {shares[0]!.rule === 'even' ? 'evenly' : `by ${shares[0]!.rule}`}
          </li>
        ))}
        {split.kept.map(({ of, rule, why }) => (
          <li key={of}>
            <Go to={urls.entity(of)}>{of.slice(of.indexOf('/') + 1)}</Go> is not split ({rule}): {why}.
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Bills({ cost: { bills } }: { cost: Cost }) {
  if (bills.length === 0) return null
  return (
    <Section title="Bills" note="what this is told from">
      <ul className={classes.list}>
        {bills.map((bill) => (
          <li key={`${bill.source} ${bill.bill}`}>
            {bill.bill}: {plural(bill.lines, 'line')}, {plural(bill.records, 'record')}, told <When at={bill.learnedAt} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
