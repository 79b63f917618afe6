import { useTableView } from '../../app/address.ts'
import { formatCount, formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Name } from './bars.tsx'
import classes from './cost.module.css'
import type { Cost } from './asks.ts'

type Row = Cost['rows'][number]

const HEADS = { component: 'Component', team: 'Team', customer: 'Customer', service: 'Service' }
const ASKED: Record<Row['by'][number]['by'], string> = { stated: 'the bill', resource: 'resource', tag: 'tag', account: 'account' }

/** Every row with its change, what it is allocated by and what one request costs. */
export function Rows({ cost }: { cost: Cost }) {
  const table = useTableView()
  if (cost.rows.length === 0) return null
  return (
    <Section title="In figures" note="the dearest first">
      <DataTable
        caption="costs"
        rows={cost.rows}
        columns={columnsOf(cost)}
        rowKey={(row) => row.key}
        filterBy={(row) => `${row.key} ${row.owner ?? ''}`}
        {...table}
      />
    </Section>
  )
}

function columnsOf(cost: Cost): Column<Row>[] {
  const unit = cost.currency ?? ''
  const money = (amount: number) => formatQuantity(amount, unit)
  return [
    { key: 'name', head: HEADS[cost.by], value: (row) => row.title, cell: (row) => <Name row={row} className="rowLink" /> },
    { key: 'amount', head: 'Amount', align: 'end', value: (row) => row.amount, cell: (row) => <b>{money(row.amount)}</b> },
    { key: 'change', head: 'Against before', align: 'end', value: changeOf, cell: (row) => <Change row={row} money={money} /> },
    ...(cost.requestsMeasure !== null && cost.rows.some((row) => row.perRequest !== null) ? [perRequest(cost.requestsMeasure, money)] : []),
    {
      key: 'by',
      head: 'Allocated by',
      cell: (row) => (
        <>
          {row.by.map(({ by }) => ASKED[by]).join(', ')}
          {row.shared !== 0 && (
            <span className={classes.shared}>
              {row.shared > 0 ? `with ${money(row.shared)} of shared cost` : `${money(-row.shared)} shared out`}
            </span>
          )}
        </>
      ),
      wideOnly: true,
    },
    { key: 'lines', head: 'Lines', align: 'end', value: (row) => row.lines, cell: (row) => formatCount(row.lines) },
  ]
}

function perRequest(measure: string, money: (amount: number) => string): Column<Row> {
  return {
    key: 'request',
    head: `Per ${measure.replace(/s$/, '')}`,
    align: 'end',
    value: (row) => row.perRequest,
    cell: (row) =>
      row.perRequest === null ? (
        <span className="quiet" title={`No ${measure} are known of it; send measurements of "${measure}".`}>
          unknown
        </span>
      ) : (
        <span title={`${formatCount(row.requests ?? 0)} ${measure}`}>{money(row.perRequest)}</span>
      ),
  }
}

function changeOf(row: Row): number | null {
  return row.before === null ? null : row.amount - row.before
}

function Change({ row, money }: { row: Row; money: (amount: number) => string }) {
  const change = changeOf(row)
  if (change === null) return <span className="quiet">new</span>
  if (Math.abs(change) <= Math.abs(row.amount) * 0.005) return <span className="quiet">as before</span>
  return (
    <>
      {money(Math.abs(change))} {change > 0 ? 'more' : 'less'}
    </>
  )
}
