import { expect, test } from 'vitest'
import { dataFolder } from '../../../../test/support/store.ts'
import { startProcess } from '../../../../test/support/store/process.ts'

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
