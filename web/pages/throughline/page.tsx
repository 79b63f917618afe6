import { useQuery, useSuspenseQueries } from '@tanstack/react-query'
import { useMediaQuery } from './use-media-query.ts'
import { lazy, Suspense, useMemo } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Bone, EmptyState } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { gapsAsk, outcomesListAsk, traceAsk, visionsAsk } from './asks.ts'
import { Gaps } from './gaps.tsx'
import { joined, LEVELS, levelOf, linesBetween, type Trace } from './graph.ts'
import { Outline } from './outline.tsx'
import classes from './throughline.module.css'

const ThroughlineMap = lazy(() => import('./map.tsx'))

export default function ThroughlinePage() {
  const { search } = useAddress()
  return search.from ? <Traced key={search.from} starts={[search.from]} from={search.from} /> : <FromIntent />
}

/** Nothing named: everything below the vision, or below the outcomes where nobody has written one. */
function FromIntent() {
  const { search } = useAddress()
  const visions = useLoaded(visionsAsk(search)).entities
  const outcomes = useLoaded(outcomesListAsk(search)).entities
  // A trace goes both ways: from the outcomes it reaches the vision too.
  const starts = (outcomes.length > 0 ? outcomes : visions).map((entity) => entity.ref)
  if (starts.length === 0) {
    return (
      <Page title="Throughline" asks="Which work moves which outcome, and which moves none?">
        <EmptyState
          title="The path from outcomes down to commits would be here"
          why="It needs at least one outcome to begin with. Work is then found by trailers such as Serves:, by references in titles, by decisions and by component."
          action={
            <Go to={urls.outcomeNew()} className={buttonClass}>
              Write an outcome
            </Go>
          }
          command="throughline apply throughline/"
        />
      </Page>
    )
  }
  return <Traced starts={starts} />
}

function Traced({ starts, from }: { starts: readonly string[]; from?: string }) {
  const { search, set } = useAddress()
  const narrow = useMediaQuery('(max-width: 48rem)')
  const gaps = useQuery(gapsAsk(search)).data?.gaps
  const trace = useSuspenseQueries({
    queries: starts.map((ref) => traceAsk(ref)),
    combine: (answers) => joined(answers.map((answer) => answer.data)),
  })
  const folded = useMemo(() => (search.fold === undefined ? foldedAtFirst(trace) : search.fold.split(',')), [search.fold, trace])
  const shown = useMemo(
    () => trace.nodes.filter((node) => node.id === from || !folded.includes(LEVELS[levelOf(node.kind)]?.key ?? '')),
    [trace, folded, from],
  )
  const lines = useMemo(() => {
    const ids = new Set(shown.map((node) => node.id))
    return linesBetween(trace, (node) => ids.has(node.id))
  }, [trace, shown])
  const view = search.view ?? (narrow ? 'outline' : 'map')
  const start = from ? trace.nodes.find((node) => node.depth === 0) : undefined
  const present = LEVELS.filter((level) => trace.nodes.some((node) => LEVELS[levelOf(node.kind)] === level))
  const toggle = (key: string) =>
    set({ fold: (folded.includes(key) ? folded.filter((one) => one !== key) : [...folded, key]).join(',') || 'none' })
  return (
    <Page
      wide
      title={start ? start.title : 'Throughline'}
      asks="Which work moves which outcome, and which moves none?"
      above={
        start && (
          <>
            <Go to={urls.throughline()}>Throughline</Go> / from here. <GoTo id={start.id}>Open its page</GoTo>
          </>
        )
      }
      answer={<p>{inWords(trace, from, gaps?.length)}</p>}
    >
      {search.asOf && <p className="quiet small">Links are shown as they are now.</p>}
      <div className={classes.controls} data-screen-only>
        <div className={classes.choice} role="group" aria-label="Show as">
          {(['map', 'outline'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => set({ view: name })}>
              {name === 'map' ? 'Map' : 'Outline'}
            </button>
          ))}
        </div>
        <div className={classes.levels} role="group" aria-label="Levels shown">
          {present.map((level) => (
            <button key={level.key} type="button" aria-pressed={!folded.includes(level.key)} onClick={() => toggle(level.key)}>
              {level.label}
            </button>
          ))}
        </div>
      </div>
      <div className={classes.sides}>
        <div className={classes.trace}>
          {view === 'map' ? (
            <Suspense fallback={<Bone height="34rem" />}>
              <ThroughlineMap nodes={shown} lines={lines} start={start?.id} />
            </Suspense>
          ) : (
            <Outline nodes={shown} lines={lines} start={start?.id} />
          )}
          {view === 'map' && (
            <p className="quiet small">
              Solid lines are stated: by a trailer, a reference, a decision or a declaration. Dashed lines hold only because the work
              touches a component that serves the outcome.
            </p>
          )}
        </div>
        {gaps ? <Gaps gaps={gaps} /> : <Bone height="14rem" />}
      </div>
    </Page>
  )
}

/** There are many measures, and as many commits; commits are folded where changes stand for them. */
function foldedAtFirst(trace: Trace): string[] {
  return trace.nodes.some((node) => node.kind === 'change') ? ['commits', 'measures'] : ['measures']
}

const COUNTED: readonly [string, string, string?][] = [
  ['outcome', 'outcome'],
  ['principle', 'principle'],
  ['decision', 'decision'],
  ['work_item', 'work item'],
  ['change', 'change'],
  ['commit', 'commit'],
]

function inWords(trace: Trace, from: string | undefined, gaps: number | undefined): string {
  const counted = COUNTED.flatMap(([kind, one, many]) => {
    const count = trace.nodes.filter((node) => node.kind === kind && node.id !== from).length
    return count > 0 ? [plural(count, one, many)] : []
  })
  const list = counted.length > 1 ? `${counted.slice(0, -1).join(', ')} and ${counted.at(-1)}` : (counted[0] ?? 'nothing yet')
  const more = trace.nodes.some((node) => node.more) ? ', and more than fit here' : ''
  const found = `${from ? 'It hangs together with' : 'From the vision down:'} ${list}${more}.`
  if (gaps === undefined) return found
  return `${found} ${gaps === 0 ? 'No gaps.' : `${plural(gaps, 'gap')} between intent and work.`}`
}
