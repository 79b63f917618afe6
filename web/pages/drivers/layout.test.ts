import { expect, test } from 'vitest'
import type { TreeEdge, TreeNode } from './asks.ts'
import { COLUMN_LIMIT, depthsOf, layout } from './layout.ts'

const measure = (id: string): TreeNode => ({ id, kind: 'measure', title: id })
const outcome: TreeNode = { id: 'outcome:default/faster', kind: 'outcome', title: 'Faster' }
const line = (upper: string, lower: string, kind: TreeEdge['kind'] = 'driver'): TreeEdge => ({ upper, lower, kind })

test('outcomes stand left of their measures, and those left of what moves them', () => {
  const edges = [line(outcome.id, 'lead', 'measure'), line('lead', 'wait'), line('wait', 'size'), line('lead', 'size')]
  const { columns, placed } = layout([measure('size'), measure('wait'), outcome, measure('lead')], edges)
  expect(columns.map(({ label }) => label)).toEqual(['Outcomes', 'Measures', 'What moves them', 'And what moves that'])
  const x = (id: string) => placed.find(({ node }) => node.id === id)!.x
  expect(['lead', 'wait', 'size'].map(x)).toEqual([x('lead'), x('lead') * 2, x('lead') * 3])
})

test('measures that drive each other in a circle are drawn once and do not hang the page', () => {
  const circle = [line('a', 'b'), line('b', 'c'), line('c', 'a')]
  expect([...depthsOf([measure('a'), measure('b'), measure('c')], circle)]).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  expect(layout([measure('a'), measure('b'), measure('c')], circle).placed).toHaveLength(3)
})

test('a column that is too long says how many it leaves to the outline', () => {
  const many = Array.from({ length: COLUMN_LIMIT + 5 }, (_, index) => measure(`m${index}`))
  const edges = many.map(({ id }) => line('top', id))
  expect(layout([measure('top'), ...many], edges).columns.map(({ left }) => left)).toEqual([0, 5])
})
