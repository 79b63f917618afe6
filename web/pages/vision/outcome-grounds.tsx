import { useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import type { Outcome } from '../../parts/outcome-row.tsx'
import { formatQuantity, unbroken } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { sentence, Term } from '../../ui/text/index.ts'

type Guardrail = Outcome['guardrails'][number]
type Driver = Outcome['drivers'][number]

const RAIL_STATE: Record<Guardrail['state'], { state: StateName; words: string }> = {
  held: { state: 'met', words: 'Held' },
  worsened: { state: 'missed', words: 'Worsened' },
  unknown: { state: 'unknown', words: 'Unknown' },
}

const RAIL_COLUMNS: readonly Column<Guardrail>[] = [
  {
    key: 'measure',
    head: 'Measure',
    cell: (rail) => (
      <Go to={urls.measure(rail.measure)} search={{ subject: rail.reading.subject }} className="rowLink">
        {rail.title}
      </Go>
    ),
  },
  { key: 'state', head: 'State', cell: (rail) => <State {...RAIL_STATE[rail.state]} /> },
  { key: 'rule', head: 'Rule', cell: (rail) => unbroken(sentence(rail.rule)) },
  { key: 'n', head: 'n', align: 'end', cell: (rail) => rail.reading.n },
]

/** What must not get worse while the outcome is pursued. */
export function Guardrails({ guardrails }: { guardrails: readonly Guardrail[] }) {
  const table = useTableView('rails')
  if (guardrails.length === 0) return null
  return (
    <Section title={<Term of="guardrail">Guardrails</Term>} note="what must not get worse meanwhile">
      <DataTable
        caption="guardrails"
        rows={guardrails}
        columns={RAIL_COLUMNS}
        rowKey={(rail) => `${rail.measure} ${rail.reading.subject}`}
        {...table}
      />
    </Section>
  )
}

const DRIVER_COLUMNS: readonly Column<Driver>[] = [
  {
    key: 'title',
    head: 'Part',
    value: (driver) => driver.title,
    cell: (driver) => (
      <Go to={urls.measure(driver.measure)} search={{ subject: driver.reading.subject }} className="rowLink">
        {driver.title}
      </Go>
    ),
  },
  {
    key: 'value',
    head: 'Now',
    align: 'end',
    value: (driver) => driver.reading.value,
    cell: (driver) =>
      driver.reading.value === null
        ? `unknown: ${driver.reading.unknown?.why ?? ''}`
        : formatQuantity(driver.reading.value, driver.reading.unit),
  },
  { key: 'n', head: 'n', align: 'end', value: (driver) => driver.reading.n, cell: (driver) => driver.reading.n },
]

/** What the measure is made of: the largest part is where to look first. */
export function Drivers({ drivers }: { drivers: readonly Driver[] }) {
  const table = useTableView('drivers')
  if (drivers.length === 0) return null
  const longestFirst = drivers.toSorted((a, b) => (b.reading.value ?? -1) - (a.reading.value ?? -1))
  return (
    <Section title="Where the time goes" note="median of each part; parts of medians do not add up to the median of the whole">
      <DataTable
        caption="parts of the measure"
        rows={longestFirst}
        columns={DRIVER_COLUMNS}
        rowKey={(driver) => driver.measure}
        {...table}
      />
    </Section>
  )
}
