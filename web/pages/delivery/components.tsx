import type { Answer } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { KindOf } from '../../parts/kind-of.tsx'
import { formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { sentence } from '../../ui/text/index.ts'
import classes from './delivery.module.css'

type Overview = Answer<'delivery.overview'>
type Component = Overview['components'][number]
type Reading = Component['readings'][number]

/** The five for every component, slowest first: never blended into one figure without saying so. */
export function Components({ overview: { components, measures } }: { overview: Overview }) {
  const table = useTableView()
  if (components.length === 0) return null
  const known = components.filter(({ readings }) => readings.some(({ value }) => value !== null))
  const silent = components.filter((row) => !known.includes(row))
  const columns: Column<Component>[] = [
    { key: 'component', head: 'Component', value: (row) => shortName(row.subject), cell: componentLink },
    ...measures.map(({ id, title }, index): Column<Component> => ({
      key: id.replace('delivery.', ''),
      head: SHORT[id] ?? title,
      align: 'end',
      value: (row) => row.readings[index]?.value ?? null,
      cell: (row) => figure(row.readings[index]),
    })),
  ]
  return (
    <Section title="By component" note="slowest first; a row opens that component">
      <DataTable
        caption="components"
        rows={known}
        columns={columns}
        rowKey={(row) => row.subject}
        filterBy={(row) => row.subject}
        {...table}
        empty={<p className="quiet">None of the five is known of any in this window.</p>}
      />
      {silent.length > 0 && (
        <details className={classes.silent}>
          <summary>Of {silent.length.toLocaleString('en-GB')} more none of the five is known in this window</summary>
          <ul>
            {silent.map(({ subject, readings: [first] }) => (
              <li key={subject}>
                <ComponentLink subject={subject} /> {first?.unknown && <span className="quiet">{sentence(first.unknown.why)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

/** Heads that fit a column. */
const SHORT: Record<string, string> = {
  'delivery.change_lead_time': 'Lead time',
  'delivery.deployment_frequency': 'Deployments',
  'delivery.change_failure_rate': 'Failure rate',
  'delivery.failed_deployment_recovery_time': 'Recovery',
  'delivery.rework_rate': 'Rework',
}

function componentLink(row: Component) {
  return <ComponentLink subject={row.subject} />
}

function ComponentLink({ subject }: { subject: string }) {
  const { search } = useAddress()
  return (
    <Go
      to={urls.delivery()}
      search={{ ...search, subject, sort: undefined, find: undefined, page: undefined }}
      className="rowLink"
      title={subject}
    >
      {shortName(subject)}
      <KindOf subject={subject} />
    </Go>
  )
}

function figure(reading: Reading | undefined) {
  if (!reading || reading.value === null) {
    return (
      <span className="quiet" title={reading?.unknown ? `${sentence(reading.unknown.why)} ${reading.unknown.fix}` : undefined}>
        unknown
      </span>
    )
  }
  return (
    <span>
      {formatQuantity(reading.value, reading.unit)} <span className={classes.n}>n&nbsp;=&nbsp;{reading.n.toLocaleString('en-GB')}</span>
    </span>
  )
}
