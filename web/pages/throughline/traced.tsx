import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { Go, GoTo, titled } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { Waiting, ErrorState } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { gapsAsk } from './asks.ts'
import { Gaps } from './gaps.tsx'
import { LEVELS, levelOf, linesBetween, type Trace, type TraceNode } from './graph.ts'
import { Outline } from './outline.tsx'
import classes from './throughline.module.css'
import { useMediaQuery } from '../../app/use-media-query.ts'
import { useTraces } from './use-traces.ts'
import { inWords } from './words.ts'

const ThroughlineMap = lazy(() => import('./map.tsx'))

/** Steps from one thing, and from every outcome at once: outcome → principle or decision → change → commit. */
const FAR = 4
const NEAR = 3

/** The map or outline from these starts, with its gaps beside. Shows what has arrived, and says what could not be traced. */
export function Traced({ starts, from }: { starts: readonly string[]; from?: string }) {
  const { search, set } = useAddress()
  const narrow = useMediaQuery('(max-width: 48rem)')
  const gaps = useQuery(gapsAsk(search)).data?.gaps
  const { trace, waiting, failures, again } = useTraces(starts, from ? FAR : NEAR)
  const start = from ? trace.nodes.find((node) => node.depth === 0) : undefined
  const folded = useMemo(
    () => (search.fold === undefined ? foldedAtFirst(trace, start) : search.fold.split(',')),
    [search.fold, trace, start],
  )
  const shown = useMemo(
    () => trace.nodes.filter((node) => node.id === from || !folded.includes(LEVELS[levelOf(node.kind)]?.key ?? '')),
    [trace, folded, from],
  )
  const lines = useMemo(() => {
    const ids = new Set(shown.map((node) => node.id))
    return linesBetween(trace, (node) => ids.has(node.id))
  }, [trace, shown])
  const view = search.view ?? (narrow ? 'outline' : 'map')
  const present = LEVELS.filter((level) => trace.nodes.some((node) => LEVELS[levelOf(node.kind)] === level))
  const toggle = (key: string) =>
    set({ fold: (folded.includes(key) ? folded.filter((one) => one !== key) : [...folded, key]).join(',') || 'none' })
  return (
    <Page
      wide
      title={start ? titled(start.id, start.title) : 'Throughline'}
      asks="Which work moves which outcome, and which moves none?"
      above={
        start && (
          <>
            <Go to={urls.throughline()}>Throughline</Go> / from here. <GoTo id={start.id}>Open its page</GoTo>
          </>
        )
      }
      answer={<p>{waiting > 0 ? `Tracing ${plural(waiting, 'outcome')}…` : inWords(trace, from, gaps?.length)}</p>}
    >
      {start?.asks?.map((ask) => (
        <p key={ask} className={classes.asks}>
          <span aria-hidden="true">▲</span> {ask}
        </p>
      ))}
      {!start && (
        <p className="quiet small" data-screen-only>
          What moves the measures of these outcomes: <Go to={urls.drivers()}>Drivers</Go>
        </p>
      )}
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
          {failures.length > 0 && (
            <ErrorState
              what={
                failures.length === starts.length
                  ? 'Nothing could be traced'
                  : `${failures.length} of ${starts.length} outcomes could not be traced`
              }
              {...explained(failures[0])}
              action={<Button onClick={again}>Try again</Button>}
            />
          )}
          {trace.nodes.length === 0 && waiting > 0 ? (
            <Waiting height="34rem" />
          ) : view === 'map' ? (
            <Suspense fallback={<Waiting height="34rem" />}>
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
        {gaps ? <Gaps gaps={gaps} /> : <Waiting height="14rem" />}
      </div>
    </Page>
  )
}

/**
 * What would only crowd the first look: measures, and what stands beside or below the work. Commits are folded where
 * changes stand for them. Traced from a component or a record, these are what was asked for.
 */
function foldedAtFirst(trace: Trace, start: TraceNode | undefined): string[] {
  const commits = trace.nodes.some((node) => node.kind === 'change') ? ['commits'] : []
  const fromBelow = start !== undefined && levelOf(start.kind) >= PARTS
  return fromBelow ? [...commits, 'measures'] : ['parts', ...commits, 'deployments', 'incidents', 'measures']
}

/** Where components stand; everything below is a record. */
const PARTS = LEVELS.findIndex((level) => level.key === 'parts')

function explained(error: unknown): { why: string; fix: string | undefined } {
  const { why, fix } = explain(error)
  return { why, fix }
}
