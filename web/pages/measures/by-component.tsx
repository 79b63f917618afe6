import type { Answer } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { KindOf } from '../../parts/kind-of.tsx'
import { FixLink } from '../../parts/reading.tsx'
import { formatCount, formatInterval, formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { sentence } from '../../ui/text/index.ts'

type Reading = Answer<'measure.read'>['readings'][number]

const COLUMNS: readonly Column<Reading>[] = [
  { key: 'subject', head: 'Component', value: (row) => shortName(row.subject), cell: (row) => <ComponentLink reading={row} /> },
  {
    key: 'value',
    head: 'Value',
    align: 'end',
    value: (row) => row.value,
    cell: (row) => (row.value === null ? <span className="quiet">unknown</span> : <b>{formatQuantity(row.value, row.unit)}</b>),
  },
  {
    key: 'p90',
    head: 'p90',
    align: 'end',
    value: (row) => row.quantiles?.p90 ?? null,
    cell: (row) => (row.quantiles && row.value !== null ? formatQuantity(row.quantiles.p90, row.unit) : ''),
    wideOnly: true,
  },
  { key: 'n', head: 'n', align: 'end', value: (row) => row.n, cell: (row) => formatCount(row.n) },
  { key: 'sure', head: 'How sure', cell: (row) => <Sureness reading={row} /> },
]

function ComponentLink({ reading }: { reading: Reading }) {
  const { search } = useAddress()
  return (
    <Go
      to={urls.measure(reading.measure)}
      search={{ ...search, subject: reading.subject, 'part.sort': undefined }}
      className="rowLink"
      title={reading.subject}
    >
      {shortName(reading.subject)}
      <KindOf subject={reading.subject} />
    </Go>
  )
}

function Sureness({ reading: { value, unit, unknown, interval } }: { reading: Reading }) {
  if (value === null) {
    return (
      <>
        {sentence(unknown?.why ?? '')} <FixLink fix={unknown?.fix ?? ''} />
      </>
    )
  }
  return interval ? (
    <span className="quiet">
      {formatInterval(interval.low, interval.high, unit)} ({Math.round(interval.level * 100)}&nbsp;%)
    </span>
  ) : null
}

/** The same measure for every component: never blended, worst first. */
export function ByComponent({ readings, better }: { readings: readonly Reading[]; better: 'higher' | 'lower' | undefined }) {
  const table = useTableView('part')
  if (readings.length < 2) return null
  const known = readings
    .filter((row) => row.value !== null)
    .sort((a, b) => (better === 'higher' ? -1 : 1) * ((b.value ?? 0) - (a.value ?? 0)))
  const unknown = readings.filter((row) => row.value === null)
  return (
    <Section title="By component" note="worst first">
      <DataTable
        caption="components"
        rows={[...known, ...unknown]}
        columns={COLUMNS}
        rowKey={(row) => row.subject}
        filterBy={(row) => row.subject}
        {...table}
      />
    </Section>
  )
}
