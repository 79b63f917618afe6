import { type Answer, useLoaded } from '../../api/index.ts'
import { useTableView } from '../../app/address.ts'
import { shortName } from '../../app/go.tsx'
import { EmptyState, useToast } from '../../ui/feedback/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { summaryAsk } from './asks.ts'
import classes from './evidence.module.css'

type Subject = Answer<'evidence.summary'>['undeclared']['subjects'][number]

const COLUMNS: readonly Column<Subject>[] = [
  { key: 'subject', head: 'Named in records', value: (row) => row.subject, cell: (row) => <code>{row.subject}</code> },
  { key: 'records', head: 'Records', align: 'end', value: (row) => row.records, cell: (row) => formatCount(row.records) },
  { key: 'fix', head: 'What to do', cell: (row) => <CopyDescriptor subject={row.subject} /> },
]

/** Things with records that nobody declared: counted, but without owner and system. */
export function UndeclaredTab() {
  const { undeclared } = useLoaded(summaryAsk())
  const table = useTableView()
  if (undeclared.total === 0)
    return (
      <EmptyState
        title="Everything that records name is declared"
        why="When records come in about something the catalogue does not know, it is listed here so that it gets an owner."
      />
    )
  return (
    <>
      <p className={classes.lead}>
        These have records but no entry in the catalogue, so nobody owns them and no system contains them. Their records count all the same.
      </p>
      <DataTable
        caption="undeclared things"
        rows={undeclared.subjects}
        columns={COLUMNS}
        rowKey={(row) => row.subject}
        filterBy={(row) => row.subject}
        {...table}
      />
      {undeclared.total > undeclared.subjects.length && (
        <p className="quiet small">
          The busiest {formatCount(undeclared.subjects.length)} of {formatCount(undeclared.total)} are shown.
        </p>
      )}
    </>
  )
}

function CopyDescriptor({ subject }: { subject: string }) {
  const toast = useToast()
  const copy = async () => {
    await navigator.clipboard.writeText(descriptorOf(subject))
    toast({ text: 'Descriptor copied. Keep it as catalog-info.yaml and apply the folder.' })
  }
  return (
    <Button look="quiet" onClick={() => void copy()}>
      Copy a descriptor
    </Button>
  )
}

function descriptorOf(subject: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${shortName(subject)}
  annotations:
    throughline.dev/repository: ${subject}
spec:
  type: service
  lifecycle: production
  owner: group:default/your-team
`
}
