import { useMemo } from 'react'
import { Go } from '../../../app/go.tsx'
import { urls } from '../../../app/urls.ts'
import { ChartFrame, type Twin } from '../../../ui/chart/index.ts'
import { formatCount } from '../../../ui/figure/index.ts'
import { Section } from '../../../ui/page/index.ts'
import { STATE_WORDS, StateShape } from '../../../ui/state/index.ts'
import { formatDays } from '../../../ui/text/index.ts'
import type { CallMap } from './asks.ts'
import classes from './health.module.css'
import { CARD, layout, type Placed } from './layout.ts'
import { durationWords, failedWords } from './words.ts'

type Node = CallMap['nodes'][number]
type Edge = CallMap['edges'][number]

/** Who calls whom, drawn; the table twin has the same calls. */
export function Calls({ map }: { map: CallMap }) {
  const drawn = useMemo(() => layout(map.nodes, map.edges), [map])
  if (map.edges.length === 0) return null
  const at = new Map(drawn.placed.map((one) => [one.node.ref, one]))
  const unseen = map.edges.filter(({ seen }) => !seen).length
  const undeclared = map.edges.filter(({ seen, declared, callee }) => seen && !declared && callee.startsWith('component:')).length
  return (
    <Section title="Who calls whom" note={noteOf(map)}>
      <p>
        {undeclared > 0 &&
          `${formatCount(undeclared)} of these dependencies ${undeclared === 1 ? 'is' : 'are'} seen and declared nowhere. `}
        {unseen > 0 && `${formatCount(unseen)} ${unseen === 1 ? 'is' : 'are'} declared and not seen: no spans come, or nothing calls.`}
      </p>
      <ChartFrame title="Who calls whom" untitled twin={twinOf(map)}>
        <div className={classes.map} role="region" aria-label="Map of calls, left to right" tabIndex={0}>
          <div className={classes.drawing} style={{ width: drawn.width, height: drawn.height }}>
            <svg width={drawn.width} height={drawn.height} aria-hidden="true">
              {map.edges.map((edge) => (
                <Line key={`${edge.caller} ${edge.callee}`} edge={edge} from={at.get(edge.caller)} to={at.get(edge.callee)} />
              ))}
            </svg>
            {drawn.placed.map((one) => (
              <Card key={one.node.ref} {...one} />
            ))}
          </div>
        </div>
        <p className="quiet small">
          A full line is seen and declared, a dashed one only seen, a dotted one only declared; a thicker one carries more calls. Where
          calls fail, the share stands on the line.
        </p>
      </ChartFrame>
    </Section>
  )
}

function noteOf({ window, nodes, mostNodes }: CallMap): string {
  const others = nodes.find(({ kind }) => kind === 'others')
  const rest = others ? `; the ${mostNodes - 1} most called, ${formatCount(others.stands)} others as one` : ''
  return `calls that ended in the last day, ${formatDays(window)}${rest}`
}

function Line({ edge, from, to }: { edge: Edge; from: Placed<Node> | undefined; to: Placed<Node> | undefined }) {
  if (!from || !to) return null
  const forward = to.x > from.x
  const x1 = from.x + (forward ? CARD.width : 0)
  const x2 = to.x + (forward ? 0 : CARD.width)
  const [y1, y2] = [from.y + CARD.height / 2, to.y + CARD.height / 2]
  const bend = (x2 - x1) / 2
  const failing = edge.errors > 0 ? failedWords(edge.calls, edge.errors).replace(' failed', '') : ''
  return (
    <g className={classes.line} data-seen={edge.seen} data-declared={edge.declared}>
      <path d={`M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`} strokeWidth={1 + Math.log10(1 + edge.calls) / 2} />
      {failing && (
        <text x={x1 + (x2 - x1) * 0.62} y={y1 + (y2 - y1) * 0.66 - 5} textAnchor="middle">
          {failing}
        </text>
      )}
    </g>
  )
}

const KINDS: Record<string, string> = { database: 'Database', queue: 'Queue', host: 'Elsewhere', others: 'Others' }

function Card({ node, x, y }: Placed<Node>) {
  const figures = node.calls > 0 ? `${formatCount(node.calls)} calls, 95\u00a0% in ${durationWords(node.p95Ms)}` : 'no spans of its own'
  return (
    <div className={classes.card} data-kind={node.kind} style={{ left: x, top: y, width: CARD.width, height: CARD.height }}>
      {node.kind === 'component' ? (
        <Go to={urls.serviceHealth(node.ref)} title={node.ref}>
          {node.title}
        </Go>
      ) : (
        <strong>{node.kind === 'others' ? `${formatCount(node.stands)} others` : node.title}</strong>
      )}
      <span className={classes.figures}>
        {node.kind === 'component' ? (
          <>
            <StateShape state={node.state ?? 'unknown'} /> {node.state === null ? 'No SLO' : STATE_WORDS[node.state]}
            {node.declared ? '' : ', not declared'}
          </>
        ) : (
          (KINDS[node.kind] ?? node.kind)
        )}
      </span>
      {node.kind === 'component' && <span className={classes.figures}>{figures}</span>}
    </div>
  )
}

function twinOf({ edges }: CallMap): Twin {
  return {
    heads: ['Caller', 'Called', 'Calls', 'Failed', '95 % within, ms', 'Seen', 'Declared'],
    rows: edges.map(({ caller, callee, calls, errors, p95Ms, seen, declared }) => [
      caller,
      callee,
      calls,
      errors,
      p95Ms === null ? null : Number(p95Ms.toPrecision(3)),
      seen ? 'yes' : 'no',
      declared ? 'yes' : 'no',
    ]),
  }
}
