import { useAddress, useTableView } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import classes from './measures.module.css'
import { RecordPanel } from './record-panel.tsx'
import { flagWords, type Row, valueWords } from './row.ts'

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'title',
    head: 'Record',
    value: (row) => row.title ?? row.id,
    cell: (row) => <RecordLink row={row} />,
  },
  { key: 'subject', head: 'Of', value: (row) => row.subject, cell: (row) => shortName(row.subject) },
  { key: 'at', head: 'When', align: 'end', value: (row) => row.at ?? null, cell: (row) => (row.at ? <When at={row.at} /> : '') },
  {
    key: 'value',
    head: 'Value',
    align: 'end',
    value: (row) => row.value,
    cell: (row) => (row.value === null ? <span className="quiet">unknown</span> : valueWords(row.value, row.unit)),
  },
  { key: 'note', head: 'Note', cell: (row) => <Notes row={row} /> },
]

/** The records behind a figure; each opens to its parts and links. */
export function Records({ rows, listed }: { rows: readonly Row[]; listed: number }) {
  const { search, set } = useAddress()
  const table = useTableView('row')
  const open = rows.find((row) => keyOf(row) === search.record)
  return (
    <Section title="Records" note={rows.length >= listed ? `the newest ${formatCount(listed)}` : `all ${formatCount(rows.length)}`}>
      <DataTable
        caption="records"
        rows={rows}
        columns={COLUMNS}
        rowKey={keyOf}
        filterBy={(row) => `${row.title ?? ''} ${row.id} ${row.subject} ${row.flags.join(' ')}`}
        pageSize={25}
        current={search.record}
        empty={
          <EmptyState title="No records in this span" why="Choose a longer span, or bring in records of the kinds this measure rests on." />
        }
        {...table}
      />
      {open && <RecordPanel row={open} onClose={() => set({ record: undefined })} />}
    </Section>
  )
}

function RecordLink({ row }: { row: Row }) {
  const { search } = useAddress()
  return (
    <Go to="." search={{ ...search, record: keyOf(row) }} className="rowLink" resetScroll={false}>
      {row.title ?? shortName(row.id)}
    </Go>
  )
}

/** Why a record does not count, or what is odd about it. */
function Notes({ row }: { row: Row }) {
  return (
    <>
      {row.excluded && (
        <span className={classes.left}>
          not counted: <Term of={row.excluded}>{row.excluded.replaceAll('_', ' ')}</Term>
        </span>
      )}
      {row.flags.map((flag) => (
        <div key={flag} className="quiet">
          {flagWords(flag)}
        </div>
      ))}
    </>
  )
}

function keyOf(row: Row): string {
  return `${row.id}@${row.subject}`
}
