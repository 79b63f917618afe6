import { type Answer, useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useTableView } from '../../app/address.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { importsAsk } from './asks.ts'

type Import = Answer<'imports'>['imports'][number]

const COLUMNS: readonly Column<Import>[] = [
  { key: 'label', head: 'What', value: (row) => row.label, cell: (row) => <b>{row.label}</b> },
  { key: 'started', head: 'When', value: (row) => row.startedAt, cell: (row) => <When at={row.startedAt} clock /> },
  { key: 'accepted', head: 'New', align: 'end', value: (row) => row.accepted, cell: (row) => formatCount(row.accepted) },
  { key: 'revised', head: 'Revised', align: 'end', value: (row) => row.revised, cell: (row) => formatCount(row.revised) },
  { key: 'duplicates', head: 'Known already', align: 'end', value: (row) => row.duplicates, cell: (row) => formatCount(row.duplicates) },
  { key: 'rejected', head: 'Rejected', align: 'end', value: (row) => row.rejected, cell: (row) => formatCount(row.rejected) },
  {
    key: 'state',
    head: 'State',
    cell: (row) => (row.daily ? 'a day of what came' : row.finishedAt ? 'done' : 'unfinished: run it again to go on'),
  },
  { key: 'retract', head: 'Was that wrong?', cell: (row) => <TakeBack importId={row.importId} /> },
]

/** What was brought in, when, and what became of it. */
export function ImportsTab() {
  const { imports } = useLoaded(importsAsk())
  const table = useTableView()
  return (
    <DataTable
      caption="imports"
      rows={imports}
      columns={COLUMNS}
      rowKey={(row) => String(row.importId)}
      filterBy={(row) => `${row.label} ${row.format}`}
      empty={
        <EmptyState
          title="Imports would be listed here"
          why="Files of records, one JSON object a line, from any tool. An import can be stopped and resumed, and taken back as a whole."
          command="throughline import records.ndjson"
        />
      }
      {...table}
    />
  )
}

function TakeBack({ importId }: { importId: number }) {
  const { act, busy } = useAct()
  const settle = (undo: boolean): void =>
    void act('retract', { what: `import:${importId}`, undo }, ({ retracted }) => ({
      text: undo ? `${plural(retracted, 'record')} counted again.` : `${plural(retracted, 'record')} taken back.`,
      undo: () => settle(!undo),
    }))
  return (
    <Button
      look="quiet"
      busy={busy}
      onClick={() => settle(false)}
      title="Say that all of this import is wrong: its records stay readable but count no longer"
    >
      Take back
    </Button>
  )
}
