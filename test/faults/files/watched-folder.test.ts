import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDueWatches } from '../../../src/doors/jobs/read-again.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { sql } from '../../../src/ground/store/index.ts'
import { groundOn } from '../../../src/main.ts'
import { readFolder } from '../../../src/sources/files/index.ts'
import { testFolder } from '../../support/folder.ts'
import { testStore } from '../../support/store.ts'

let ground: Ground
beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
})
afterAll(() => ground.store.close())

const HEAD = 'apiVersion: throughline.dev/v1\nkind: Decision\nmetadata:\n  name: hostile\nspec:\n'
const many = Array.from({ length: 9_000 }, (_, n) => `${HEAD.replace('hostile', `many-${n}`)}  status: accepted\n`).join('---\n')

/** The longest the event loop stood still while something ran, in milliseconds. */
async function heldUp(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  await after(20) // it has to have ticked before and after
  delay.reset()
  await work()
  await after(20)
  delay.disable()
  return delay.max / 1e6
}

test('a watched folder of the largest size is read without holding up whoever else is served', async () => {
  const folder = testFolder({ 'many.yaml': many })
  const here = await heldUp(() => readFolder(folder, { checkDraft: (draft) => ground.catalog.checkDraft(draft) }))
  const watch = await ground.intake.watch({ kind: 'folder', path: folder }, 'user:default/tester')
  const meanwhile = await heldUp(() => readDueWatches(ground))
  const [read] = (await ground.intake.watches()).filter(({ id }) => id === watch.id)
  expect(read).toMatchObject({ lastError: null, lastResult: { entities: 9_000, created: 9_000, problems: 0 } })
  expect(meanwhile).toBeLessThan(here / 2)
})

test('a hostile watched folder is named with its places, and what it stated before stays', async () => {
  const folder = testFolder({ 'good.yaml': HEAD.replace('hostile', 'stays').replace('spec:\n', 'spec: { status: accepted }\n') })
  const watch = await ground.intake.watch({ kind: 'folder', path: folder, everySeconds: 60 }, 'user:default/tester')
  await readDueWatches(ground)
  writeFileSync(`${folder}/good.yaml`, `${HEAD.replace('hostile', 'stays')}  a: ${'['.repeat(4_000_000)}`)
  await ground.store.query(sql`update watch set last_run_at = null where id = ${watch.id}::bigint`)
  await readDueWatches(ground)
  const [read] = (await ground.intake.watches()).filter(({ id }) => id === watch.id)
  expect(read).toMatchObject({ lastError: null, lastResult: { removed: 0, problems: 1 } })
})
