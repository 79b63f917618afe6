import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadExample } from '../../../src/doors/example.ts'
import { DAY } from '../../../src/ground/core/index.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { EVIDENCE_KINDS } from '../../../src/ground/ledger/index.ts'
import { compile } from '../../../src/ground/store/statement.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const SUBJECTS = ['namespace:example', 'system:example/booking']
/** Records of work are linked to each other: a new one of any of these touches all that is made of work. */
const OF_WORK = ['commit', 'change', 'deployment', 'incident', 'work_item']
/** Tables that hold what records of a kind come to. */
const DERIVED: [RegExp, readonly string[]][] = [
  [/\b(?:delivery_(?:change|commit|deployment|scope)|work_link\w*)\b/, OF_WORK],
  [/\bsli_(?:hour|day)\b/, ['sli']],
]

let ground: Ground

beforeAll(async () => {
  ground = groundOn(await testStore(), () => NOW, Buffer.alloc(32, 1))
  await loadExample(ground, { events: 2_000 })
}, 300_000)
afterAll(() => ground.store.close())

test('every measure states the kinds of records it is made of: its series stays while those do', { timeout: 300_000 }, async () => {
  const listed = await ground.measures.listAll('example')
  let read: Set<string>
  const query = ground.store.query.bind(ground.store)
  ground.store.query = (statement) => {
    const { text } = compile(statement)
    for (const kind of EVIDENCE_KINDS) if (new RegExp(`\\bevidence_${kind}\\b`).test(text)) read.add(kind)
    for (const [table, [kind]] of DERIVED) if (table.test(text)) read.add(kind!)
    return query(statement)
  }
  const unstated: Record<string, string[]> = {}
  const reading: string[] = []
  for (const { id, kinds } of listed) {
    read = new Set()
    for (const subject of SUBJECTS) await ground.measures.readMany({ measure: id, subject, from: NOW - 84 * DAY, to: NOW, bucket: 'week' })
    if (read.size > 0) reading.push(id)
    const touched = kinds.some((kind) => OF_WORK.includes(kind)) ? [...OF_WORK, ...kinds] : kinds
    const missing = [...read].filter((kind) => !touched.includes(kind))
    if (missing.length > 0) unstated[id] = missing
  }
  expect(unstated).toEqual({})
  expect(reading.length).toBeGreaterThan(35)
})
