import { useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { GoTo, shortName } from '../../app/go.tsx'
import { StackedBar } from '../../ui/chart/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { formatDays, When } from '../../ui/text/index.ts'
import { AskForm } from './ask-form.tsx'
import { type Override, overridesAsk, type Share, shareAsk } from './asks.ts'

type Row = Share['listed'][number]

const PASSAGES = { went: 'let go', overrode: 'overridden', against: 'although held', unasked: 'nobody asked' } as const

/** How releases passed the gate, what it held, and who overrode it. */
export function Passed() {
  const { search } = useAddress()
  const share = useLoaded(shareAsk(search))
  const { overrides } = useLoaded(overridesAsk(search))
  return (
    <>
      <AskForm />
      <Section title="How releases passed" note={`${formatDays(share)}, n = ${plural(share.releases, 'release')} to ${share.environment}`}>
        {share.releases === 0 ? <NoReleases /> : <Passages share={share} />}
      </Section>
      {overrides.length > 0 && (
        <Section title="Overrides" note="each is a decision record">
          <Overrides overrides={overrides} />
        </Section>
      )}
    </>
  )
}

function NoReleases() {
  return (
    <EmptyState
      title="How releases passed the gate would be told here"
      why="A release that asked, one that somebody overrode and one that nobody asked about are told apart once deployments are known."
      command="throughline gate <component>"
    />
  )
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'when', head: 'When', value: (row) => row.at, cell: (row) => <When at={row.at} /> },
  { key: 'component', head: 'Component', value: (row) => row.component, cell: (row) => <GoTo id={row.component} /> },
  { key: 'how', head: 'How', value: (row) => row.passage, cell: (row) => PASSAGES[row.passage] },
  {
    key: 'failed',
    head: 'Then',
    value: (row) => (row.failed ? 0 : 1),
    cell: (row) => (row.failed ? <State state="missed" words="failed" /> : <State state="met" words="no failure" quiet />),
  },
  { key: 'deployment', head: 'Deployment', cell: (row) => <GoTo id={row.id}>{shortName(row.id)}</GoTo>, wideOnly: true },
]

function Passages({ share }: { share: Share }) {
  const table = useTableView('round')
  const part = (key: keyof typeof PASSAGES) => ({
    key,
    label: PASSAGES[key],
    share: share[key] / share.releases,
    detail: plural(share[key], 'release'),
    unexplained: key === 'unasked',
  })
  return (
    <>
      <StackedBar label="How releases passed the gate" parts={[part('went'), part('overrode'), part('against'), part('unasked')]} />
      <p className="small">
        {share.held === 0
          ? 'It held nothing.'
          : `It held ${share.held === 1 ? 'once' : `${share.held} times`}, for ${formatQuantity(share.waitingHours * 3600, 's')} in all; of those ${share.failedLater} failed when they went out, ${share.open} still wait.`}
      </p>
      <DataTable
        caption="releases that did not pass by being let go"
        rows={share.listed}
        columns={COLUMNS}
        rowKey={(row) => `${row.component} ${row.id}`}
        filterBy={(row) => `${row.component} ${row.id} ${row.commit}`}
        pageSize={20}
        {...table}
      />
    </>
  )
}

const OVERRIDES: readonly Column<Override>[] = [
  { key: 'component', head: 'Component', value: (row) => row.component, cell: (row) => <GoTo id={row.component} /> },
  { key: 'state', head: 'State', value: (row) => (row.inForce ? 0 : 1), cell: (row) => <Standing of={row} /> },
  { key: 'reason', head: 'Reason', cell: (row) => <GoTo id={row.decision}>{row.reason}</GoTo> },
  { key: 'by', head: 'By', value: (row) => row.by, cell: (row) => shortName(row.by), wideOnly: true },
  { key: 'act', head: 'Action', cell: (row) => (row.inForce ? <TakeBack decision={row.decision} /> : null) },
]

function Overrides({ overrides }: { overrides: readonly Override[] }) {
  const table = useTableView('overrides')
  return <DataTable caption="overrides" rows={overrides} columns={OVERRIDES} rowKey={(row) => row.decision} pageSize={20} {...table} />
}

function Standing({ of: { inForce, until, withdrawnAt } }: { of: Override }) {
  if (!inForce) return <span className="quiet">{withdrawnAt ? 'taken back' : 'over'}</span>
  return (
    <>
      <State state="at_risk" words="in force" /> until <When at={until} />
    </>
  )
}

function TakeBack({ decision }: { decision: string }) {
  const { act, busy } = useAct()
  const withdraw = () => void act('gate.override.withdraw', { ref: decision }, () => ({ text: 'Taken back: the gate holds again.' }))
  return (
    <Button look="quiet" busy={busy} onClick={withdraw}>
      Take it back
    </Button>
  )
}
