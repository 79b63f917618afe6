import { useState } from 'react'
import { GoTo } from '../../app/go.tsx'
import { unbroken } from '../../ui/figure/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable, type TableView } from '../../ui/table/index.ts'
import { formatDays, When } from '../../ui/text/index.ts'
import type { Trial } from './asks.ts'
import classes from './gate.module.css'

type Rule = Trial['rules'][number]
type Release = Trial['listed'][number]

const RULES: readonly Column<Rule>[] = [
  { key: 'rule', head: 'Rule', value: (row) => row.rule, cell: (row) => `${row.rule} (${row.mode})` },
  { key: 'held', head: 'Held', align: 'end', value: (row) => row.held, cell: (row) => row.held },
  { key: 'caught', head: 'of them failed', align: 'end', value: (row) => row.caught, cell: (row) => row.caught },
  { key: 'broken', head: 'Broken', align: 'end', value: (row) => row.failed, cell: (row) => row.failed, wideOnly: true },
  { key: 'unknown', head: 'Unknown', align: 'end', value: (row) => row.unknown, cell: (row) => row.unknown },
]

const RELEASES: readonly Column<Release>[] = [
  {
    key: 'when',
    head: 'When',
    value: (row) => row.at,
    cell: (row) => (
      <GoTo id={row.id}>
        <When at={row.at} />
      </GoTo>
    ),
  },
  { key: 'component', head: 'Component', value: (row) => row.component, cell: (row) => <GoTo id={row.component} /> },
  {
    key: 'waited',
    head: 'Would have waited',
    align: 'end',
    value: (row) => row.waitingHours,
    cell: (row) => `${row.stillHeld ? 'at least ' : ''}${row.waitingHours} h`,
  },
  {
    key: 'failed',
    head: 'Then',
    value: (row) => (row.failed ? 0 : 1),
    cell: (row) => (row.failed ? <State state="missed" words="failed" /> : <State state="met" words="no failure" quiet />),
  },
  { key: 'why', head: 'Why', cell: (row) => row.why.map(({ words }) => words).join('; '), wideOnly: true },
]

/** What a policy would have done: held, caught, cost, and what has to be said with it. */
export function TrialTold({ trial }: { trial: Trial }) {
  const [rules, setRules] = useState<TableView>({})
  const [releases, setReleases] = useState<TableView>({})
  const held = trial.listed.filter(({ verdict }) => verdict === 'hold')
  return (
    <>
      <p className={classes.verdict}>{unbroken(trial.words)}</p>
      <p className="quiet small">
        {formatDays(trial)}, {trial.policy.environment}, n = {trial.releases}, in {trial.seconds} s
      </p>
      <DataTable caption="rules" rows={trial.rules} columns={RULES} rowKey={(row) => row.rule} view={rules} onView={setRules} />
      {held.length > 0 && (
        <DataTable
          caption="releases it would have held"
          rows={held}
          columns={RELEASES}
          rowKey={(row) => `${row.component} ${row.id}`}
          filterBy={(row) => `${row.component} ${row.id}`}
          pageSize={10}
          view={releases}
          onView={setReleases}
        />
      )}
      <ul className={classes.notes}>
        {trial.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}
