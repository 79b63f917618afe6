import {
  Background,
  BaseEdge,
  Controls,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import { GoTo } from '../../app/go.tsx'
import { formatCount, unitWords } from '../../ui/figure/index.ts'
import type { Driver, TreeEdge, TreeNode } from './asks.ts'
import classes from './drivers.module.css'
import { layout, type Layout, pointOn, ROW } from './layout.ts'
import { edgeKey, type Verdicts } from './use-verdicts.ts'
import { VERDICT_WORDS, VerdictShape } from '../../parts/verdict.tsx'

interface LineData extends Record<string, unknown> {
  edge: TreeEdge
  driver: Driver | undefined
  titles: { upper: string; lower: string }
  onOpen: (edge: TreeEdge) => void
}

type ThingNode = Node<{ node: TreeNode }, 'thing'>
type HeadNode = Node<{ label: string; left: number }, 'head'>
type Line = Edge<LineData, 'line'>

const NODE_TYPES = { thing: Thing, head: Head }
const EDGE_TYPES = { line: LineView }

/** The map: outcomes at the left, what moves them at the right, the verdict on each line. The outline says the same in words. */
export default function DriversMap({
  nodes,
  edges,
  verdicts,
  onOpen,
}: {
  nodes: readonly TreeNode[]
  edges: readonly TreeEdge[]
  verdicts: Verdicts
  onOpen: (edge: TreeEdge) => void
}) {
  const drawn = useMemo(() => layout(nodes, edges), [nodes, edges])
  const flowNodes = useMemo(() => nodesOf(drawn), [drawn])
  return (
    <div className={classes.map} style={{ height: heightOf(drawn) }} data-screen-only>
      <ReactFlow
        // Another set of things is another map: it is fitted into view anew.
        key={`${drawn.columns.length} ${drawn.placed.length}`}
        nodes={flowNodes}
        edges={linesOf(drawn, edges, verdicts, onOpen)}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        fitView
        fitViewOptions={{ padding: 0.04, minZoom: 0.5, maxZoom: 1 }}
        minZoom={0.15}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
        aria-label="Map of outcomes, measures and drivers"
      >
        <Background gap={26} size={1} color="var(--line)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}

/** As high as the longest column needs, within a screen. */
function heightOf({ columns, placed }: Layout): string {
  const rows = Math.max(1, ...columns.map(({ x }) => placed.filter((one) => one.x === x).length))
  return `clamp(18rem, ${rows * ROW + 110}px, 78vh)`
}

function nodesOf({ columns, placed }: Layout): (ThingNode | HeadNode)[] {
  const top = Math.min(0, ...placed.map(({ y }) => y)) - ROW * 0.6
  return [
    ...columns.map(({ label, x, left }): HeadNode => ({
      id: `head ${x}`,
      type: 'head',
      position: { x, y: top },
      data: { label, left },
      selectable: false,
    })),
    ...placed.map(({ node, x, y }): ThingNode => ({ id: node.id, type: 'thing', position: { x, y }, data: { node }, selectable: false })),
  ]
}

function linesOf({ placed }: Layout, edges: readonly TreeEdge[], verdicts: Verdicts, onOpen: (edge: TreeEdge) => void): Line[] {
  const shown = new Map(placed.map(({ node }) => [node.id, node.title]))
  return edges
    .filter(({ upper, lower }) => shown.has(upper) && shown.has(lower))
    .map((edge): Line => ({
      id: `${edge.kind} ${edgeKey(edge)}`,
      type: 'line',
      source: edge.upper,
      target: edge.lower,
      data: { edge, driver: verdicts.of(edge), titles: { upper: shown.get(edge.upper)!, lower: shown.get(edge.lower)! }, onOpen },
      selectable: false,
    }))
}

function LineView({ data, sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition }: EdgeProps<Line>) {
  const [path] = getBezierPath({ sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition })
  if (!data) return null
  const { edge, driver, titles, onOpen } = data
  const verdict = driver?.verdict
  // Nearer to the driver, where lines have parted.
  const label = pointOn({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, 0.56)
  return (
    <>
      <BaseEdge path={path} className={edge.kind === 'driver' ? classes.driverLine : classes.line} data-verdict={verdict} />
      {edge.kind === 'driver' && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className={`${classes.chip} nopan`}
            data-verdict={verdict}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
            onClick={() => onOpen(edge)}
            aria-label={`${titles.lower} drives ${titles.upper}: ${verdict ? VERDICT_WORDS[verdict] : 'being tested'}. Open`}
          >
            {verdict ? <VerdictShape verdict={verdict} /> : null}
            {verdict ? VERDICT_WORDS[verdict] : '…'}
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

function Thing({ data: { node } }: NodeProps<ThingNode>) {
  return (
    <div className={`${classes.thing} nopan`} data-kind={node.kind} data-missing={node.missing || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={classes.kind}>
        {node.kind === 'outcome'
          ? 'Outcome'
          : node.missing
            ? 'Measured by nobody'
            : `Measure${node.unit ? `, ${unitWords(node.unit)}` : ''}`}
        {node.headline ? ', headline' : ''}
      </span>
      <GoTo id={node.id}>{node.title}</GoTo>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}

function Head({ data: { label, left } }: NodeProps<HeadNode>) {
  return (
    <div className={classes.columnHead}>
      {label}
      {left > 0 && <span> {formatCount(left)} more in the outline</span>}
    </div>
  )
}
