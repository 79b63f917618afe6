import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { type BudgetState, budgetsAsk, serviceAsk } from './asks.ts'
import classes from './gate.module.css'

type Step = BudgetState['steps'][number]

const STATES: Record<Step['state'], { state: StateName; words: string }> = {
  in_force: { state: 'missed', words: 'In force' },
  not_in_force: { state: 'met', words: 'Not in force' },
  unknown: { state: 'unknown', words: 'Unknown' },
}

const COLUMNS: readonly Column<BudgetState>[] = [
  {
    key: 'service',
    head: 'Service',
    value: (row) => row.service,
    cell: (row) => (
      <Go to={urls.gate()} search={{ tab: 'policy', service: row.service }} className="rowLink" resetScroll={false}>
        {shortName(row.service)}
      </Go>
    ),
  },
  { key: 'policy', head: 'Policy', value: (row) => row.title, cell: (row) => <GoTo id={row.policy}>{row.title}</GoTo> },
  { key: 'steps', head: 'Steps', cell: (row) => <Steps of={row} /> },
]

/** Which steps of the budget policies are in force for whom, and since when. */
export function Budgets() {
  const { search, set } = useAddress()
  const { states } = useLoaded(budgetsAsk(search))
  const table = useTableView('budgets')
  if (states.length === 0) return null
  return (
    <Section title="Budget policies" note="what is done as a budget runs out, by service">
      <DataTable
        caption="services"
        rows={states}
        columns={COLUMNS}
        rowKey={(row) => `${row.service} ${row.policy}`}
        filterBy={(row) => `${row.service} ${row.title}`}
        {...table}
      />
      {search.service && (
        <SidePanel title={`${shortName(search.service)} and its budget`} onClose={() => set({ service: undefined })}>
          <Suspense fallback={<Waiting height="8rem" />}>
            <History service={search.service} />
          </Suspense>
        </SidePanel>
      )}
    </Section>
  )
}

function Steps({ of: { steps } }: { of: BudgetState }) {
  return (
    <ul className={classes.reasons}>
      {steps.map(({ step, state, words, actions, tell }) => (
        <li key={step}>
          <State {...STATES[state]} quiet={state === 'not_in_force'} /> <span className="quiet">{step}:</span> {words}
          {state === 'in_force' && (
            <div className="small">
              {actions.join('; ')}
              {tell.length > 0 && `; told: ${tell.map(shortName).join(', ')}`}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function History({ service }: { service: string }) {
  const { search } = useAddress()
  const { states } = useLoaded(serviceAsk(search, service))
  if (states.length === 0) return <p>No budget policy covers it.</p>
  return states.map((state) => (
    <div key={state.policy}>
      <h3>{state.title}</h3>
      <Steps of={state} />
      <p className="quiet small">Changes in the last 28 days, at the end of each day:</p>
      <ul className={classes.evidence}>
        {(state.history ?? []).map(({ at, inForce, unknown }) => (
          <li key={at}>
            <When at={at} />: {inForce.length > 0 ? `${inForce.join(', ')} in force` : unknown.length > 0 ? 'unknown' : 'nothing in force'}
          </li>
        ))}
      </ul>
    </div>
  ))
}
