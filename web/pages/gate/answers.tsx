import { useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Verdict } from '../../parts/gate-verdict.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { AnswerTold } from './answer.tsx'
import { historyAsk, type Kept } from './asks.ts'

const COLUMNS: readonly Column<Kept>[] = [
  {
    key: 'when',
    head: 'When',
    value: ({ answer }) => answer.at ?? answer.asOf,
    cell: ({ answer }) => (
      <Go to={urls.gate()} search={{ tab: 'answers', answer: answer.id }} className="rowLink" resetScroll={false}>
        <When at={answer.at ?? answer.asOf} />
      </Go>
    ),
  },
  { key: 'verdict', head: 'Verdict', value: ({ answer }) => answer.verdict, cell: ({ answer }) => <Verdict of={answer} /> },
  { key: 'component', head: 'Component', value: ({ answer }) => answer.component, cell: ({ answer }) => <GoTo id={answer.component} /> },
  {
    key: 'commit',
    head: 'Commit',
    cell: ({ answer }) => answer.commit?.slice(0, 10) ?? <span className="quiet">not said</span>,
    wideOnly: true,
  },
  {
    key: 'by',
    head: 'Asked by',
    value: ({ person }) => person,
    cell: ({ person, asks }) => `${shortName(person)}${asks > 1 ? `, ${asks} times` : ''}`,
    wideOnly: true,
  },
  { key: 'why', head: 'Why', cell: ({ answer }) => answer.words },
]

/** Every answer the gate gave, with the evidence it saw. */
export function Answers() {
  const { search, set } = useAddress()
  const { answers } = useLoaded(historyAsk(search))
  const table = useTableView()
  const open = answers.find(({ answer }) => answer.id === search.answer)?.answer
  return (
    <>
      <DataTable
        caption="answers"
        rows={answers}
        columns={COLUMNS}
        rowKey={({ answer }) => answer.id}
        filterBy={({ answer }) => `${answer.component} ${answer.commit ?? ''} ${answer.words} ${answer.id}`}
        current={search.answer}
        empty={
          <EmptyState
            title="Every answer of the gate would be kept here, with the evidence it saw"
            why="Put the question into the pipeline: it ends with 0 for go, 1 for hold and 2 where it could not be judged."
            command={'throughline gate <component> --commit "$(git rev-parse HEAD)"'}
          />
        }
        {...table}
      />
      {open && (
        <SidePanel title="What the gate answered" onClose={() => set({ answer: undefined })}>
          <AnswerTold answer={open} />
          <p className="quiet small">Played again it is the same byte for byte: throughline gate replay {open.id}</p>
        </SidePanel>
      )}
    </>
  )
}
