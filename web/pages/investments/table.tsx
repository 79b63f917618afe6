import { useTableView } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import type { Investment, Portfolio } from './asks.ts'
import classes from './investments.module.css'
import { gaps, isOpen, KIND, money, percent, STATUS, STATUS_ORDER } from './words.ts'

type Row = Investment & { isChosen: boolean; share: number | undefined; leftOut: string | undefined }

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'investment',
    head: 'Investment',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <Go to={urls.investment(row.ref)} className="rowLink" title={row.ref}>
          {row.title}
        </Go>
        <div className={classes.statement} title={row.statement}>
          {KIND[row.kind]}: {row.statement}
        </div>
      </>
    ),
  },
  {
    key: 'choice',
    head: 'Choose it?',
    value: (row) => (row.isChosen ? 0 : isOpen(row) ? 1 : 2),
    cell: (row) => <Choice row={row} />,
  },
  {
    key: 'state',
    head: 'State',
    value: (row) => STATUS_ORDER.indexOf(row.status),
    cell: (row) => <State state={STATUS[row.status].shape} words={STATUS[row.status].words} quiet />,
  },
  {
    key: 'serves',
    head: 'Serves',
    value: (row) => row.serves[0]?.title ?? null,
    cell: (row) =>
      row.serves.length === 0 ? (
        <span className="quiet">no outcome</span>
      ) : (
        row.serves.map(({ ref, title }) => (
          <div key={ref}>
            <GoTo id={ref}>{title}</GoTo>
          </div>
        ))
      ),
  },
  {
    key: 'weeks',
    head: 'People-weeks',
    align: 'end',
    value: (row) => row.cost?.peopleWeeks ?? null,
    cell: (row) => (row.cost ? row.cost.peopleWeeks.toLocaleString('en-GB') : <span className="quiet">not stated</span>),
  },
  {
    key: 'money',
    head: 'Money',
    align: 'end',
    value: (row) => row.cost?.money?.amount ?? null,
    cell: (row) => (row.cost?.money ? money(row.cost.money.amount, row.cost.money.currency) : <span className="quiet">none</span>),
  },
  {
    key: 'worth',
    head: 'Worth',
    align: 'end',
    value: (row) => row.worth,
    cell: (row) =>
      row.worth === null ? (
        <span className="quiet" title={row.unknown?.why}>
          unknown
        </span>
      ) : (
        gaps(row.worth)
      ),
  },
  {
    key: 'wsjf',
    head: 'WSJF',
    align: 'end',
    value: (row) => row.ranking.wsjf,
    cell: (row) => scored(row.ranking.wsjf, 1_000),
    wideOnly: true,
  },
  {
    key: 'rice',
    head: 'RICE',
    align: 'end',
    value: (row) => row.ranking.rice,
    cell: (row) => scored(row.ranking.rice, 1),
    wideOnly: true,
  },
]

/** Every investment with its state, what it takes and what it is worth; what is chosen first. */
export function InvestmentTable({ investments, portfolio }: { investments: readonly Investment[]; portfolio: Portfolio | undefined }) {
  const table = useTableView()
  const rows = investments
    .map((one): Row => ({
      ...one,
      isChosen: portfolio?.chosen.includes(one.ref) ?? false,
      share: portfolio?.chosenShare[one.ref],
      leftOut: portfolio?.leftOut.find(({ ref }) => ref === one.ref)?.why,
    }))
    .sort(
      (a, b) =>
        Number(b.isChosen) - Number(a.isChosen) ||
        STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
        (b.worth ?? -1) - (a.worth ?? -1),
    )
  return (
    <DataTable
      caption="investments"
      rows={rows}
      columns={COLUMNS}
      rowKey={(row) => row.ref}
      filterBy={(row) => `${row.title} ${row.statement} ${row.ref}`}
      {...table}
    />
  )
}

function Choice({ row }: { row: Row }) {
  if (!isOpen(row)) return <span className="quiet">over</span>
  if (row.leftOut) return <State state="unknown" words={`cannot be: ${row.leftOut}`} />
  const draws = row.share === undefined ? null : <div className="quiet small">in {percent(row.share)} of draws</div>
  return (
    <>
      {row.isChosen ? <State state="met" words="choose" /> : <span>not now</span>}
      {draws}
    </>
  )
}

function scored(score: number | null, times: number) {
  return score === null ? <span className="quiet">unknown</span> : (score * times).toLocaleString('en-GB', { maximumSignificantDigits: 2 })
}
