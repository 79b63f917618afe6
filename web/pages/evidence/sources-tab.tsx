import { type Answer, useLoaded } from '../../api/index.ts'
import { useTableView } from '../../app/address.ts'
import { kindsWords } from '../../parts/kinds.ts'
import { Sparkline } from '../../ui/chart/index.ts'
import { formatCount, formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { CopyCommand, When } from '../../ui/text/index.ts'
import { summaryAsk, watchesAsk } from './asks.ts'
import classes from './evidence.module.css'

type Summary = Answer<'evidence.summary'>
type Source = Summary['kinds'][number] & { weeks: number[] }
type Watch = Answer<'watches'>['watches'][number]

const DAY = 86_400_000
const WEEKS = 13

const COLUMNS: readonly Column<Source>[] = [
  { key: 'kind', head: 'Records of', value: (row) => row.kind, cell: (row) => <b>{kindsWords(row.kind)}</b> },
  { key: 'source', head: 'Source', value: (row) => row.source, cell: (row) => row.source },
  { key: 'records', head: 'Records', align: 'end', value: (row) => row.records, cell: (row) => formatCount(row.records) },
  {
    key: 'weeks',
    head: 'Last 13 weeks',
    cell: (row) => <Sparkline values={row.weeks} label={`${row.kind} from ${row.source}, records a week: ${row.weeks.join(', ')}`} />,
  },
  { key: 'first', head: 'First', value: (row) => row.firstAt, cell: (row) => <When at={row.firstAt} />, wideOnly: true },
  { key: 'last', head: 'Latest happened', value: (row) => row.lastAt, cell: (row) => <When at={row.lastAt} /> },
  { key: 'learned', head: 'Latest learned', value: (row) => row.lastLearned, cell: (row) => <When at={row.lastLearned} clock /> },
]

const WATCH_COLUMNS: readonly Column<Watch>[] = [
  { key: 'path', head: 'Path', value: (row) => row.path, cell: (row) => <code>{row.path}</code> },
  { key: 'kind', head: 'What', value: (row) => row.kind, cell: (row) => row.kind },
  { key: 'every', head: 'Every', align: 'end', value: (row) => row.everySeconds, cell: (row) => formatQuantity(row.everySeconds, 's') },
  {
    key: 'last',
    head: 'Last read',
    value: (row) => row.lastRunAt,
    cell: (row) => (row.lastRunAt ? <When at={row.lastRunAt} clock /> : 'not yet'),
  },
  {
    key: 'error',
    head: 'Trouble',
    cell: (row) => (row.lastError ? <span className={classes.trouble}>{row.lastError}</span> : <span className="quiet">none</span>),
  },
]

/** Who tells us what, how much, and how fresh it is. */
export function SourcesTab() {
  const { kinds, days } = useLoaded(summaryAsk())
  const { watches } = useLoaded(watchesAsk())
  const table = useTableView()
  const watchTable = useTableView('watch')
  const rows = kinds.map((kind) => ({ ...kind, weeks: weeksOf(days, kind) }))
  return (
    <>
      <p className={classes.lead}>Everything this server was told, the example company’s records included while it is loaded.</p>
      <DataTable caption="sources" rows={rows} columns={COLUMNS} rowKey={(row) => `${row.kind} ${row.source}`} {...table} />
      <Section title="Read again on a schedule" note="repositories and folders on the server's machine">
        {watches.length === 0 ? (
          <p className="quiet">
            None yet. Scanning a repository of this machine adds it: <CopyCommand>throughline scan path/to/repository</CopyCommand>
          </p>
        ) : (
          <DataTable caption="what is read again" rows={watches} columns={WATCH_COLUMNS} rowKey={(row) => String(row.id)} {...watchTable} />
        )}
      </Section>
    </>
  )
}

/** Records a week over the last 13 weeks, oldest first. */
function weeksOf(days: Summary['days'], { kind, source }: { kind: string; source: string }): number[] {
  const weeks = Array.from({ length: WEEKS }, () => 0)
  const today = Date.now()
  for (const day of days) {
    if (day.kind !== kind || day.source !== source) continue
    const week = WEEKS - 1 - Math.floor((today - Date.parse(day.day)) / (7 * DAY))
    if (week >= 0 && week < WEEKS) weeks[week]! += day.records
  }
  return weeks
}
