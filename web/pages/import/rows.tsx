import { useTableView } from '../../app/address.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import type { Preview } from './draft.ts'
import classes from './import.module.css'

type Row = Preview['rows'][number]

/** Fields beside each other at most; the rest is in the record itself. */
const MOST = 7

const LINE: Column<Row> = { key: 'line', head: 'Line', cell: ({ line }) => line ?? '?' }
const PROBLEMS: Column<Row> = {
  key: 'problems',
  head: 'Problems',
  cell: ({ problems }) =>
    problems.length === 0 ? (
      <span className="quiet">none</span>
    ) : (
      problems.map(({ message }) => (
        <div key={message} className={classes.trouble}>
          {message}
        </div>
      ))
    ),
}

/** The first rows as the records they would become, problems in their place. */
export function Rows({ preview: { rows, mapping } }: { preview: Preview }) {
  const table = useTableView('rows')
  const names = [...new Set(['id', ...Object.keys(mapping.fields).map((field) => field.split('.')[0]!), 'at'])]
  const columns = [LINE, ...names.slice(0, MOST).map(columnOf), PROBLEMS]
  return (
    <DataTable
      caption="first rows"
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.line} ${rows.indexOf(row)}`}
      pageSize={20}
      {...table}
    />
  )
}

function columnOf(name: string): Column<Row> {
  return { key: name, head: name, cell: ({ record }) => shown(record[name]) }
}

function shown(value: unknown) {
  if (value === undefined || value === null) return <span className="quiet">–</span>
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const moment = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}\.\d{3}Z$/.exec(text)
  if (moment) return `${moment[1]} ${moment[2]} UTC`
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
