import type { ReactNode } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress, useNames, useTableView } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { WorthIt } from '../../parts/effect/index.ts'
import { formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { type Investment, investmentAsk, type Told } from './asks.ts'
import classes from './investments.module.css'
import { costWords, gaps, KIND, percent, STATUS } from './words.ts'

type Contribution = Investment['contributions'][number]
type Effect = Investment['effects'][number]

/** One investment: what it is expected to change, what it takes and needs, the work that is linked to it. */
export default function InvestmentPage() {
  const { search } = useAddress()
  const told = useLoaded(investmentAsk(search, useNames()))
  const { investment } = told
  const { shape, words } = STATUS[investment.status]
  return (
    <Page
      title={investment.title}
      asks={investment.statement}
      above={<Go to={urls.investments()}>Investments</Go>}
      answer={
        <p>
          <State state={shape} words={words} /> {unbroken(investment.words)} {investment.unknown?.fix}
        </p>
      }
      actions={
        <>
          <Go to={urls.investmentEdit(investment.ref)} className={buttonClass}>
            Edit
          </Go>
          <Go to={urls.throughline()} search={{ from: investment.ref }} className={buttonClass}>
            Trace
          </Go>
        </>
      }
    >
      {investment.end && <WorthIt investment={investment.ref} />}
      <Effects investment={investment} />
      <Closes investment={investment} />
      <Section title="What it takes">
        <dl className={classes.facts}>
          <Fact name="Cost">
            {costWords(investment) ?? <Go to={urls.investmentEdit(investment.ref)}>not stated: say what it takes</Go>}
          </Fact>
          <Fact name="Kind">{KIND[investment.kind]}</Fact>
          <Fact name="Owner">{investment.owner ? <GoTo id={investment.owner} /> : <span className="quiet">nobody is named</span>}</Fact>
          <Fact name="From">{investment.start ? <When at={investment.start} /> : <span className="quiet">no day is stated</span>}</Fact>
          <Fact name="To">{investment.end ? <When at={investment.end} /> : <span className="quiet">no day is stated</span>}</Fact>
          <Named name="Needs" refs={investment.dependsOn} titles={told.titles} />
          <Named name="Rules out" refs={investment.excludes} titles={told.titles} />
          <Named
            name="Needed by"
            refs={told.neededBy.map(({ ref }) => ref)}
            titles={Object.fromEntries(told.neededBy.map(({ ref, title }) => [ref, title]))}
          />
          <Named
            name="Serves"
            refs={investment.serves.map(({ ref }) => ref)}
            titles={Object.fromEntries(investment.serves.map(({ ref, title }) => [ref, title]))}
          />
          <Fact name="Document">
            <Go to={urls.entity(investment.ref)}>versions and relations</Go>
          </Fact>
        </dl>
        {investment.premortem && <p>{investment.premortem}</p>}
      </Section>
      <Work told={told} />
    </Page>
  )
}

const EFFECTS: readonly Column<Effect>[] = [
  { key: 'measure', head: 'Measure', cell: ({ measure }) => <GoTo id={measure} /> },
  {
    key: 'subject',
    head: 'For',
    cell: ({ subject }) => (subject ? <GoTo id={subject} /> : <span className="quiet">what its outcome is measured for</span>),
  },
  { key: 'p10', head: 'P10', align: 'end', cell: ({ p10 }) => p10 },
  { key: 'p50', head: 'P50', align: 'end', cell: ({ p50 }) => <b>{p50}</b> },
  { key: 'p90', head: 'P90', align: 'end', cell: ({ p90 }) => p90 },
  { key: 'by', head: 'By', cell: ({ by }) => <When at={by} /> },
]

function Effects({ investment: { ref, effects } }: { investment: Investment }) {
  const table = useTableView()
  return (
    <Section title="Expected effects" note="change of the measure; with % as a share of its value, else in its unit">
      {effects.length === 0 ? (
        <p className="quiet">
          None is stated, so nobody can tell whether it was worth it.{' '}
          <Go to={urls.investmentEdit(ref)}>Say which measure changes, how far, and by when</Go>
        </p>
      ) : (
        <DataTable
          caption="expected effects"
          rows={effects}
          columns={EFFECTS}
          rowKey={({ measure, subject, by }) => `${measure} ${subject} ${by}`}
          {...table}
        />
      )}
    </Section>
  )
}

const CLOSES: readonly Column<Contribution>[] = [
  { key: 'outcome', head: 'Outcome', cell: ({ outcome, title }) => <GoTo id={outcome}>{title}</GoTo> },
  {
    key: 'now',
    head: 'Now',
    align: 'end',
    cell: ({ now, unit, nowFrom }) => (
      <>
        {formatQuantity(now, unit)} {nowFrom === 'baseline' && <span className="quiet">baseline</span>}
      </>
    ),
  },
  { key: 'then', head: 'Then (P50)', align: 'end', cell: ({ leadsTo, unit }) => formatQuantity(leadsTo, unit) },
  { key: 'target', head: 'Target', align: 'end', cell: ({ target, unit }) => formatQuantity(target, unit) },
  { key: 'closes', head: 'Closes', align: 'end', cell: ({ mean, low, high }) => `${percent(mean)} (${percent(low)} to ${percent(high)})` },
]

function Closes({ investment: { contributions, worth, ranking } }: { investment: Investment }) {
  const table = useTableView('closes')
  if (worth === null) return null
  const scores = [
    ranking.wsjf === null
      ? null
      : `WSJF ${(ranking.wsjf * 1_000).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} thousandths of a gap for each week and people-week`,
    ranking.rice === null ? null : `RICE ${ranking.rice.toLocaleString('en-GB', { maximumSignificantDigits: 2 })}`,
  ].filter((text) => text !== null)
  return (
    <Section title="What it is worth" note={gaps(worth)}>
      <DataTable caption="outcomes it brings nearer" rows={contributions} columns={CLOSES} rowKey={({ outcome }) => outcome} {...table} />
      {scores.length > 0 && <p className={`quiet small ${classes.below}`}>{scores.join('; ')}.</p>}
    </Section>
  )
}

function Work({ told: { records, investment } }: { told: Told }) {
  return (
    <Section title="Work linked to it">
      {records.length === 0 ? (
        <p className="quiet">
          None yet. Name it in a commit (<code>Implements: {investment.ref}</code>), in the title of a change, or in a work item.
        </p>
      ) : (
        <ul>
          {records.map(({ type, kind, count }) => (
            <li key={`${type} ${kind}`}>
              {plural(count, kind.replaceAll('_', ' '))} ({type === 'implementedBy' ? 'implement it' : type})
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Named({ name, refs, titles }: { name: string; refs: readonly string[]; titles: Readonly<Record<string, string>> }) {
  if (refs.length === 0) return null
  return (
    <Fact name={name}>
      {refs.map((ref) => (
        <div key={ref}>
          <GoTo id={ref}>{titles[ref] ?? ref}</GoTo>
        </div>
      ))}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
