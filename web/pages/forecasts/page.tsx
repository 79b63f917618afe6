import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Agreement } from '../../ui/chart/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount, formatInterval, plural, unbroken } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { forecastsAsk } from './asks.ts'
import classes from './forecasts.module.css'
import { CameTrue } from './state.tsx'

type Forecasts = Answer<'forecasts'>
type Row = Forecasts['forecasts'][number]

const ASKS = 'How often do we turn out to be right?'

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'expected',
    head: 'Expected, and what was read',
    value: (row) => row.rule,
    cell: (row) => (
      <>
        <GoTo id={row.ref} className="rowLink">
          {row.title}
        </GoTo>
        <div>{unbroken(row.rule)}</div>
        {row.changed && <div className="quiet small">changed after its day; counts as it stood then</div>}
      </>
    ),
  },
  { key: 'probability', head: 'How sure', align: 'end', value: (row) => row.probability, cell: (row) => percent(row.probability) },
  { key: 'by', head: 'By', align: 'end', value: (row) => row.by, cell: (row) => <When at={row.by} /> },
  { key: 'state', head: 'What became of it', value: (row) => row.notScored ?? row.state, cell: (row) => <CameTrue forecast={row} /> },
  {
    key: 'measure',
    head: 'Measure',
    value: (row) => row.measure,
    cell: (row) => <GoTo id={row.measure} search={{ subject: row.subject }} />,
    wideOnly: true,
  },
]

export default function ForecastsPage() {
  const { search } = useAddress()
  const told = useLoaded(forecastsAsk(search))
  const table = useTableView()
  if (told.forecasts.length === 0) return <NoForecasts />
  return (
    <Page title="Forecasts" asks={ASKS} answer={<p>{told.answer}</p>}>
      <Calibration told={told} />
      <Section title="Every forecast" note={countsInWords(told.counts)}>
        <DataTable
          caption="forecasts"
          rows={told.forecasts}
          columns={COLUMNS}
          rowKey={(row) => `${row.ref} ${row.rule} ${row.by} ${row.probability}`}
          filterBy={(row) => `${row.title} ${row.rule} ${row.measure} ${row.state}`}
          {...table}
        />
      </Section>
    </Page>
  )
}

/** How often forecasts of about each probability came true, and what that comes to. */
function Calibration({ told: { calibration } }: { told: Forecasts }) {
  if (!calibration)
    return (
      <Section title={<Term of="calibration">Calibration</Term>}>
        <p className="quiet">No forecast has come due with a known outcome yet. The first one that does is shown here.</p>
      </Section>
    )
  const { bins, brier, brierOfBase, n, overconfidence } = calibration
  const { value, low, high } = overconfidence
  const size = (share: number) => `${share < 0 ? '−' : ''}${Math.abs(Math.round(share * 100))}`
  return (
    <Section
      title={<Term of="calibration">Calibration</Term>}
      note={`${plural(n, 'forecast')} scored; of the organisation, never of persons`}
    >
      <Agreement
        title="Stated and seen"
        statedHead="said to be sure"
        seenHead="came true"
        note="Bars are 95 % intervals. Below the line: surer than right."
        points={bins.map(({ stated, share, interval, n: of }) => ({ stated, seen: share, low: interval.low, high: interval.high, n: of }))}
      />
      <dl className={classes.figures}>
        <div>
          <dt>
            <Term of="Brier score">Brier score</Term>
          </dt>
          <dd>
            <b>{brier.toFixed(2)}</b> <span className="quiet">n = {formatCount(n)}; 0 is best, 0.25 says “half” every time</span>
          </dd>
        </div>
        <div>
          <dt>Knowing only how often things come true</dt>
          <dd>
            <b>{brierOfBase.toFixed(2)}</b>{' '}
            <span className="quiet">
              {brier < brierOfBase ? 'the forecasts knew more than that' : 'the forecasts knew no more than that'}
            </span>
          </dd>
        </div>
        <div>
          <dt>Surer than right by</dt>
          <dd>
            <b>{size(value)} points</b>{' '}
            <span className="quiet">
              95 %: {size(low)} to {size(high)}; {percent(overconfidence.confidence)} sure, {percent(overconfidence.right)} right
            </span>
          </dd>
        </div>
      </dl>
      <ul className={classes.bins}>
        {bins.map(({ around, share, n: of, interval }) => (
          <li key={around}>
            What we call {percent(around)} sure came true {percent(share)} of the time{' '}
            <span className="quiet">
              (n = {of}; {formatInterval(interval.low, interval.high, 'ratio')})
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function countsInWords({ scored, open, unknown, notScored }: Forecasts['counts']): string {
  return `${formatCount(scored)} scored, ${formatCount(open)} open, ${formatCount(unknown)} due but unknown, ${formatCount(notScored)} not scored; held against the 28 days that end with their day`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function NoForecasts() {
  return (
    <Page title="Forecasts" asks={ASKS}>
      <EmptyState
        title="What decisions expected, and how often it came true, would be shown here"
        why="A decision that says what it expects of a measure, by when and how sure its authors are is scored on its day; so the organisation learns how far to trust its own confidence."
        action={
          <Go to={urls.decisionNew()} className={buttonClass}>
            Write a decision with what it expects
          </Go>
        }
        command='throughline decision new "Split the order service" --dir docs/decisions'
      />
    </Page>
  )
}
