import { isAlias, isCollection, isMap, isPair, isScalar, type Node, type Pair } from 'yaml'
import type { Problem } from '../../../ground/core/index.ts'
import type { Limits } from '../limits.ts'
import type { ParsedChunk } from './parse.ts'

/** Keys that could reach into the objects of the program itself. */
const FORBIDDEN = new Set(['__proto__'])

/** Types of YAML 1.1 that plain data has no place for. */
const NOT_DATA = /^tag:yaml\.org,2002:(?:binary|set|omap|pairs|timestamp)$/

/** Looks for what is grammatical and still cannot be taken: double keys, bombs, circles, values that are not data. */
export function inspect(chunk: ParsedChunk, limits: Limits): Problem[] {
  const walk: Walk = { chunk, limits, problems: [], anchors: new Map(), stopped: false }
  const contents = chunk.document.contents
  if (contents) weigh(contents, 0, walk)
  return walk.problems
}

interface Walk {
  chunk: ParsedChunk
  limits: Limits
  problems: Problem[]
  /** Weight of what each anchor stands for; null while it is still being read. */
  anchors: Map<string, number | null>
  stopped: boolean
}

/** Size of a node once all its aliases are written out, in characters; anchors are weighed once. */
function weigh(node: Node | Pair | null, depth: number, walk: Walk): number {
  if (!node || walk.stopped) return 0
  if (isPair(node)) return weigh(asNode(node.key), depth, walk) + weigh(asNode(node.value), depth, walk)
  if (depth > walk.limits.nesting) {
    stop(walk, node, 'files.nesting', `Lists or maps are nested more than ${walk.limits.nesting} levels deep`, 'Flatten the document.')
    return 0
  }
  if (isAlias(node)) {
    const weight = walk.anchors.get(node.source)
    if (weight === undefined)
      remark(
        walk,
        node,
        'error',
        'files.grammar',
        `The alias *${node.source.slice(0, 60)} names no anchor before it`,
        'Put the text in quotes, or define the anchor first.',
      )
    if (weight === null)
      stop(walk, node, 'files.alias_circle', `The alias *${node.source} stands inside its own anchor`, 'Write the value out.')
    return weight ?? 1
  }
  if (node.tag && NOT_DATA.test(node.tag))
    remark(
      walk,
      node,
      'error',
      'files.not_data',
      `A value of the type ${node.tag.split(':').at(-1)} cannot be kept`,
      'Write it as a text, list or map without the tag.',
    )
  if (node.anchor) walk.anchors.set(node.anchor, null)
  let weight = 1
  if (isScalar(node)) weight += scalar(node, walk)
  else if (isCollection(node)) {
    if (isMap(node)) keys(node.items, walk)
    for (const item of node.items) {
      weight += weigh(asNode(item), depth + 1, walk)
      if (weight > walk.limits.expanded && !walk.stopped) {
        stop(
          walk,
          node,
          'files.expansion',
          `The document grows beyond ${walk.limits.expanded.toLocaleString('en-GB')} characters when its aliases are written out`,
          'Use fewer aliases, or split the document.',
        )
      }
      if (walk.stopped) return weight
    }
  }
  if (node.anchor) walk.anchors.set(node.anchor, weight)
  return weight
}

function scalar(node: Node & { value: unknown; source?: string }, walk: Walk): number {
  const { value } = node
  if (typeof value === 'string') return value.length
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      remark(
        walk,
        node,
        'error',
        'files.not_data',
        `${node.source ?? value} is not a number that can be kept`,
        'Write a finite number, or put the text in quotes.',
      )
    else if (Number.isInteger(value) && !Number.isSafeInteger(value))
      remark(
        walk,
        node,
        'warning',
        'files.imprecise',
        `The number ${node.source ?? value} is too long to be kept exactly`,
        'Put it in quotes if it is a name.',
      )
  }
  return 8
}

function keys(pairs: readonly Pair[], walk: Walk): void {
  const first = new Map<string, Node>()
  for (const { key } of pairs) {
    const node = asNode(key)
    if (!node) continue
    if (isCollection(node)) {
      remark(
        walk,
        node,
        'error',
        'files.complex_key',
        'A list or map is used as a key',
        'Use a text as the key; put it in quotes if it begins with [ or {.',
      )
      continue
    }
    if (!isScalar(node)) continue
    const name = String(node.value)
    if (FORBIDDEN.has(name)) remark(walk, node, 'error', 'files.forbidden_key', `"${name}" cannot be a key`, 'Rename the key.')
    const earlier = first.get(name)
    if (earlier && name !== '<<') {
      const line = placeOf(walk, earlier).line
      remark(
        walk,
        node,
        'error',
        'files.double_key',
        `"${name.slice(0, 60)}" is written twice in the same map; first on line ${line}`,
        'Keep one of the two.',
      )
    } else first.set(name, node)
  }
}

function asNode(value: unknown): Node | Pair | null {
  return value && typeof value === 'object' && ('items' in value || 'source' in value || 'value' in value || isPair(value))
    ? (value as Node | Pair)
    : null
}

function placeOf(walk: Walk, node: Node | Pair): { line: number; column: number } {
  return walk.chunk.place(('range' in node && node.range?.[0]) || 0)
}

function remark(walk: Walk, node: Node | Pair, severity: Problem['severity'], code: string, message: string, fix: string): void {
  if (walk.problems.length < 50) walk.problems.push({ code, severity, message, fix, ...placeOf(walk, node) })
}

function stop(walk: Walk, node: Node | Pair, code: string, message: string, fix: string): void {
  if (walk.stopped) return
  walk.stopped = true
  remark(walk, node, 'error', code, message, fix)
}
