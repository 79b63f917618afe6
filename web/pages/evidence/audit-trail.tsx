import { type Answer, ask, useLoaded } from '../../api/index.ts'
import { useTableView } from '../../app/address.ts'
import { shortName } from '../../app/go.tsx'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'

type Entry = Answer<'audit.list'>['entries'][number]

const COLUMNS: readonly Column<Entry>[] = [
  { key: 'at', head: 'When', value: (row) => row.at, cell: (row) => <When at={row.at} clock /> },
  { key: 'person', head: 'Who', value: (row) => row.person, cell: (row) => shortName(row.person) },
  { key: 'verb', head: 'Did', value: (row) => row.verb, cell: (row) => row.verb.replaceAll(/[._]/g, ' ') },
  { key: 'target', head: 'To', value: (row) => row.target, cell: (row) => <code>{row.target}</code> },
]

/** Who changed what, and when. */
export function AuditTrail() {
  const { entries } = useLoaded(ask('audit.list', { limit: 200 }))
  const table = useTableView('audit')
  return (
    <Section title="Who changed what" note="newest first">
      <DataTable
        caption="changes"
        rows={entries}
        columns={COLUMNS}
        rowKey={(row) => String(row.id)}
        filterBy={(row) => `${row.person} ${row.verb} ${row.target}`}
        pageSize={20}
        empty={<p className="quiet">Nothing has been changed through the app or the API yet.</p>}
        {...table}
      />
    </Section>
  )
}
