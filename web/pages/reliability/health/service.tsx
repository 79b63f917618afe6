import { useMemo } from 'react'
import { useLoaded } from '../../../api/index.ts'
import { useAddress, useNames, useTableView } from '../../../app/address.ts'
import { Go, GoTo, shortName } from '../../../app/go.tsx'
import { useLive } from '../../../app/live.ts'
import { urls } from '../../../app/urls.ts'
import { useMeanwhile } from '../../../parts/meanwhile.tsx'
import { TimeSeries, type TimePoint } from '../../../ui/chart/index.ts'
import { EmptyState } from '../../../ui/feedback/index.ts'
import { formatCount, formatQuantity, plural } from '../../../ui/figure/index.ts'
import { Page, Section } from '../../../ui/page/index.ts'
import { type Column, DataTable } from '../../../ui/table/index.ts'
import { formatDays, When } from '../../../ui/text/index.ts'
import { serviceAsk, type ServiceTelemetry } from './asks.ts'
import classes from './health.module.css'
import { durationWords, failedWords } from './words.ts'

type Operation = ServiceTelemetry['operations'][number]
type Pattern = ServiceTelemetry['patterns'][number]
type Trace = Pattern['trace']

export default function ServiceHealthPage() {
  const { namespace = '', name = '' } = useNames()
  const ref = `component:${namespace}/${name}`
  const { search } = useAddress()
  const told = useLoaded(serviceAsk(search, ref))
  useLive('slos', 'telemetry.service')
  return (
    <Page
      title={`Health of ${name}`}
      asks={`What does it do, how well, and what does it complain of? ${formatDays(told.window)}.`}
      answer={<p>{answerOf(told)}</p>}
      actions={
        <>
          <GoTo id={ref}>In the catalogue</GoTo>
          <Go to={urls.health()}>All services</Go>
        </>
      }
    >
      {told.reveals.lastAt === null && (
        <EmptyState
          title="It sent nothing in this span"
          why="Start it with an OpenTelemetry SDK, and its calls, errors, durations and complaints are counted here."
          command={`OTEL_SERVICE_NAME=${name} OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin} node service.js`}
        />
      )}
      <Served told={told} />
      <Operations told={told} />
      <Others told={told} service={ref} />
      <Patterns told={told} />
    </Page>
  )
}

const SERVES = new Set(['server', 'consumer'])

function answerOf({ service, operations, patterns, reveals }: ServiceTelemetry): string {
  const served = operations.filter(({ kind }) => SERVES.has(kind))
  const calls = served.reduce((sum, one) => sum + one.calls, 0)
  const errors = served.reduce((sum, one) => sum + one.errors, 0)
  if (reveals.lastAt === null) return `Unknown: ${shortName(service)} sent nothing in this span.`
  if (calls === 0) return `Unknown how it serves: no spans of calls it answers came.`
  const [worst] = served.filter((one) => one.errors > 0).sort((a, b) => b.errors - a.errors)
  const lines = patterns.reduce((sum, one) => sum + one.lines, 0)
  return [
    `${plural(calls, 'call')}, ${failedWords(calls, errors)}.`,
    worst ? `Most failures: ${worst.operation}, ${formatCount(worst.errors)} of ${formatCount(worst.calls)}.` : '',
    lines > 0 ? `Its logs complain ${plural(lines, 'time')} in ${plural(patterns.length, 'pattern')}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function Served({ told }: { told: ServiceTelemetry }) {
  const points = useMemo(() => hourly(told), [told])
  const { events, meanwhile } = useMeanwhile(points, told.service)
  if (points.length < 2) return null
  return (
    <>
      <TimeSeries title="Share of calls that failed, by hour" unit="ratio" points={points} height={180} events={events} />
      {meanwhile}
    </>
  )
}

/** Minutes are too many to read. An hour without calls says nothing. */
function hourly({ series }: ServiceTelemetry): TimePoint[] {
  const hours = Map.groupBy(series, ({ at }) => `${at.slice(0, 13)}:00:00.000Z`)
  return [...hours].map(([from, minutes]) => {
    const calls = minutes.reduce((sum, one) => sum + one.calls, 0)
    const errors = minutes.reduce((sum, one) => sum + one.errors, 0)
    return { from, to: new Date(Date.parse(from) + 3_600_000).toISOString(), value: calls === 0 ? null : errors / calls, n: calls }
  })
}

function Operations({ told }: { told: ServiceTelemetry }) {
  const table = useTableView('operation')
  if (told.operations.length === 0) return null
  const { most, more } = told.operationsKept
  return (
    <Section
      title="Operations"
      note={`durations are known to ${formatQuantity(told.bucketWidth, 'ratio')}${more ? `; the first ${most} of a kind by name, all later ones together` : ''}`}
    >
      <DataTable
        caption="operations"
        rows={told.operations}
        columns={OPERATIONS}
        rowKey={(row) => `${row.kind} ${row.operation}`}
        filterBy={(row) => `${row.kind} ${row.operation}`}
        {...table}
      />
    </Section>
  )
}

const OPERATIONS: readonly Column<Operation>[] = [
  {
    key: 'operation',
    head: 'Operation',
    value: (row) => row.operation,
    cell: (row) => (
      <span>
        {row.operation} <span className="quiet small">{row.kind}</span>
      </span>
    ),
  },
  { key: 'calls', head: 'Calls', align: 'end', value: (row) => row.calls, cell: (row) => formatCount(row.calls) },
  {
    key: 'failed',
    head: 'Failed',
    align: 'end',
    value: (row) => (row.calls === 0 ? null : row.errors / row.calls),
    cell: (row) => (row.calls === 0 ? 'unknown' : formatQuantity(row.errors / row.calls, 'ratio')),
  },
  { key: 'half', head: 'Half within', align: 'end', value: (row) => row.p50Ms, cell: (row) => durationWords(row.p50Ms) },
  { key: 'most', head: '95 % within', align: 'end', value: (row) => row.p95Ms, cell: (row) => durationWords(row.p95Ms) },
  { key: 'error', head: 'Last failure', cell: (row) => <TraceLink trace={row.errorTrace} /> },
  {
    key: 'slow',
    head: 'Slowest of late',
    wideOnly: true,
    cell: (row) => (
      <span>
        {row.slowTrace && `${durationWords(row.slowTrace.ms)} `}
        <TraceLink trace={row.slowTrace} />
      </span>
    ),
  },
]

/** A trace in the tracing backend people have; its id where nobody said where that is. */
function TraceLink({ trace }: { trace: Trace }) {
  if (!trace) return <span className="quiet">none</span>
  const short = trace.id.slice(0, 8)
  return trace.url ? (
    <a href={trace.url} title={trace.id} rel="noreferrer">
      trace {short}
    </a>
  ) : (
    <span title={`${trace.id}. To open it from here: throughline telemetry --trace-link`}>
      <code className={classes.trace}>{short}</code>
    </span>
  )
}

function Others({ told, service }: { told: ServiceTelemetry; service: string }) {
  if (told.calls.length === 0) return null
  const name = (ref: string) =>
    ref === service ? (
      <strong>{shortName(ref)}</strong>
    ) : ref.startsWith('component:') ? (
      <Go to={urls.serviceHealth(ref)}>{shortName(ref)}</Go>
    ) : (
      ref
    )
  return (
    <Section title="Calls to and from others">
      <ul className={classes.list}>
        {told.calls.map((call) => (
          <li key={`${call.caller} ${call.callee}`}>
            {name(call.caller)} → {name(call.callee)}{' '}
            <span className="quiet">
              {plural(call.calls, 'call')}, {failedWords(call.calls, call.errors)}, 95 % within {durationWords(call.p95Ms)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Patterns({ told }: { told: ServiceTelemetry }) {
  const table = useTableView('pattern')
  if (told.patterns.length === 0) return null
  return (
    <Section title="What its logs complain of" note="patterns of lines; what varies in them is cut out and kept nowhere">
      <DataTable
        caption="patterns"
        rows={told.patterns}
        columns={PATTERNS}
        rowKey={(row) => row.id}
        filterBy={(row) => row.template}
        {...table}
      />
    </Section>
  )
}

const PATTERNS: readonly Column<Pattern>[] = [
  {
    key: 'template',
    head: 'Pattern',
    value: (row) => row.template,
    cell: (row) => (
      <span>
        <code>{row.template}</code> <span className="quiet small">{row.severity}</span>
      </span>
    ),
  },
  { key: 'lines', head: 'Lines', align: 'end', value: (row) => row.lines, cell: (row) => formatCount(row.lines) },
  { key: 'last', head: 'Last', value: (row) => row.lastAt, cell: (row) => <When at={row.lastAt} clock /> },
  { key: 'trace', head: 'Trace', cell: (row) => <TraceLink trace={row.trace} /> },
]
