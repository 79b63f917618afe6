import type { Answer } from '../../api/index.ts'
import { useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Sparkline } from '../../ui/chart/index.ts'
import { formatCount, formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import classes from './measures.module.css'
import { Effect } from './change-words.tsx'

type Listed = Answer<'measure.overview'>['measures'][number]

const COLUMNS: readonly Column<Listed>[] = [
  {
    key: 'measure',
    head: 'Measure',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <Go to={urls.measure(row.id)} className="rowLink" title={row.id}>
          {row.title}
        </Go>
        <div className="quiet small">{row.question}</div>
      </>
    ),
  },
  { key: 'way', head: 'Half a year', cell: (row) => <Way row={row} />, wideOnly: true },
  {
    key: 'latest',
    head: 'Latest',
    align: 'end',
    value: (row) => row.latest?.value ?? null,
    cell: (row) => (row.latest ? <b>{formatQuantity(row.latest.value, row.unit)}</b> : <span className="quiet">unknown</span>),
  },
  {
    key: 'n',
    head: 'n',
    align: 'end',
    value: (row) => row.latest?.n ?? null,
    cell: (row) => (row.latest ? formatCount(row.latest.n) : ''),
  },
  {
    key: 'at',
    head: 'From',
    align: 'end',
    value: (row) => row.latest?.at ?? null,
    cell: (row) => (row.latest ? <When at={row.latest.at.slice(0, 10)} /> : ''),
  },
  { key: 'changed', head: 'Changed lately', value: (row) => row.changed?.at ?? null, cell: (row) => <ChangedCell row={row} /> },
]

/** Fewer readings make no line. */
const FEW = 3

function Way({ row: { weeks, title } }: { row: Listed }) {
  if (weeks.filter((value) => value !== null).length < FEW) return <span className="quiet small">too few weeks</span>
  return <Sparkline values={weeks} label={`${title}, the last ${weeks.length} weeks`} />
}

function ChangedCell({ row: { changed, unit } }: { row: Listed }) {
  if (!changed) return <span className="quiet">no</span>
  return (
    <>
      {changed.effect && <Effect effect={changed.effect} />} {formatQuantity(changed.before, unit)} → {formatQuantity(changed.after, unit)},{' '}
      <When at={changed.at.slice(0, 10)} />
    </>
  )
}

/** The measures of one group. */
export function Group({ name, title, measures }: { name: string; title: string; measures: readonly Listed[] }) {
  const table = useTableView(name)
  return (
    <Section title={title}>
      <div className={classes.group}>
        <DataTable caption={title} rows={measures} columns={COLUMNS} rowKey={(row) => row.id} {...table} />
      </div>
    </Section>
  )
}
