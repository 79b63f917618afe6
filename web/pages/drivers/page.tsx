import { lazy, Suspense, useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { useMediaQuery } from '../../app/use-media-query.ts'
import { ChartFrame } from '../../ui/chart/index.ts'
import { EmptyState, ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { AddDriver } from './add-driver.tsx'
import { type Tree, treeAsk } from './asks.ts'
import { DriverPanel } from './driver-panel.tsx'
import classes from './drivers.module.css'
import { Outline } from './outline.tsx'
import { twinOf } from './twin.ts'
import { edgeKey, useVerdicts, type Verdicts } from './use-verdicts.ts'
import { VERDICT_WORDS, VERDICTS } from '../../parts/verdict.tsx'

const DriversMap = lazy(() => import('./map.tsx'))

export default function DriversPage() {
  const { search, set } = useAddress()
  const tree = useLoaded(treeAsk(search))
  const [all, setAll] = useState(false)
  const [adding, setAdding] = useState(false)
  const verdicts = useVerdicts(tree, all)
  const narrow = useMediaQuery('(max-width: 48rem)')
  const view = search.view ?? (narrow ? 'outline' : 'map')
  const open = tree.edges.find((edge) => edge.kind === 'driver' && edgeKey(edge) === search.driver)
  const upper = open && tree.nodes.find(({ id }) => id === open.upper)
  const shared = {
    nodes: tree.nodes,
    edges: tree.edges,
    verdicts,
    onOpen: (edge: Tree['edges'][number]) => set({ driver: edgeKey(edge) }),
  }
  const add = !search.asOf && <Button onClick={() => setAdding(true)}>Add a driver</Button>
  return (
    <Page
      wide
      title="Drivers"
      asks="What moves the numbers we want to move, and does it really?"
      answer={<p>{inWords(tree, verdicts)}</p>}
      actions={add}
    >
      {tree.edges.length === 0 ? (
        <EmptyState
          title="The way from outcomes to what moves them would be here"
          why="An outcome names the measure that shows it; a Measure names what is thought to drive it. Each driver is then held against what was measured."
          action={add}
          command="throughline apply throughline/"
        />
      ) : (
        <>
          <div className={classes.choice} role="group" aria-label="Show as" data-screen-only>
            {(['map', 'outline'] as const).map((name) => (
              <button key={name} type="button" aria-pressed={view === name} onClick={() => set({ view: name })}>
                {name === 'map' ? 'Map' : 'Outline'}
              </button>
            ))}
          </div>
          <Failures verdicts={verdicts} />
          <ChartFrame title="Outcomes, measures and drivers" untitled twin={twinOf(tree, verdicts)}>
            {view === 'map' ? (
              <Suspense fallback={<Waiting height="34rem" />}>
                <DriversMap {...shared} />
              </Suspense>
            ) : (
              <Outline {...shared} />
            )}
          </ChartFrame>
          {verdicts.left > 0 && (
            <p>
              The drivers of {plural(verdicts.left, 'further measure')} are not tested yet.{' '}
              <Button look="quiet" onClick={() => setAll(true)}>
                Test them
              </Button>
            </p>
          )}
          <p className={`quiet small ${classes.legend}`}>
            Thin lines are computed or shown by definition. A driver is tested on the 52 weeks before today, without their slow level and
            weekly rhythm, against series shuffled in blocks. What moves together is supported; why it does is not shown by that.
          </p>
        </>
      )}
      {open && upper && (
        <DriverPanel
          key={edgeKey(open)}
          edge={open}
          upper={upper}
          lower={tree.nodes.find(({ id }) => id === open.lower)}
          onClose={() => set({ driver: undefined })}
        />
      )}
      {adding && <AddDriver tree={tree} onClose={() => setAdding(false)} />}
    </Page>
  )
}

/** How many drivers are stated and what became of them, worst first. */
function inWords({ edges, nodes }: Tree, verdicts: Verdicts): string {
  const drivers = edges.filter(({ kind }) => kind === 'driver')
  const outcomes = nodes.filter(({ kind }) => kind === 'outcome').length
  if (drivers.length === 0)
    return outcomes === 0
      ? 'Nothing is said yet.'
      : `${plural(outcomes, 'outcome')}, and nobody has said what moves ${outcomes === 1 ? 'it' : 'them'}.`
  const found = drivers.flatMap((edge) => verdicts.of(edge)?.verdict ?? [])
  const counted = VERDICTS.map((verdict) => [VERDICT_WORDS[verdict], found.filter((one) => one === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${count} ${words}`)
  const stated = `${plural(drivers.length, 'driver')} stated`
  if (found.length === 0) return `${stated}; being tested…`
  const rest = drivers.length - found.length
  return `${stated}: ${counted.join(', ')}${rest > 0 ? `; ${rest} ${verdicts.waiting > 0 ? 'being tested…' : 'not tested'}` : '.'}`
}

function Failures({ verdicts: { failures } }: { verdicts: Verdicts }) {
  const [first] = failures
  if (!first) return null
  const { why, fix } = explain(first.error)
  return (
    <ErrorState
      what={`The drivers of ${failures.length === 1 ? first.measure : plural(failures.length, 'measure')} could not be tested`}
      why={why}
      fix={fix}
    />
  )
}
