import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { dataFolder } from '../../../../test/support/store.ts'
import { startProcess } from '../../../../test/support/store/process.ts'
import { openStore, sql } from '../index.ts'

const KILLS = 10

test(`killed ${KILLS} times while it wrote, the store has every acknowledged row, once`, { timeout: 600_000 }, async () => {
  const { folder, remove } = await dataFolder()
  let acknowledged = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = startProcess('write-rows.ts', [folder])
    const found: number[] = JSON.parse(await writer.line())
    // What was under way when it was killed may be there or not; what was acknowledged must be, and nothing twice.
    expect(found).toEqual(Array.from({ length: found.length }, (_, i) => i + 1))
    expect(found.length - acknowledged).toBeOneOf([0, 1])
    const wanted = found.length + 1 + ((kill * 7) % 23)
    for (;;) {
      acknowledged = Number(await writer.line())
      if (acknowledged >= wanted) break
    }
    writer.child.kill('SIGKILL')
    acknowledged = Number((await writer.rest()).at(-1) ?? acknowledged)
    await writer.ended
  }
  expect(acknowledged).toBeGreaterThan(KILLS)
  await remove()
})

test('every commit waits for the disk', async () => {
  const { folder, remove } = await dataFolder()
  const preload = new URL('../../../../test/support/store/watch-disk.ts', import.meta.url)
  const writer = startProcess('write-rows.ts', [folder, '5'], { nodeArgs: ['--import', preload.href], env: { WATCH_DISK: 'count' } })
  expect((await writer.rest()).at(-1)).toBe('closed')
  await writer.ended
  const flushed = writer
    .errors()
    .split('\n')
    .filter((line) => line.endsWith('pg_wal')).length
  expect(flushed).toBeGreaterThanOrEqual(5)
  await remove()
})

test('what was written is brought into the files once nobody asks for anything, and not for many small commits', async () => {
  const { folder, remove } = await dataFolder()
  const store = await openStore({ folder })
  const checkpoint = async () => (await store.query<{ at: string }>(sql`select redo_lsn::text as at from pg_control_checkpoint()`))[0]!.at
  await store.query(sql`create table small (place integer)`)
  const before = await checkpoint()
  // Each commit writes the last page of the log again: 24 MB in all, of which hardly any is new.
  for (let place = 0; place < 3_000; place++) await store.query(sql`insert into small values (${place})`)
  await setTimeout(500)
  expect(await checkpoint()).toBe(before)
  await store.query(sql`create table large as select md5(n::text) || md5((-n)::text) as word from generate_series(1, 200000) n`)
  await expect.poll(checkpoint, { interval: 300, timeout: 20_000 }).not.toBe(before)
  await store.close()
  await remove()
})
