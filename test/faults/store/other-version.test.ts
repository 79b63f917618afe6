import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore, sql } from '../../../src/ground/store/index.ts'
import { dataFolder, testFolder } from '../../support/store.ts'
import { event, lines, startServer, throughline } from '../../support/throughline.ts'

test('a store of a newer version is refused by server and command, naming both versions, and left as it is', async () => {
  const { folder: data, remove } = await dataFolder()
  const store = await openStore({ folder: data })
  const [ours] = await store.query<{ name: string }>(sql`select max(name) as name from store_migration`)
  await store.query(sql`insert into store_migration (name, hash) values ('9999_of_tomorrow', 'x')`)
  await store.close()
  for (const args of [['serve', '--empty'], ['import', '-'], ['brief']]) {
    const run = await throughline(args, { data, env: { PORT: '0' }, stdin: lines([event('refused')]) })
    expect(run.code, args[0]).toBe(2)
    for (const word of ['newer version', '9999_of_tomorrow', ours!.name, 'store.newer']) expect(run.err, args[0]).toContain(word)
  }
  const again = await openStore({ folder: data }).catch((error: unknown) => error)
  expect(again).toMatchObject({ problem: { code: 'store.newer' } })
  await remove()
})

test('a backup that is cut short, foreign or not there is refused, and the store it should fill stays as it was', async () => {
  const { folder: data, remove } = await dataFolder()
  const place = await testFolder()
  const server = await startServer({ data })
  await server.post(lines([event('kept')]))
  await server.stop()
  const backup = join(place.folder, 'good.backup')
  expect((await throughline(['backup', backup], { data })).code).toBe(0)
  const bytes = readFileSync(backup)
  const cut = join(place.folder, 'cut.backup')
  writeFileSync(cut, bytes.subarray(0, bytes.length - 100))
  const foreign = join(place.folder, 'foreign.backup')
  cpSync(join(import.meta.dirname, '../../../package.json'), foreign)
  for (const file of [cut, foreign, join(place.folder, 'none.backup')]) {
    const run = await throughline(['restore', file, '--force', '--json'], { data })
    expect([run.code, JSON.parse(run.out)], file).toMatchObject([
      2,
      { error: { code: expect.stringMatching(/^(store|backup)\./), fix: expect.any(String) } },
    ])
  }
  const all = await throughline(['import', '-', '--json'], { data, stdin: lines([event('kept')]) })
  expect(JSON.parse(all.out)).toMatchObject({ accepted: 0, duplicates: 1 })
  await place.remove()
  await remove()
})
