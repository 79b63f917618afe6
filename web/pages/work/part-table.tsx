import { useAddress, useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term } from '../../ui/text/index.ts'
import { percent, type WorkPart } from './parts.ts'

const COLUMNS: readonly Column<WorkPart>[] = [
  { key: 'title', head: 'What for', value: (row) => row.title, cell: (row) => <PartLink part={row} /> },
  {
    key: 'share',
    head: 'Share',
    align: 'end',
    value: (row) => row.share.share,
    cell: (row) => (row.share.share === null ? '' : <b>{percent(row.share.share)}</b>),
  },
  { key: 'planned', head: 'Planned', align: 'end', value: (row) => row.planned, cell: (row) => <Planned part={row} /> },
  {
    key: 'changes',
    head: 'Changes',
    align: 'end',
    value: (row) => row.share.count,
    cell: (row) => formatQuantity(Math.round(row.share.count * 10) / 10, 'count'),
  },
  {
    key: 'people',
    head: 'People-weeks',
    align: 'end',
    value: (row) => row.share.peopleWeeks,
    cell: (row) =>
      row.share.peopleWeeks === null ? (
        <Term of="people-week">not shown</Term>
      ) : (
        formatQuantity(Math.round(row.share.peopleWeeks * 10) / 10, 'count')
      ),
  },
  { key: 'before', head: 'Against before', align: 'end', value: differenceOf, cell: (row) => <Before part={row} /> },
]

/** Each part of the work; its row opens the changes behind it. */
export function PartTable({ parts }: { parts: readonly WorkPart[] }) {
  const { search } = useAddress()
  const table = useTableView('part')
  return <DataTable caption="parts of the work" rows={parts} columns={COLUMNS} rowKey={({ key }) => key} current={search.part} {...table} />
}

function PartLink({ part }: { part: WorkPart }) {
  const { search } = useAddress()
  return (
    <Go to="." search={{ ...search, part: part.key }} className="rowLink" resetScroll={false}>
      {part.title}
    </Go>
  )
}

/** How far what came is from what was planned, in words. */
function Planned({ part: { planned, share } }: { part: WorkPart }) {
  if (planned === null) return null
  const points = Math.round(((share.share ?? 0) - planned) * 100)
  return (
    <>
      {percent(planned)}
      <span className="quiet">{points === 0 ? ', as planned' : `, ${pointsWords(points)} ${points > 0 ? 'more' : 'less'}`}</span>
    </>
  )
}

/** Percentage points, as people count them. */
function pointsWords(points: number): string {
  return plural(Math.abs(points), 'point')
}

function differenceOf({ share }: WorkPart): number | null {
  return share.before === null || share.share === null ? null : share.share - share.before.share
}

function Before({ part }: { part: WorkPart }) {
  const difference = differenceOf(part)
  if (difference === null) return <span className="quiet">none before</span>
  const points = Math.round(difference * 100)
  return (
    <span className="quiet">
      {points === 0 ? 'as before' : `${points > 0 ? '▲' : '▼'} ${pointsWords(points)}`}
      {part.share.before && ` (${percent(part.share.before.share)})`}
    </span>
  )
}
