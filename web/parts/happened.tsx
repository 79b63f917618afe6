import type { Answer } from '../api/index.ts'
import { Go } from '../app/go.tsx'
import { placeOf, recordOf } from '../app/urls.ts'
import type { EventMark } from '../ui/chart/index.ts'
import { plural } from '../ui/figure/index.ts'
import { When } from '../ui/text/index.ts'
import classes from './happened.module.css'

type Annotation = Answer<'annotations'>['annotations'][number]

/** Shapes tell the kinds apart; the words stand in the list. */
const SHAPES: Record<Annotation['kind'], string> = { deployment: '│', incident: '▲', decision: '◆', investment: '■' }

/** Something that happened, leading to its page; of several the last. `quiet`: a small shape alone, for under a chart. */
export function EventLink({ annotation: { id, of, kind, title, at, count }, quiet = false }: { annotation: Annotation; quiet?: boolean }) {
  const place = placeOf(recordOf(id, of))
  if (quiet)
    return (
      <Go to={place} className={classes.event} data-kind={kind} title={`${title}, ${at.slice(0, 10)}`} tabIndex={-1}>
        {SHAPES[kind]}
      </Go>
    )
  return (
    <Go to={place} title={count > 1 ? `opens the last of ${count}` : id}>
      {title}
    </Go>
  )
}

/** All that happened in the span of the chart, newest first. */
export function Happened({ annotations }: { annotations: readonly Annotation[] }) {
  if (annotations.length === 0) return null
  return (
    <details className={classes.happened}>
      <summary>What else happened: {countsOf(annotations)}</summary>
      <ul>
        {annotations.toReversed().map((one) => (
          <li key={`${one.kind} ${one.at}`}>
            <span className="quiet">
              <When at={one.at} />
            </span>{' '}
            <span aria-hidden="true">{SHAPES[one.kind]}</span> {one.kind}: <EventLink annotation={one} />
          </li>
        ))}
      </ul>
    </details>
  )
}

/** "212 deployments, 3 incidents, 2 decisions". */
function countsOf(annotations: readonly Annotation[]): string {
  const counts = new Map<string, number>()
  for (const { kind, count } of annotations) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => plural(count, kind)).join(', ')
}

/** Marks of one kind that are told apart at any length, and at most. */
const FEW_MARKS = 20
const MOST_MARKS = 60

/** Marks under a chart from its first moment on. Things so frequent that they are everywhere tell nothing; the list has them. */
export function eventMarks(annotations: readonly Annotation[], points: readonly { from: string }[]): EventMark[] {
  const first = points[0]?.from ?? ''
  const most = Math.max(FEW_MARKS, Math.min(MOST_MARKS, points.length / 3))
  const byKind = Map.groupBy(annotations, ({ kind }) => kind)
  return annotations
    .filter(({ kind, at }) => byKind.get(kind)!.length <= most && at >= first)
    .map((one) => ({ key: `${one.kind} ${one.at}`, at: one.at, mark: <EventLink annotation={one} quiet /> }))
}
