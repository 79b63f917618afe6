import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { recordOf, urls } from '../../app/urls.ts'
import { FixLink } from '../../parts/reading.tsx'
import { ChartFrame, Distribution, rangeWords, StackedBar } from '../../ui/chart/index.ts'
import { formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term } from '../../ui/text/index.ts'
import { flowAsk } from './asks.ts'
import { percent } from './parts.ts'
import classes from './work.module.css'

type FlowAnswer = Answer<'work.flow'>
type Item = FlowAnswer['inProgress']['oldest'][number]

/** The way of work items from idea to customers' hands, and what is under way. */
export function Flow() {
  const { search } = useAddress()
  const flow = useLoaded(flowAsk(search))
  if (flow.unknown)
    return (
      <Section title="From idea to customers’ hands">
        <p>
          Unknown: {flow.unknown.why} <FixLink fix={flow.unknown.fix} />
        </p>
      </Section>
    )
  return (
    <>
      <Stages flow={flow} />
      <InProgress flow={flow} />
    </>
  )
}

function Stages({ flow }: { flow: FlowAnswer }) {
  const subject = { subject: flow.subject }
  const { delivered, stages, biggestWait } = flow
  const waitsFirst = stages.toSorted((a, b) => Number(b.waits) - Number(a.waits) || b.share - a.share)
  return (
    <Section
      title="From idea to customers’ hands"
      note="where the time of work items went that reached customers in this span"
      actions={
        <Go to={urls.measure('delivery.flow_time')} search={subject}>
          Open flow time
        </Go>
      }
    >
      {delivered.n === 0 ? (
        <p className="quiet">
          No work item reached customers in this span, of {plural(flow.items, 'item')} there are. An item counts once it is done, and the
          last change that names it is deployed.
        </p>
      ) : (
        <>
          <p className={classes.wait}>
            {unbroken(
              `${plural(delivered.n, 'item')} reached customers, half of them within ${formatQuantity(delivered.medianSeconds ?? 0, 's')} of being written down. ${biggestWait?.sentence ?? ''}`,
            )}
          </p>
          <ChartFrame
            title="Stages of work items"
            untitled
            twin={{
              heads: ['stage', 'kind', 'share of the time', 'median', 'items'],
              rows: waitsFirst.map((stage) => [
                stage.title,
                stage.waits ? 'waiting' : 'work',
                percent(stage.share),
                stage.medianSeconds === null ? null : formatQuantity(stage.medianSeconds, 's'),
                stage.n,
              ]),
            }}
          >
            <StackedBar
              label="Stages of work items on their way to customers, the biggest wait first"
              parts={waitsFirst.map((stage) => ({
                key: stage.stage,
                label: <Term of={stage.stage.replaceAll('_', ' ')}>{stage.title}</Term>,
                share: stage.share,
                detail: `${stage.waits ? 'waiting' : 'work'}${stage.medianSeconds === null ? '' : `, median ${formatQuantity(stage.medianSeconds, 's')}`}, n = ${stage.n}`,
              }))}
            />
          </ChartFrame>
        </>
      )}
    </Section>
  )
}

const COLUMNS: readonly Column<Item>[] = [
  {
    key: 'title',
    head: 'Work item',
    value: (row) => row.title,
    cell: (row) => (
      <GoTo id={recordOf(row.id, row.subject)} className="rowLink">
        {row.title}
      </GoTo>
    ),
  },
  { key: 'of', head: 'Of', value: (row) => row.subject, cell: (row) => shortName(row.subject) },
  {
    key: 'stage',
    head: 'Where it is',
    value: (row) => row.stageTitle,
    cell: (row) => (
      <>
        {row.stageTitle}
        {row.flags.includes('reopened') && <span className="quiet">, opened again</span>}
        {row.flags.includes('change_given_up') && <span className="quiet">, a change of it was given up</span>}
      </>
    ),
  },
  { key: 'age', head: 'Age', align: 'end', value: (row) => row.ageSeconds, cell: (row) => formatQuantity(row.ageSeconds, 's') },
]

function InProgress({ flow }: { flow: FlowAnswer }) {
  const table = useTableView('item')
  const { n, ages, stages, oldest } = flow.inProgress
  const ideas = flow.ideas > 0 ? ` ${plural(flow.ideas, 'idea')} nobody has begun.` : ''
  return (
    <Section
      title={<Term of="work in progress">In progress</Term>}
      note="by age since work began"
      actions={
        <Go to={urls.measure('delivery.work_in_progress')} search={{ subject: flow.subject }}>
          Open the measure
        </Go>
      }
    >
      {n === 0 ? (
        <p className="quiet">Nothing is under way.{ideas}</p>
      ) : (
        <>
          <p className={classes.wait}>
            {plural(n, 'item')} under way: {stages.map((stage) => `${stage.n} ${stage.title.toLowerCase()}`).join(', ')}.{ideas}
          </p>
          <Distribution
            title="Items in progress by age"
            bins={ages.map(({ from, to, count }) => ({ label: rangeWords(from, to ?? undefined, 's'), count }))}
            note={plural(n, 'item')}
          />
          <div className={classes.below}>
            <DataTable
              caption="items in progress"
              rows={oldest}
              columns={COLUMNS}
              rowKey={(row) => `${row.id}@${row.subject}`}
              filterBy={(row) => `${row.title} ${row.id} ${row.subject} ${row.stageTitle}`}
              pageSize={10}
              {...table}
            />
          </div>
          {n > oldest.length && <p className="quiet small">The oldest {oldest.length} are listed.</p>}
        </>
      )}
    </Section>
  )
}
