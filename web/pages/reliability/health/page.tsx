import { useLoaded } from '../../../api/index.ts'
import { useAddress, useTableView } from '../../../app/address.ts'
import { Go, GoTo } from '../../../app/go.tsx'
import { useLive } from '../../../app/live.ts'
import { urls } from '../../../app/urls.ts'
import { EmptyState } from '../../../ui/feedback/index.ts'
import { formatCount } from '../../../ui/figure/index.ts'
import { Page, Section } from '../../../ui/page/index.ts'
import { StateShape } from '../../../ui/state/index.ts'
import { type Column, DataTable } from '../../../ui/table/index.ts'
import { formatDays } from '../../../ui/text/index.ts'
import { gapsAsk, mapAsk } from './asks.ts'
import { Calls } from './calls.tsx'
import classes from './health.module.css'
import { answerOf, MISSING_WORDS, type Service } from './words.ts'

export default function HealthPage() {
  const { search } = useAddress()
  const gaps = useLoaded(gapsAsk(search))
  const map = useLoaded(mapAsk(search))
  useLive('slos', 'health.gaps', 'telemetry.map')
  const table = useTableView()
  return (
    <Page
      title="Health"
      asks={`Which services do not reveal how they are, and who depends on them? ${formatDays(gaps.window)}.`}
      answer={<p>{answerOf(gaps)}</p>}
    >
      {gaps.services.length === 0 ? (
        <EmptyState
          title="No service is known yet"
          why="What services send over OTLP is counted here: calls, errors, durations, who calls whom, what their logs complain of. Start one with an OpenTelemetry SDK."
          command={`OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin} node service.js`}
        />
      ) : (
        <Section title="What each service reveals" note="what hides most from most comes first">
          <DataTable
            caption="what services reveal"
            rows={gaps.services}
            columns={COLUMNS}
            rowKey={(row) => row.ref}
            filterBy={(row) => `${row.ref} ${row.title} ${row.owner ?? ''}`}
            {...table}
          />
        </Section>
      )}
      <Calls map={map} />
    </Page>
  )
}

const has = (key: keyof Service['reveals'], head: string): Column<Service> => ({
  key,
  head,
  value: (row) => (row.reveals[key] ? 1 : 0),
  cell: (row) => <Has it={row.reveals[key]} />,
})

const COLUMNS: readonly Column<Service>[] = [
  { key: 'service', head: 'Service', value: (row) => row.title, cell: (row) => <ServiceCell row={row} /> },
  {
    key: 'dependents',
    head: 'Depend on it',
    align: 'end',
    value: (row) => row.dependents,
    cell: (row) => <span title={row.dependedOnBy.join(', ')}>{formatCount(row.dependents)}</span>,
  },
  has('slo', 'SLO'),
  has('traces', 'Traces'),
  has('metrics', 'Metrics'),
  {
    key: 'logs',
    head: 'Logs',
    value: (row) => Number(row.reveals.logs) + Number(row.reveals.structuredLogs) + Number(row.reveals.correlatedLogs),
    cell: ({ reveals }) => (
      <span>
        <Has it={reveals.logs} />
        {reveals.logs && (
          <span className="quiet small">
            {' '}
            {reveals.structuredLogs ? 'structured' : 'text alone'}, {reveals.correlatedLogs ? 'with trace ids' : 'no trace ids'}
          </span>
        )}
      </span>
    ),
  },
  { key: 'next', head: 'What to do first', cell: (row) => <Next row={row} /> },
]

function ServiceCell({ row }: { row: Service }) {
  return (
    <span>
      <Go to={urls.serviceHealth(row.ref)} className="rowLink" title={row.ref}>
        {row.title}
      </Go>
      <span className="quiet small"> {row.owner ? <GoTo id={row.owner} /> : row.declared ? 'nobody owns it' : 'not declared'}</span>
    </span>
  )
}

/** Present or not, as word and shape. */
function Has({ it }: { it: boolean }) {
  return (
    <span className={classes.has} data-has={it}>
      <StateShape state={it ? 'met' : 'unknown'} /> {it ? 'yes' : 'no'}
    </span>
  )
}

function Next({ row }: { row: Service }) {
  const [first, ...rest] = row.missing
  if (!first) return <span className="quiet">nothing is missing</span>
  return (
    <span title={first.why}>
      {first.code === 'slo' ? (
        <Go to={urls.sloNew()} search={{ service: row.ref }}>
          Say how good is good enough
        </Go>
      ) : (
        first.fix
      )}
      {rest.length > 0 && <span className="quiet small"> Then {rest.map(({ code }) => MISSING_WORDS[code] ?? code).join(', ')}.</span>}
    </span>
  )
}
