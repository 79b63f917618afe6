import { GoTo } from '../../app/go.tsx'
import { Button } from '../../ui/form/index.ts'
import type { TreeEdge, TreeNode } from './asks.ts'
import classes from './drivers.module.css'
import { depthsOf } from './layout.ts'
import { edgeKey, type Verdicts } from './use-verdicts.ts'
import { saidWords, VerdictState } from '../../parts/verdict.tsx'

interface OutlineProps {
  nodes: readonly TreeNode[]
  edges: readonly TreeEdge[]
  verdicts: Verdicts
  onOpen: (edge: TreeEdge) => void
}

/** The map in words: every outcome and measure with what it hangs on, for keyboards, screen readers, phones and paper. */
export function Outline({ nodes, edges, verdicts, onOpen }: OutlineProps) {
  const depth = depthsOf(nodes, edges)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const below = Map.groupBy(edges, ({ upper }) => upper)
  const upper = nodes.filter(({ id, kind }) => kind === 'outcome' || below.has(id)).sort((a, b) => depth.get(a.id)! - depth.get(b.id)!)
  return (
    <ul className={classes.outline}>
      {upper.map((node) => (
        <li key={node.id}>
          <h2>
            <span className={classes.kind}>{node.kind === 'outcome' ? 'Outcome' : 'Measure'}</span> <GoTo id={node.id}>{node.title}</GoTo>
          </h2>
          {below.has(node.id) ? (
            <ul>
              {below.get(node.id)!.map((edge) => (
                <li key={`${edge.kind} ${edgeKey(edge)}`} className={classes.branch}>
                  <Branch edge={edge} node={byId.get(edge.lower)} verdicts={verdicts} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">No measure shows it.</p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Branch({
  edge,
  node,
  verdicts,
  onOpen,
}: {
  edge: TreeEdge
  node: TreeNode | undefined
  verdicts: Verdicts
  onOpen: (edge: TreeEdge) => void
}) {
  const driver = verdicts.of(edge)
  const title = node?.title ?? edge.lower
  return (
    <>
      <span>
        <span className={classes.kind}>{{ measure: 'shown by', part: 'computed from', driver: 'driven by' }[edge.kind]}</span>{' '}
        <GoTo id={edge.lower}>{title}</GoTo>
        {node?.missing && <span className="quiet small"> measured by nobody</span>}
        {edge.kind === 'driver' && <span className="quiet small"> {saidWords(edge)}</span>}
      </span>
      {edge.kind === 'driver' && (
        <span className={classes.verdict}>
          {driver ? <VerdictState verdict={driver.verdict} /> : <span className="quiet small">being tested</span>}
          <Button look="quiet" onClick={() => onOpen(edge)}>
            Open<span className="visually-hidden">: {title}</span>
          </Button>
        </span>
      )}
    </>
  )
}
