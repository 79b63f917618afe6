import { useLoaded } from '../../api/index.ts'
import { useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Sparkline } from '../../ui/chart/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount, formatQuantity } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { connectionsAsk, kindsAsk } from './asks.ts'
import { CoverageSection } from './coverage.tsx'
import classes from './sources.module.css'
import { progressWords } from './progress.ts'
import { answerOf, type Connection, daily, STATE_WORDS, totalOf, worstFirst } from './state.ts'
import { SystemList } from './system-list.tsx'

const COLUMNS: readonly Column<Connection>[] = [
  {
    key: 'name',
    head: 'Connection',
    value: (row) => row.name,
    cell: (row) => (
      <>
        <Go to={urls.connection(row.id)}>{row.name}</Go>
        {row.name !== row.title && <span className="quiet"> {row.title}</span>}
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    value: (row) => row.state,
    cell: (row) => (
      <span data-state={row.state} className={classes.state} title={STATE_WORDS[row.state].meaning}>
        <span aria-hidden>{STATE_WORDS[row.state].mark}</span> {STATE_WORDS[row.state].word}
      </span>
    ),
  },
  {
    key: 'last',
    head: 'Last delivery',
    value: (row) => row.lastAt,
    cell: (row) => (row.lastAt ? <When at={row.lastAt} clock /> : 'none yet'),
  },
  {
    key: 'days',
    head: '14 days',
    cell: (row) => {
      const isPushed = totalOf(row, (day) => day.deliveries) > 0
      const values = daily(row, (day) => (isPushed ? day.deliveries : day.accepted + day.revised))
      const label = `${row.name}, ${isPushed ? 'deliveries' : 'records'} a day: ${values.join(', ')}`
      return values.length > 1 ? <Sparkline values={values} label={label} /> : formatCount(values[0] ?? 0)
    },
  },
  {
    key: 'records',
    head: 'Records',
    align: 'end',
    value: (row) => totalOf(row, (day) => day.accepted + day.revised),
    cell: (row) => formatCount(totalOf(row, (day) => day.accepted + day.revised)),
  },
  {
    key: 'rejected',
    head: 'Rejected',
    align: 'end',
    value: (row) => totalOf(row, (day) => day.rejected),
    cell: (row) => formatCount(totalOf(row, (day) => day.rejected)),
  },
  {
    key: 'refused',
    head: 'Turned away',
    align: 'end',
    value: (row) => totalOf(row, (day) => day.refused),
    cell: (row) => formatCount(totalOf(row, (day) => day.refused)),
  },
  {
    key: 'past',
    head: 'The past',
    value: (row) => row.progress?.state ?? null,
    cell: (row) =>
      row.progress ? (
        <>
          {progressWords(row.progress)}
          {row.progress.why && <div className="quiet">{row.progress.why}</div>}
        </>
      ) : (
        <span className="quiet">not read</span>
      ),
    wideOnly: true,
  },
  {
    key: 'delay',
    head: 'Mean delay',
    align: 'end',
    cell: (row) => {
      const late = row.days.findLast((day) => day.lagSeconds !== null)?.lagSeconds
      return late == null ? <span className="quiet">unknown</span> : formatQuantity(late, 's')
    },
  },
]

/** Connected systems, and which can be connected. */
export default function SourcesPage() {
  const { connections } = useLoaded(connectionsAsk())
  const { sources } = useLoaded(kindsAsk())
  const table = useTableView()
  return (
    <Page title="Sources" asks="What tells us what happens, and is it well?" answer={<p>{answerOf(connections)}</p>}>
      <DataTable
        caption="connections"
        rows={worstFirst(connections)}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="Connected systems would be listed here"
            why="A system that is connected tells of changes, deployments and incidents within seconds, with the times git alone does not know: when a review began, when something was really deployed."
          />
        }
        {...table}
      />
      <CoverageSection />
      <Section title="Connect a system" note="copy an address and a secret, wait for the first event">
        <SystemList sources={sources} />
      </Section>
      <Section title="Import a file" note="a spreadsheet or an export: CSV, TSV, JSON">
        <div className={classes.file}>
          <p className="quiet">
            You see what each row would become before anything is written. The next file of the same shape needs nothing.
          </p>
          <Go to={urls.importFile()} className={buttonClass}>
            Import a file
          </Go>
        </div>
        <p className="quiet">
          Anything else can post records as JSON lines, CloudEvents or CDEvents to <code>/api/evidence</code>.
        </p>
      </Section>
    </Page>
  )
}
