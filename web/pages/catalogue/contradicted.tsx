import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, type useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { placeOf } from '../../app/urls.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { contradictionsAsk } from './asks.ts'
import classes from './catalogue.module.css'

type Found = Answer<'contradictions'>['contradictions'][number]
type Summary = Answer<'entity.list'>['entities'][number]

const WORDS: Record<Found['code'], string> = {
  owner_contradicted: 'Another owner',
  owner_left: 'Owner left',
  owner_undeclared: 'Owner not declared',
  lifecycle_contradicted: 'Ended, but deployed',
  production_quiet: 'Silent for a year',
  repository_contradicted: 'Another repository',
  path_contradicted: 'Another folder',
  declared_twice: 'Declared twice',
}

/** With the title of what it is about. */
type Listed = Found & { title: string }

const COLUMNS: readonly Column<Listed>[] = [
  {
    key: 'title',
    head: 'Name',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <Go to={placeOf(row.ref)} className="rowLink" title={row.ref}>
          {row.title}
        </Go>
        <div className={classes.contradiction}>
          {row.message}. <span className="quiet">{row.fix}</span>
        </div>
      </>
    ),
  },
  {
    key: 'code',
    head: 'Contradiction',
    value: (row) => WORDS[row.code],
    cell: (row) => <State state="missed" words={WORDS[row.code]} />,
  },
]

/** Shows only what is contradicted; says how many there are, once that is known. */
export function ContradictedFilter({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { contradictions } = useLoaded(contradictionsAsk(useAddress().search))
  const things = new Set(contradictions.map(({ ref }) => ref)).size
  if (things === 0 && !on) return null
  return (
    <div className={classes.kinds}>
      <button type="button" aria-pressed={on} onClick={() => onChange(!on)}>
        Contradicted ({formatCount(things)})
      </button>
    </div>
  )
}

/** What is declared and contradicted, among the entries the other filters leave. */
export function Contradicted({
  entities,
  view,
  onAll,
}: {
  entities: readonly Summary[]
  view: ReturnType<typeof useTableView>
  onAll: () => void
}) {
  const { contradictions } = useLoaded(contradictionsAsk(useAddress().search))
  const titles = new Map(entities.map(({ ref, title }) => [ref, title]))
  return (
    <DataTable
      caption="what is contradicted"
      rows={contradictions.flatMap((one) => (titles.has(one.ref) ? [{ ...one, title: titles.get(one.ref)! }] : []))}
      columns={COLUMNS}
      rowKey={(row) => `${row.ref} ${row.code} ${row.fact}`}
      empty={
        <EmptyState
          title="Nothing here is contradicted"
          why="What these entries declare agrees with what was seen of them, or nothing was seen that could tell."
          action={<Button onClick={onAll}>Show everything</Button>}
        />
      }
      {...view}
    />
  )
}
