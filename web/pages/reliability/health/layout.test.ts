import { expect, test } from 'vitest'
import { COLUMN, layout, ROW } from './layout.ts'

const nodes = ['web', 'api', 'ledger', 'bus'].map((ref) => ({ ref }))
const edge = (caller: string, callee: string) => ({ caller, callee })

test('what is called stands to the right of all that call it', () => {
  const { placed } = layout(nodes, [edge('web', 'api'), edge('web', 'ledger'), edge('api', 'ledger'), edge('ledger', 'bus')])
  expect(Object.fromEntries(placed.map(({ node, x }) => [node.ref, x / COLUMN]))).toEqual({ web: 0, api: 1, ledger: 2, bus: 3 })
})

test('things that call each other in a circle are placed all the same, none upon another', () => {
  const { placed } = layout(nodes, [edge('web', 'api'), edge('api', 'web'), edge('api', 'bus'), edge('bus', 'api')])
  expect(placed).toHaveLength(4)
  expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(4)
  expect(placed.every(({ y }) => y % (ROW / 2) === 0)).toBe(true)
})
