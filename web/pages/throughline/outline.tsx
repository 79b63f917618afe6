import { IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo, titled } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { kindWords } from '../../parts/kinds.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { When } from '../../ui/text/index.ts'
import { levelOf, type Line, type TraceNode } from './graph.ts'
import classes from './outline.module.css'

interface OutlineProps {
  nodes: readonly TraceNode[]
  lines: readonly Line[]
  /** Where it begins; the things nothing stands above when left out. */
  start: string | undefined
}

interface Branches {
  byId: ReadonlyMap<string, TraceNode>
  next: ReadonlyMap<string, readonly Line[]>
  endOf: (line: Line) => string
}

/** The map in words: a list in a list, for keyboards, screen readers, phones and paper. */
export function Outline({ nodes, lines, start }: OutlineProps) {
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes])
  const down: Branches = useMemo(
    () => ({ byId, next: Map.groupBy(lines, (line) => line.upper), endOf: (line) => line.lower }),
    [byId, lines],
  )
  const up: Branches = useMemo(() => ({ byId, next: Map.groupBy(lines, (line) => line.lower), endOf: (line) => line.upper }), [byId, lines])
  const roots = start
    ? nodes.filter((node) => node.id === start)
    : nodes.filter((node) => !up.next.has(node.id)).sort((a, b) => levelOf(a.kind) - levelOf(b.kind))
  const above = start ? (up.next.get(start) ?? []) : []
  return (
    <div className={classes.outline}>
      {above.length > 0 && start && (
        <>
          <h3>Leads up to</h3>
          <List lines={above} branches={up} seen={new Set([start])} />
        </>
      )}
      {start && <h3>What leads up to it</h3>}
      {start && !down.next.has(start) && <p className="quiet">Nothing yet.</p>}
      {start ? (
        <List lines={down.next.get(start) ?? []} branches={down} seen={new Set([start])} />
      ) : (
        <Roots roots={roots} branches={down} />
      )}
    </div>
  )
}

function Roots({ roots, branches }: { roots: readonly TraceNode[]; branches: Branches }) {
  const seen = new Set<string>()
  return (
    <ul>
      {roots.map((node) => (
        <Item key={node.id} node={node} branches={branches} seen={seen} />
      ))}
    </ul>
  )
}

/** More than this below one thing is shown when asked for: what is stated comes first, so the rest is the weaker. */
const SHOWN = 20

function List({ lines, branches, seen }: { lines: readonly Line[]; branches: Branches; seen: ReadonlySet<string> }) {
  const [all, setAll] = useState(false)
  const items = lines.flatMap((line) => {
    const node = branches.byId.get(branches.endOf(line))
    return node ? [{ line, node }] : []
  })
  const shown = all || items.length <= SHOWN + 2 ? items : items.slice(0, SHOWN)
  return (
    <ul>
      {shown.map(({ line, node }) => (
        <Item key={node.id} node={node} line={line} branches={branches} seen={seen} />
      ))}
      {shown.length < items.length && (
        <li className={classes.leaf}>
          <Button look="quiet" onClick={() => setAll(true)}>
            Show {formatCount(items.length - shown.length)} more
          </Button>
        </li>
      )}
    </ul>
  )
}

/** Deep enough to see where a path goes; from there it can be traced on. */
const OPEN_LEVELS = 2

function Item({ node, line, branches, seen }: { node: TraceNode; line?: Line; branches: Branches; seen: ReadonlySet<string> }) {
  const again = seen.has(node.id)
  const [open, setOpen] = useState(seen.size < OPEN_LEVELS)
  const below = again ? [] : (branches.next.get(node.id) ?? [])
  const inside = new Set(seen).add(node.id)
  const label = <Label node={node} line={line} note={again && branches.next.has(node.id) ? 'shown above' : undefined} />
  if (below.length === 0) return <li className={classes.leaf}>{label}</li>
  return (
    <li>
      <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={16} aria-hidden />
        <span className="visually-hidden">
          {open ? 'Fold' : 'Unfold'} {titled(node.id, node.title)}
        </span>
      </button>
      {label}
      {open && <List lines={below} branches={branches} seen={inside} />}
    </li>
  )
}

function Label({ node, line, note }: { node: TraceNode; line?: Line | undefined; note?: string | undefined }) {
  const { search } = useAddress()
  return (
    <span className={classes.label}>
      <span className={classes.kind}>{kindWords(node.kind)}</span> <GoTo id={node.id}>{titled(node.id, node.title)}</GoTo>
      {node.at && (
        <span className="quiet small">
          {' '}
          <When at={node.at} />
        </span>
      )}
      {line?.weak && <span className={classes.weak}> only because it touches the component</span>}
      {node.dangling && <span className={classes.weak}> not declared</span>}
      {node.asks?.map((ask) => (
        <span key={ask} className={classes.asks}>
          <span aria-hidden="true">▲</span> {ask}
        </span>
      ))}
      {note && <span className="quiet small"> {note}</span>}{' '}
      <Go to={urls.throughline()} search={{ ...search, from: node.id }} className={classes.traceOn}>
        trace<span className="visually-hidden"> from {node.title}</span>
      </Go>
      {node.more ? <span className="quiet small"> {formatCount(node.more)} more not listed</span> : null}
    </span>
  )
}
