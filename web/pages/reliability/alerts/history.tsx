import { useTableView } from '../../../app/address.ts'
import { Go, shortName } from '../../../app/go.tsx'
import { urls } from '../../../app/urls.ts'
import { formatQuantity } from '../../../ui/figure/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { type Column, DataTable } from '../../../ui/table/index.ts'
import { When } from '../../../ui/text/index.ts'
import type { Alert, Inbox } from './asks.ts'

const lasted = ({ firedAt, endedAt }: Alert) => (firedAt && endedAt ? (Date.parse(endedAt) - Date.parse(firedAt)) / 1000 : null)

const COLUMNS: Column<Alert>[] = [
  { key: 'severity', head: 'Severity', value: ({ severity }) => severity, cell: ({ severity }) => severity },
  {
    key: 'service',
    head: 'Service',
    value: ({ service }) => shortName(service),
    cell: ({ service }) => <Go to={urls.entity(service)}>{shortName(service)}</Go>,
  },
  { key: 'slo', head: 'Promise', value: ({ title }) => title, cell: ({ slo, title }) => <Go to={urls.entity(slo)}>{title}</Go> },
  {
    key: 'fired',
    head: 'Fired',
    value: ({ firedAt }) => firedAt,
    cell: ({ firedAt }) => (firedAt ? <When at={firedAt} clock /> : null),
  },
  {
    key: 'lasted',
    head: 'Lasted',
    align: 'end',
    value: lasted,
    cell: (alert) => {
      const seconds = lasted(alert)
      return seconds === null ? null : formatQuantity(seconds, 's')
    },
  },
  {
    key: 'most',
    head: 'Highest burn',
    align: 'end',
    value: ({ most }) => most,
    cell: ({ most }) => (most === null ? <span className="quiet">unknown</span> : `${formatQuantity(most, 'count')} ×`),
  },
  {
    key: 'why',
    head: 'Ended because',
    wideOnly: true,
    cell: ({ endedBy }) => (endedBy === 'withdrawn' ? 'the promise was taken away' : 'the burn fell'),
  },
]

/** Alerts that are over. */
export function History({ inbox: { history, watched } }: { inbox: Inbox }) {
  const table = useTableView()
  if (watched === 0 && history.length === 0) return null
  return (
    <Section title="Ended" note="in the last 30 days, the latest first">
      <DataTable
        caption="alerts that ended"
        rows={history}
        columns={COLUMNS}
        rowKey={({ id }) => String(id)}
        filterBy={({ service, title, severity }) => `${service} ${title} ${severity}`}
        empty={<p className="quiet">None ended in the last 30 days.</p>}
        {...table}
      />
    </Section>
  )
}
