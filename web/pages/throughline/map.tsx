import { Background, Controls, type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo } from 'react'
import { useAddress } from '../../app/address.ts'
import { Go, titled } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { kindWords } from '../../parts/kinds.ts'
import { formatCount } from '../../ui/figure/index.ts'
import type { Line, TraceNode } from './graph.ts'
import { layout, type Layout, ROW } from './layout.ts'
import classes from './map.module.css'

type ThingNode = Node<{ node: TraceNode; start: boolean }, 'thing'>
type HeadNode = Node<{ label: string; left: number }, 'head'>

const NODE_TYPES = { thing: Thing, head: Head }

/** The map: intent at the left, records at the right. The outline beside it says the same in words. */
export default function ThroughlineMap({
  nodes,
  lines,
  start,
}: {
  nodes: readonly TraceNode[]
  lines: readonly Line[]
  start: string | undefined
}) {
  const drawn = useMemo(() => layout(nodes, lines), [nodes, lines])
  const flowNodes = useMemo(() => nodesOf(drawn, start), [drawn, start])
  const flowEdges = useMemo(() => edgesOf(drawn, lines), [drawn, lines])
  return (
    <div className={classes.map} style={{ height: heightOf(drawn) }} data-screen-only>
      <ReactFlow
        // Another set of things is another map: it is fitted into view anew.
        key={`${start} ${drawn.columns.length} ${drawn.placed.length}`}
        nodes={flowNodes}
        edges={flowEdges}
        nodeTypes={NODE_TYPES}
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
        aria-label="Map from intent to records"
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

function nodesOf({ columns, placed }: Layout, start: string | undefined): (ThingNode | HeadNode)[] {
  const top = Math.min(0, ...placed.map((one) => one.y)) - ROW * 0.75
  const heads = columns.map(({ level, x, left }): HeadNode => ({
    id: `head ${level.key}`,
    type: 'head',
    position: { x, y: top },
    data: { label: level.label, left },
    selectable: false,
  }))
  const things = placed.map(({ node, x, y }): ThingNode => ({
    id: node.id,
    type: 'thing',
    position: { x, y },
    data: { node, start: node.id === start },
    selectable: false,
  }))
  return [...heads, ...things]
}

function edgesOf({ placed }: Layout, lines: readonly Line[]): Edge[] {
  const shown = new Set(placed.map((one) => one.node.id))
  return lines
    .filter((line) => shown.has(line.upper) && shown.has(line.lower))
    .map((line) => ({
      id: `${line.upper} ${line.lower}`,
      source: line.upper,
      target: line.lower,
      className: line.weak ? classes.weakLine : classes.line,
      selectable: false,
    }))
}

function Thing({ data: { node, start } }: NodeProps<ThingNode>) {
  const { search } = useAddress()
  return (
    <div className={`${classes.thing} nopan`} data-start={start || undefined} data-kind={node.kind}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={classes.kind}>
        {kindWords(node.kind)}
        {node.more ? `, ${formatCount(node.more)} more` : ''}
      </span>
      <Go to={urls.throughline()} search={{ ...search, from: node.id }} title={`${node.title} (${node.id}): trace from here`}>
        {titled(node.id, node.title)}
      </Go>
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
