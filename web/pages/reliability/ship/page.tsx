import { useState } from 'react'
import { useLoaded } from '../../../api/index.ts'
import { useAddress, useTableView } from '../../../app/address.ts'
import { Go, GoTo, shortName } from '../../../app/go.tsx'
import { useLive } from '../../../app/live.ts'
import { momentOf } from '../../../app/search.ts'
import { recordOf, urls } from '../../../app/urls.ts'
import { WithRefs } from '../../../parts/with-refs.tsx'
import { VerdictNow } from '../../../parts/gate-verdict.tsx'
import { EmptyState } from '../../../ui/feedback/index.ts'
import { formatCount, lengthWords, plural, unbroken } from '../../../ui/figure/index.ts'
import { Button, buttonClass } from '../../../ui/form/index.ts'
import { Page, Section } from '../../../ui/page/index.ts'
import { State } from '../../../ui/state/index.ts'
import { type Column, DataTable } from '../../../ui/table/index.ts'
import { Term, When } from '../../../ui/text/index.ts'
import { goneWords, KEPT, leftWords, minutes, percent, times } from '../words.ts'
import { type PromiseRow, type Ship, shipAsk } from './asks.ts'
import { FreezeDialog } from './freeze-dialog.tsx'
import { FreezesToCome, Happening } from './happening.tsx'
import { IncidentDialog } from './incident-dialog.tsx'
import classes from './ship.module.css'

export default function ShipPage() {
  const { search } = useAddress()
  const ship = useLoaded(shipAsk(search))
  useLive('slos', 'slo.ship', 'incident.open', 'gate.freezes', 'gate.look')
  const table = useTableView()
  const [open, setOpen] = useState<'freeze' | 'incident'>()
  const past = momentOf(search).asOf !== undefined
  return (
    <Page
      title="May we ship?"
      asks="Which promises still leave room for risk, and what spent the rest?"
      answer={<p>{unbroken(ship.headline)}</p>}
      actions={
        <>
          {!past && (
            <>
              <Button onClick={() => setOpen('incident')}>Declare incident</Button>
              <Button onClick={() => setOpen('freeze')}>Freeze releases</Button>
            </>
          )}
          <Go to={urls.gate()} search={{ tab: 'policy' }} className={buttonClass}>
            Try another rule
          </Go>
          <Go to={urls.sloNew()} className={buttonClass}>
            New SLO
          </Go>
        </>
      }
    >
      {open === 'incident' && <IncidentDialog onClose={() => setOpen(undefined)} />}
      {open === 'freeze' && <FreezeDialog onClose={() => setOpen(undefined)} />}
      <Happening />
      {ship.promises.length === 0 ? (
        <EmptyState
          title="Nothing is promised yet"
          why="An SLO says how often a service may fail. From then on this page says how much of that is left, and which deployment spent it."
          action={
            <Go to={urls.sloNew()} className={buttonClass}>
              Promise something
            </Go>
          }
          command="throughline apply slos/"
        />
      ) : (
        <Section
          title="Promises"
          note={
            <>
              those whose <Term>error budget</Term> is gone, or goes first, at the top; burns: its <Term>burn rate</Term> in the last hour
            </>
          }
        >
          <DataTable
            caption="promises"
            rows={ship.promises}
            columns={COLUMNS}
            rowKey={({ slo, objectiveName }) => `${slo} ${objectiveName}`}
            filterBy={({ slo, title, service }) => `${slo} ${title} ${service}`}
            {...table}
          />
        </Section>
      )}
      <FreezesToCome />
      <Without ship={ship} />
    </Page>
  )
}

const COLUMNS: readonly Column<PromiseRow>[] = [
  {
    key: 'promise',
    head: 'Promise',
    value: ({ title }) => title,
    cell: (row) => (
      <span>
        <Go to={urls.slo(row.slo)} className="rowLink" search={{ objective: row.objectives.length === 1 ? row.objectiveName : undefined }}>
          {row.title}
        </Go>
        <span className="quiet small">
          {' '}
          {shortName(row.service)}, {percent(row.objective)} in {lengthWords(row.window.text)}
        </span>
      </span>
    ),
  },
  { key: 'verdict', head: 'Gate', cell: ({ service }) => <VerdictNow component={service} /> },
  { key: 'state', head: 'State', cell: ({ state }) => <State state={state} words={KEPT[state]} /> },
  {
    key: 'left',
    head: 'Budget left',
    align: 'end',
    value: ({ budgetRemaining }) => budgetRemaining,
    cell: (row) => (row.unknown ? <span className="quiet">unknown</span> : leftWords(row)),
  },
  {
    key: 'burn',
    head: 'Burns now',
    align: 'end',
    value: ({ burn }) => burn['1h'],
    cell: ({ burn }) => (burn['1h'] === null ? <span className="quiet">unknown</span> : `${times(burn['1h'])} ×`),
  },
  { key: 'gone', head: 'Gone', value: ({ exhaustsAt }) => exhaustsAt, cell: (row) => goneWords(row) },
  {
    key: 'n',
    head: 'Traffic',
    align: 'end',
    wideOnly: true,
    value: ({ n }) => n,
    cell: ({ n }) => unbroken(`n = ${formatCount(Math.round(n))}`),
  },
  {
    key: 'spender',
    head: 'What spent most',
    value: ({ spender }) => spender?.minutes ?? null,
    cell: ({ spender, unknown }) => {
      if (unknown)
        return (
          <span className={`quiet ${classes.why}`}>
            <WithRefs>{unknown.why}</WithRefs>
          </span>
        )
      if (!spender) return <span className="quiet">no deployment</span>
      return (
        <span>
          {minutes(spender.minutes)}&nbsp;min by <GoTo id={recordOf(spender.id, spender.of)}>{spender.commit.slice(0, 7)}</GoTo>{' '}
          <span className="quiet small">
            <When at={spender.at} />
          </span>
        </span>
      )
    },
  },
]

const NAMED = 12

function Without({ ship: { without } }: { ship: Ship }) {
  if (without.length === 0) return null
  const more = without.length - NAMED
  return (
    <Section title="Nothing promised" note={`${plural(without.length, 'component')} of which nobody says how often they may fail`}>
      <p>
        {without.slice(0, NAMED).map(({ ref, title }, place) => (
          <span key={ref}>
            {place > 0 && ', '}
            <GoTo id={ref}>{title}</GoTo>
          </span>
        ))}
        {more > 0 && ` and ${more} more`}. <Go to={urls.health()}>What they reveal of themselves</Go>
      </p>
    </Section>
  )
}
