import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../../../test/support/ground.ts'
import { DAY, formatInstant } from '../../../../ground/core/index.ts'
import { parseEvidence } from '../../../../ground/ledger/index.ts'
import { installDelivery } from '../../install.ts'

const SHOP = 'repository:default/shop'
const START = Date.parse('2026-05-01T09:00:00Z')
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: START + 30 * DAY, install: [installDelivery] })
  const commits = [0, 1, 2, 3].map((n) => ({
    kind: 'commit',
    source: 'git',
    id: sha(n),
    sha: sha(n),
    ...at(n),
    author: 'a@example.com',
    authoredAt: day(n),
    committedAt: day(n),
    parents: n > 0 ? [sha(n - 1)] : [],
    message: `Step ${n}`,
  }))
  const deployments = [1, 3].map((n) => ({
    kind: 'deployment',
    source: 'ci',
    id: `run-${n}`,
    ...at(n),
    commit: sha(n),
    finishedAt: day(n),
    outcome: 'success',
  }))
  const records = [...commits, ...deployments].map((record) => {
    const read = parseEvidence(record)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  await ground.ledger.append(records, { by: 'user:default/mara', basis: 'observed' })
})
afterAll(() => ground.store.close())

it('a deployment that names only its commit is traced to all that history says it brought', async () => {
  await ground.measures.read({ measure: 'delivery.change_lead_time', subject: SHOP })
  const up = await ground.catalog.trace(`commit:git/${sha(2)}`, 'down', 1)
  expect(up.nodes.map((node) => node.id)).toEqual([`commit:git/${sha(2)}`, 'deployment:ci/run-3'])
  const down = await ground.catalog.trace('deployment:ci/run-3', 'up', 1)
  expect(down.nodes.map((node) => node.id)).toEqual(['deployment:ci/run-3', `commit:git/${sha(3)}`, `commit:git/${sha(2)}`, SHOP])
  expect(down.edges.map((edge) => [edge.type, edge.origin, edge.weak])).toEqual([
    ['contains', 'declared', false],
    ['contains', 'inferred', false],
    ['partOf', 'inferred', true],
  ])
})

function at(n: number) {
  return { subject: SHOP, at: day(n) }
}

function day(n: number): string {
  return formatInstant(START + n * DAY)
}

function sha(n: number): string {
  return String(n + 1).padStart(40, '0')
}
