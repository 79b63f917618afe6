import { chmod, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, testFolder } from '../../../../test/support/store.ts'
import { startProcess } from '../../../../test/support/store/process.ts'
import { openStore, sql } from '../index.ts'

test('a folder that is not there yet becomes a store, whatever an interrupted first start left of it', { timeout: 180_000 }, async () => {
  const { folder, remove } = await testFolder()
  const data = join(folder, 'not', 'there', 'yet')
  await mkdir(join(data, 'postgres.unfinished', 'base'), { recursive: true })
  await writeFile(join(data, 'postgres.unfinished', 'PG_VERSION'), '18\n')
  await mkdir(join(data, 'postgres.snapshot'))
  const store = await openStore({ folder: data })
  await store.query(sql`insert into setting values ('first', '1')`)
  await store.close()
  expect((await readdir(data)).sort()).toEqual(['postgres', 'store.lock'])
  const reopened = await openStore({ folder: data })
  expect(await reopened.query(sql`select key from setting`)).toEqual([{ key: 'first' }])
  await reopened.close()
  await remove()
})

test('a damaged folder is refused with what to do, left as it is, and given back', async () => {
  const { folder, remove } = await dataFolder()
  await truncate(join(folder, 'postgres', 'global', 'pg_control'), 100)
  await expect(openStore({ folder })).rejects.toMatchObject({
    problem: { code: 'store.unreadable', fix: expect.stringContaining('restore') },
  })
  await rm(join(folder, 'postgres', 'PG_VERSION'))
  await expect(openStore({ folder })).rejects.toMatchObject({ problem: { code: 'store.unreadable', file: join(folder, 'postgres') } })
  expect((await readdir(join(folder, 'postgres'))).length).toBeGreaterThan(10)
  await remove()
})

test('data of another PostgreSQL is refused, not touched', async () => {
  const { folder, remove } = await dataFolder()
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n')
  await expect(openStore({ folder })).rejects.toMatchObject({
    problem: { code: 'store.other_postgres', message: expect.stringContaining('PostgreSQL 17') },
  })
  await remove()
})

test('a folder that cannot be written, or is none, is refused plainly', async () => {
  const { folder, remove } = await dataFolder()
  await writeFile(join(folder, 'file'), '')
  await expect(openStore({ folder: join(folder, 'file') })).rejects.toMatchObject({ problem: { code: 'store.folder_not_writable' } })
  // Root may write anywhere, so as root somebody else tries.
  await chmod(folder, 0o555)
  const isRoot = process.getuid?.() === 0
  const other = startProcess('hold-folder.ts', [folder, '', ...(isRoot ? ['65534'] : [])])
  expect(JSON.parse(await other.line())).toMatchObject({
    code: 'store.folder_not_writable',
    message: expect.stringContaining('cannot be written'),
  })
  await chmod(folder, 0o755)
  await remove()
})
