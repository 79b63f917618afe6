import { useTableView } from '../../app/address.ts'
import { GoTo } from '../../app/go.tsx'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { formatMoment, Term } from '../../ui/text/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import classes from './effect.module.css'
import type { Told } from './told.ts'

interface Check {
  key: string
  what: React.ReactNode
  value: number
  low: number
  high: number
  found: boolean
}

function foundCell({ found }: Check) {
  return <State state={found ? 'at_risk' : 'met'} words={found ? 'something' : 'nothing'} quiet={!found} />
}

/** The same comparison where nothing was done: what is found there casts doubt on the answer. */
export function Checks({ told }: { told: Told }) {
  const table = useTableView('check')
  const { placebo } = told
  if (!placebo) return null
  const rows = checksOf(placebo)
  if (rows.length === 0) return null
  const write = (value: number) =>
    told.scale === 'absolute' ? formatQuantity(value, told.unit) : `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} %`
  const columns: readonly Column<Check>[] = [
    { key: 'what', head: 'As if it had been', cell: (row) => row.what },
    { key: 'value', head: 'Change', align: 'end', value: (row) => row.value, cell: (row) => write(row.value) },
    { key: 'range', head: '95 %', align: 'end', cell: (row) => `${write(row.low)} to ${write(row.high)}` },
    {
      key: 'found',
      head: 'Found',
      value: (row) => Number(row.found),
      cell: foundCell,
    },
  ]
  return (
    <details className={classes.more} open={placebo.passed === false}>
      <summary>
        Checks where nothing was done:{' '}
        {placebo.passed
          ? `${rows.length} made, nothing found`
          : `${rows.filter(({ found }) => found).length} of ${rows.length} found something`}
      </summary>
      <p className="quiet small">
        Each is a <Term>placebo check</Term>: the same comparison, where there is nothing to find.
      </p>
      <DataTable caption="checks" rows={rows} columns={columns} rowKey={(row) => row.key} {...table} />
    </details>
  )
}

function checksOf({ inTime, inSpace, drift }: NonNullable<Told['placebo']>): Check[] {
  const all = [
    ...inTime.map((check) => ({ key: check.at, what: `on ${formatMoment(check.at)}`, ...check })),
    ...(drift ? [{ key: 'drift', what: 'drifting before, a week', ...drift }] : []),
    ...inSpace.map((check) => ({ key: check.ref, what: <GoTo id={check.ref}>{check.title}</GoTo>, ...check })),
  ]
  return all.toSorted((a, b) => Number(b.found) - Number(a.found))
}
