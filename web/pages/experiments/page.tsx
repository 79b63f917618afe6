import { useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { experimentsAsk, type Listed } from './asks.ts'
import classes from './experiments.module.css'
import { NoExperiments } from './no-experiments.tsx'
import { amount, differenceWords, type Group, GROUPS, shownAs } from './standing.ts'

const WORDS: Record<Group, string> = {
  stop: 'to be stopped',
  running: 'running',
  decided: 'decided',
  stopped: 'stopped',
  planned: 'planned',
  unknown: 'unknown',
}

const COLUMNS: readonly Column<Listed>[] = [
  {
    key: 'experiment',
    head: 'Experiment',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <Go to={urls.experiment(row.ref)} className="rowLink" title={row.ref}>
          {row.title}
        </Go>
        <div className={classes.hypothesis} title={row.hypothesis}>
          {row.hypothesis}
        </div>
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    value: (row) => GROUPS.indexOf(shownAs(row).group),
    cell: (row) => {
      const { shape, words } = shownAs(row)
      return (
        <>
          <State state={shape} words={words} />
          <div className="quiet small">
            <Until row={row} />
          </div>
        </>
      )
    },
  },
  {
    key: 'difference',
    head: 'Difference',
    value: (row) => row.test.difference,
    cell: (row) => (
      <div className={classes.difference}>
        {differenceWords(row) ?? (
          <span className="quiet">{row.control.n + row.treatment.n === 0 ? 'no value yet' : 'too early to look'}</span>
        )}
        <div className="quiet small">
          {row.effect === null ? 'no effect to hold it against' : `worth finding: ${amount(row.effect, row.unit)} ${row.rule.expect}`}
        </div>
      </div>
    ),
  },
  {
    key: 'n',
    head: 'n',
    align: 'end',
    value: (row) => Math.min(row.control.n, row.treatment.n),
    cell: (row) => `${formatCount(row.control.n)} and ${formatCount(row.treatment.n)}`,
  },
  { key: 'guardrails', head: 'Guardrails', value: (row) => row.guardrails.length, cell: (row) => <Guarded row={row} /> },
  {
    key: 'measure',
    head: 'Measure',
    value: (row) => row.measure,
    cell: (row) => <GoTo id={row.measure} />,
    wideOnly: true,
  },
]

/** What was tried, and how it stands by the rule it began with. */
export default function ExperimentsPage() {
  const { search, set } = useAddress()
  const { experiments } = useLoaded(experimentsAsk(search))
  const table = useTableView()
  if (experiments.length === 0) return <NoExperiments />
  const groups = Map.groupBy(experiments, (row) => shownAs(row).group)
  const present = GROUPS.filter((group) => groups.has(group))
  const chosen = present.find((group) => group === search.state)
  const shown = chosen ? groups.get(chosen)! : present.flatMap((group) => groups.get(group)!)
  return (
    <Page
      title="Experiments"
      asks="Did what we tried do what we hoped, or does it only look so?"
      answer={<p>{inWords(experiments, groups)}</p>}
      actions={
        <Go to={urls.experimentNew()} className={buttonClass}>
          New experiment
        </Go>
      }
    >
      {present.length > 1 && (
        <div className={classes.filters} role="group" aria-label="State" data-screen-only>
          <button type="button" aria-pressed={!chosen} onClick={() => set({ state: undefined, page: undefined })}>
            All {formatCount(experiments.length)}
          </button>
          {present.map((group) => (
            <button key={group} type="button" aria-pressed={chosen === group} onClick={() => set({ state: group, page: undefined })}>
              {WORDS[group]} {formatCount(groups.get(group)!.length)}
            </button>
          ))}
        </div>
      )}
      <p className={`quiet small ${classes.told}`}>
        The difference is treatment minus control, in brackets its <Term>always-valid interval</Term>.
      </p>
      <DataTable
        caption="experiments"
        rows={shown}
        columns={COLUMNS}
        rowKey={(row) => row.ref}
        filterBy={(row) => `${row.title} ${row.hypothesis} ${row.measure} ${row.ref}`}
        {...table}
      />
    </Page>
  )
}

function inWords(experiments: readonly Listed[], groups: ReadonlyMap<Group, readonly Listed[]>): string {
  const counts = GROUPS.filter((group) => groups.has(group)).map((group) => `${formatCount(groups.get(group)!.length)} ${WORDS[group]}`)
  const told = experiments.filter((row) => shownAs(row).group === 'decided')
  const supported = told.filter((row) => shownAs(row).words === 'Supported').length
  const decided = told.length > 0 ? ` Of those decided, ${formatCount(supported)} did what was hoped.` : ''
  return `${plural(experiments.length, 'experiment')}: ${counts.join(', ')}.${decided}`
}

function Until({ row }: { row: Listed }) {
  const { group } = shownAs(row)
  if (row.kept)
    return (
      <>
        kept for <When at={row.kept.at.slice(0, 10)} />
      </>
    )
  if (group === 'planned')
    return (
      <>
        begins <When at={row.start.slice(0, 10)} />
      </>
    )
  const over = row.end <= row.at
  return (
    <>
      {over ? 'ended' : 'until'} <When at={row.end.slice(0, 10)} />
    </>
  )
}

function Guarded({ row: { guardrails, rule } }: { row: Listed }) {
  if (guardrails.length === 0 && rule.guardrails.length > 0)
    return <span className="quiet">{plural(rule.guardrails.length, 'limit')} set</span>
  if (guardrails.length === 0) return <span className="quiet">none</span>
  const broken = guardrails.filter(({ holds }) => holds === false)
  if (broken.length > 0) return <State state="missed" words={`broken: ${broken.map(({ measure }) => measure).join(', ')}`} />
  const unknown = guardrails.filter(({ holds }) => holds === null).length
  if (unknown > 0) return <State state="unknown" words={`${unknown} of ${guardrails.length} unknown`} />
  return <State state="met" words={guardrails.length === 1 ? 'holds' : `all ${guardrails.length} hold`} />
}
