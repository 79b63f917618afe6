import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as z from 'zod'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { intakeOperations } from './index.ts'

let ground: TestGround
const caller = { person: 'user:default/tester', scopes: ['admin'] as const }

beforeAll(async () => {
  ground = await testGround()
})
afterAll(() => ground.store.close())

type Ids = (typeof intakeOperations)[number]['id']

/** Calls an operation as a door does, and holds its answer against the schema it promises. */
async function call(id: Ids, input: object): Promise<Record<string, unknown>> {
  const operation = intakeOperations.find((one) => one.id === id)! as unknown as {
    input: z.ZodType
    output: z.ZodType
    run: (ask: unknown, context: object) => Promise<unknown>
  }
  const answer = operation.output.parse(await operation.run(operation.input.parse(input), { ...ground, caller }))
  return answer as Record<string, unknown>
}

const record = {
  kind: 'event',
  source: 'elsewhere',
  id: '1',
  subject: 'component:shop',
  at: '2026-05-20T10:00:00Z',
  type: 'seen',
  data: null,
}

test('an import sent from elsewhere is begun, fed, finished and listed; its records are checked again', async () => {
  const { importId } = await call('import.begin', { label: 'file.ndjson', format: 'ndjson' })
  const reject = { raw: 'nonsense', problem: { code: 'x', severity: 'error', message: 'bad', line: 3 } }
  const batch = await call('import.batch', { importId, parsed: [{ record }, { record: { ...record, at: 'never' } }, { reject }], done: 3 })
  expect(batch).toMatchObject({
    accepted: 1,
    rejected: 2,
    byKind: { event: 1 },
    problems: [
      { code: 'evidence.bad_field', path: 'at' },
      { code: 'x', line: 3 },
    ],
  })
  expect(await call('import.finish', { importId: String(importId) })).toMatchObject({ accepted: 1, rejected: 2 })
  expect(await call('imports', {})).toMatchObject({ imports: [{ importId, label: 'file.ndjson', by: caller.person }] })
})

test('rejects are listed, read, tried again and thrown away', async () => {
  const { rejects, total } = await call('rejects', { limit: '1' })
  expect(total).toBe(2)
  const [first] = rejects as { id: number }[]
  expect(await call('reject.body', { id: String(first!.id) })).toMatchObject({ body: expect.any(String) })
  expect(await call('retry', {})).toEqual({ retried: 2, accepted: 0, rejected: 2 })
  expect(await call('discard', { id: first!.id })).toMatchObject({ discarded: true })
  expect(await call('rejects', {})).toMatchObject({ total: 1, dropped: 0 })
})

test('watches are added, listed and removed', async () => {
  const { id } = await call('watch.add', { kind: 'folder', path: '/intent' })
  expect(await call('watches', {})).toMatchObject({ watches: [{ id, kind: 'folder', lastRunAt: null }] })
  expect(await call('watch.remove', { id })).toMatchObject({ removed: true })
})

test('a scan elsewhere keeps where it is; other settings are out of its reach', async () => {
  expect(await call('cursor.read', { key: 'scan:/repository' })).toEqual({ cursor: null })
  await call('cursor.write', { key: 'scan:/repository', cursor: { head: 'abc' } })
  expect(await call('cursor.read', { key: 'scan:/repository' })).toEqual({ cursor: { head: 'abc' } })
  await call('cursor.write', { key: 'first-load', cursor: { head: 'abc' } })
  expect(await ground.intake.setting('first-load')).toBeNull()
})
