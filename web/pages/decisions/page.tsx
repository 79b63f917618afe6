import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { decisionsAsk, decisionsFeed, LISTED } from './asks.ts'
import classes from './decisions.module.css'
import { LogFilters } from './log-filters.tsx'
import { logWords, Status } from './status.tsx'

type Row = Answer<'decisions'>['decisions'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'title',
    head: 'Decision',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <GoTo id={row.ref} className="rowLink">
          {row.title}
        </GoTo>
        {row.overdue && <div className={classes.overdue}>To be looked at again since {row.revisitBy && <When at={row.revisitBy} />}</div>}
      </>
    ),
  },
  {
    key: 'status',
    head: 'Status',
    value: (row) => row.status,
    cell: (row) => <Status status={row.status} asWritten={row.statusAsWritten} />,
  },
  {
    key: 'date',
    head: 'Date',
    align: 'end',
    value: (row) => row.date ?? null,
    cell: (row) => (row.date ? <When at={row.date} /> : <span className="quiet">no date</span>),
  },
  { key: 'log', head: 'Log', value: (row) => row.log, cell: logWords },
  { key: 'why', head: 'Bears on', cell: (row) => <Bearing row={row} />, wideOnly: true },
]

export default function DecisionsPage() {
  const { search, set } = useAddress()
  const { total, statuses, decisions } = useLoaded(decisionsAsk(search))
  const table = useTableView()
  const all = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  const narrowed = ['status', 'about', 'overdue', 'text', 'log', 'from', 'to'].some((name) => search[name])
  if (all === 0 && !narrowed) return <NoDecisions />
  const overdue = decisions.filter((decision) => decision.overdue).length
  return (
    <Page
      title="Decisions"
      asks="What did we decide, and does the reason still hold?"
      answer={<p>{inWords(all, statuses, overdue)}</p>}
      actions={
        <>
          <Go to={urls.decisionNew()} className={buttonClass}>
            New decision
          </Go>
          <a href={decisionsFeed(search)} type="application/atom+xml" className={buttonClass}>
            Feed of these
          </a>
        </>
      }
    >
      <LogFilters />
      <div className={classes.filters} role="group" aria-label="Status" data-screen-only>
        <button type="button" aria-pressed={!search.status} onClick={() => set({ status: undefined, page: undefined })}>
          All {formatCount(all)}
        </button>
        {Object.entries(statuses).map(([status, count]) => (
          <button key={status} type="button" aria-pressed={search.status === status} onClick={() => set({ status, page: undefined })}>
            {status} {formatCount(count)}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={search.overdue !== undefined}
          onClick={() => set({ overdue: search.overdue ? undefined : 'true', page: undefined })}
        >
          overdue only
        </button>
        {search.about && (
          <Button look="quiet" onClick={() => set({ about: undefined })}>
            About {shortName(search.about)} ×
          </Button>
        )}
      </div>
      <DataTable
        caption="decisions"
        rows={decisions}
        columns={COLUMNS}
        rowKey={(row) => row.ref}
        filterBy={textOf}
        empty={<p className="quiet">No decision matches.</p>}
        {...table}
      />
      {total > LISTED && (
        <p className="quiet small">
          The newest {formatCount(LISTED)} of {formatCount(total)} are shown.
        </p>
      )}
    </Page>
  )
}

/** What a decision cites, serves and affects, in words. */
function Bearing({ row }: { row: Row }) {
  const parts = [
    ...row.serves.map((ref) => ({ words: 'serves', ref })),
    ...row.supports.map((ref) => ({ words: 'for', ref })),
    ...row.against.map((ref) => ({ words: 'against', ref })),
    ...row.affects.map((ref) => ({ words: 'affects', ref })),
  ]
  return (
    <>
      {parts.slice(0, 3).map(({ words, ref }) => (
        <div key={`${words} ${ref}`}>
          {words} <GoTo id={ref} />
        </div>
      ))}
      {parts.length > 3 && <span className="quiet">and {parts.length - 3} more</span>}
    </>
  )
}

function textOf(row: Row): string {
  return `${row.title} ${row.log} ${row.status} ${row.deciders.join(' ')} ${[...row.serves, ...row.supports, ...row.against, ...row.affects].join(' ')}`
}

function inWords(all: number, statuses: Record<string, number>, overdue: number): string {
  const force = statuses.accepted ?? 0
  const open = (statuses.proposed ?? 0) + (statuses.draft ?? 0)
  const waiting = open > 0 ? `, ${formatCount(open)} waiting for an answer` : ''
  const late = overdue > 0 ? ` ${plural(overdue, 'decision')} should have been looked at again.` : ''
  return `${plural(all, 'decision')}: ${formatCount(force)} in force${waiting}.${late}`
}

function NoDecisions() {
  return (
    <Page title="Decisions" asks="What did we decide, and does the reason still hold?">
      <EmptyState
        title="Decisions of every repository would be listed here"
        why="Existing decision records (MADR, Nygard, front matter) are read as they are, wherever they lie; what replaced what is followed, and the assumptions behind them are watched."
        command="throughline apply docs/decisions"
        action={
          <Go to={urls.decisionNew()} className={buttonClass}>
            New decision
          </Go>
        }
      />
    </Page>
  )
}
