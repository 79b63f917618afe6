import { writeFileSync } from 'node:fs'
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
  let longest = 0
  let last = performance.now()
  const tick = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const ticking = setInterval(tick, 2)
  await work()
  clearInterval(ticking)
  tick()
  return longest
}

test('a watched folder of the largest size is read without holding up whoever else is served', async () => {
  const folder = testFolder({ 'many.yaml': many })
  const watch = await ground.intake.watch({ kind: 'folder', path: folder }, 'user:default/tester')
  const meanwhile = await heldUp(() => readDueWatches(ground))
  const [read] = (await ground.intake.watches()).filter(({ id }) => id === watch.id)
  expect(read).toMatchObject({ lastError: null, lastResult: { entities: 9_000, created: 9_000, problems: 0 } })
  // Read in this thread afterwards, when all is compiled: at its fastest.
  const here = await heldUp(() => readFolder(folder, { checkDraft: (draft) => ground.catalog.checkDraft(draft) }))
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
