import { expect, test } from 'vitest'
import type { Line, TraceNode } from './graph.ts'
import { COLUMN_LIMIT, layout } from './layout.ts'

const node = (kind: string, name: string): TraceNode => ({ id: `${kind}:${name}`, kind, title: name, depth: 1 })
const line = (upper: TraceNode, lower: TraceNode, weak = false): Line => ({
  upper: upper.id,
  lower: lower.id,
  type: 'serves',
  weak,
  through: false,
})

test('intent stands left of work, and a column that nobody needs is left out', () => {
  const [outcome, change] = [node('outcome', 'faster'), node('change', '7')]
  const { columns, placed } = layout([change, outcome], [line(outcome, change)])
  expect(columns.map(({ level }) => level.key)).toEqual(['outcomes', 'changes'])
  expect(placed.find((one) => one.node === outcome)!.x).toBeLessThan(placed.find((one) => one.node === change)!.x)
})

test('when a column is full, work that states its outcome is shown before work that only touches a component', () => {
  const outcome = node('outcome', 'faster')
  const weak = Array.from({ length: COLUMN_LIMIT }, (_, index) => node('change', `weak ${index}`))
  const stated = node('change', 'stated')
  const { columns, placed } = layout([outcome, ...weak, stated], [...weak.map((one) => line(outcome, one, true)), line(outcome, stated)])
  expect(placed.some((one) => one.node === stated)).toBe(true)
  expect(columns[1]!.left).toBe(1)
})
