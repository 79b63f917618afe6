import { expect, test } from 'vitest'
import { joined, linesBetween, type Trace } from './graph.ts'

const trace: Trace = {
  nodes: [
    { id: 'outcome:default/faster', kind: 'outcome', title: 'Faster', depth: 0 },
    { id: 'change:git/7', kind: 'change', title: 'Cache', depth: 1 },
    { id: 'commit:git/abc', kind: 'commit', title: 'Cache', depth: 2 },
    { id: 'deployment:git/v1', kind: 'deployment', title: 'v1', depth: 3 },
  ],
  edges: [
    { from: 'change:git/7', type: 'serves', to: 'outcome:default/faster', origin: 'trailer', confidence: 1, weak: false },
    { from: 'commit:git/abc', type: 'partOf', to: 'change:git/7', origin: 'inferred', confidence: 1, weak: false },
    { from: 'deployment:git/v1', type: 'contains', to: 'commit:git/abc', origin: 'inferred', confidence: 1, weak: false },
    { from: 'deployment:git/v1', type: 'contains', to: 'outcome:default/faster', origin: 'inferred', confidence: 0.3, weak: true },
  ],
}

test('with commits folded away the deployment still hangs on its change', () => {
  const lines = linesBetween(trace, (node) => node.kind !== 'commit')
  expect(lines).toContainEqual({ upper: 'change:git/7', lower: 'deployment:git/v1', type: 'contains', weak: false, through: true })
  expect(lines.some((line) => line.upper.startsWith('commit') || line.lower.startsWith('commit'))).toBe(false)
})

test('a line that holds only by component stays marked as weak', () => {
  expect(
    linesBetween(trace, () => true).find((line) => line.upper === 'outcome:default/faster' && line.lower === 'deployment:git/v1')?.weak,
  ).toBe(true)
})

test('links in a circle are drawn once and do not hang the page', () => {
  const circle: Trace = {
    nodes: trace.nodes.slice(0, 2),
    edges: [trace.edges[0]!, { ...trace.edges[0]!, from: 'outcome:default/faster', to: 'change:git/7' }],
  }
  expect(linesBetween(circle, () => true)).toHaveLength(1)
})

test('two traces that overlap become one map', () => {
  expect(joined([trace, trace])).toEqual(trace)
})
