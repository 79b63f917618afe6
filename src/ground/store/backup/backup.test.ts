import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataFolder, onServer, serverTest, testDatabase, testFolder, testStore } from '../../../../test/support/store.ts'
import { withLease } from '../engine.ts'
import { type BackupResult, instant, openStore, restore, sql, type Store, type StoreOptions } from '../index.ts'
import { migrate } from '../migrate.ts'
import { readMigrations } from '../migrations.ts'
import { openEngine } from '../open.ts'
import { writeBackup } from './write.ts'

vi.setConfig({ testTimeout: 240_000 }) // each test starts several databases

/** An empty place of the kind the tests run on, that nobody has open. */
async function emptyPlace({ migrated = true } = {}): Promise<{ options: StoreOptions; remove: () => Promise<void> }> {
  if (!onServer) {
    const { folder, remove } = migrated ? await dataFolder() : await testFolder()
    return { options: { folder }, remove }
  }
  const { databaseUrl, drop } = await testDatabase({ migrated })
  return { options: { databaseUrl }, remove: drop }
}

const ODD = ['plain', '\\.', 'tab\tand\nline', 'back\\slash \\N', '', 'é😀 \u0001']

async function fill(store: Store): Promise<void> {
  for (const value of ODD)
    await store.query(
      sql`insert into audit (at, person, verb, target, detail) values (${instant(5)}, ${value}, 'wrote', ${value}, ${{ value }}::jsonb)`,
    )
  await store.query(
    sql`insert into import (label, format, by, started_at) values ('first', 'ndjson', 'user:default/ada', ${instant(Infinity)})`,
  )
  await store.query(
    sql`insert into reject (import_id, at, hash, sealed, code, message) select id, ${instant(0)}, 'h', ${new Uint8Array([0, 92, 46, 10, 255])}, 'c', 'm' from import`,
  )
  await store.copy('setting', { key: 'text', value: 'jsonb' }, bulk())
}

function* bulk() {
  for (let n = 0; n < 20_000; n++) yield [`key ${n}`, JSON.stringify(`\\.${'x'.repeat(n % 300)}`)]
}

async function contentOf(store: Store): Promise<unknown> {
  return store.query(sql`select
    (select jsonb_agg(to_jsonb(a) order by id) from audit a) as audit,
    (select jsonb_agg(to_jsonb(i) order by id) from import i) as import,
    (select jsonb_agg(to_jsonb(r) order by id) from reject r) as reject,
    (select md5(string_agg(key || value::text, ',' order by key)) from setting) as setting`)
}

/** A backup of a filled store, and what that held. */
let whole: { file: string; written: BackupResult; content: unknown }
let removeWhole: () => Promise<void>
beforeAll(async () => {
  const { folder, remove } = await testFolder()
  removeWhole = remove
  const file = join(folder, 'backups', 'one.backup')
  const store = await testStore()
  await fill(store)
  whole = { file, written: await store.backup(file), content: await contentOf(store) }
  await store.close()
})
afterAll(() => removeWhole())

test('a backup restores everything into an empty store, and counting goes on where it was', async () => {
  const { file, written, content } = whole
  expect(written.rows).toBeGreaterThan(20_000)
  expect(await readdir(dirname(file))).toEqual(['one.backup'])

  const place = await emptyPlace()
  const restored = await restore(file, place.options)
  expect(restored).toMatchObject({ file, rows: written.rows, tables: { audit: ODD.length, setting: 20_000, import: 1, reject: 1 } })
  const copy = await openStore(place.options)
  expect(await contentOf(copy)).toEqual(content)
  const [next] = await copy.query<{ id: number }>(
    sql`insert into audit (at, person, verb, target, detail) values (now(), 'p', 'v', 't', '{}') returning id`,
  )
  expect(next!.id).toBe(ODD.length + 1)
  await copy.close()

  await expect(restore(file, place.options)).rejects.toMatchObject({
    problem: { code: 'store.not_empty', fix: expect.stringContaining('--force') },
  })
  expect(await restore(file, { ...place.options, force: true })).toMatchObject({ tables: { audit: ODD.length } })
  await place.remove()
})

test('a backup made while others write is of one moment', async () => {
  const { folder, remove } = await testFolder()
  const place = await emptyPlace()
  const store = await openStore(place.options)
  await store.query(sql`insert into setting values ('total', '0')`)
  let stopped = false
  let written = 0
  const writer = (async () => {
    while (!stopped) {
      written += 1
      await store.transaction(async () => {
        await store.query(sql`insert into setting select ${`row ${written}`} || '-' || n, '1' from generate_series(1, 50) n`)
        await store.query(sql`update setting set value = ${String(written)}::jsonb where key = 'total'`)
        if (written > 10) await store.query(sql`delete from setting where key like ${`row ${written - 10}-%`}`)
      })
    }
  })()
  while (written < 20) await new Promise((resolve) => setTimeout(resolve, 5))
  await store.backup(join(folder, 'busy.backup'))
  const after = written
  stopped = true
  await writer
  await store.close()

  const target = await emptyPlace()
  await restore(join(folder, 'busy.backup'), { ...target.options, force: true })
  const copy = await openStore(target.options)
  const [{ total, rows, first, last }] = (await copy.query(sql`select
    (select value::int from setting where key = 'total') as total, count(*) as rows,
    min(split_part(split_part(key, ' ', 2), '-', 1)::int) as first, max(split_part(split_part(key, ' ', 2), '-', 1)::int) as last
    from setting where key <> 'total'`)) as [{ total: number; rows: number; first: number; last: number }]
  expect(total).toBeGreaterThanOrEqual(19)
  expect(total).toBeLessThanOrEqual(after)
  expect({ rows, first, last }).toEqual({ rows: 500, first: total - 9, last: total })
  await copy.close()
  await Promise.all([place.remove(), target.remove(), remove()])
})

test('a backup that is damaged, cut short, foreign or missing is refused before anything is touched', async () => {
  const { folder, remove } = await testFolder()
  const text = gunzipSync(await readFile(whole.file)).toString('latin1')
  const cut = join(folder, 'cut.backup')
  await writeFile(cut, await readFile(whole.file))
  await truncate(cut, Math.floor(whole.written.bytes / 2))
  const changed = join(folder, 'changed.backup')
  await writeFile(changed, gzipSync(Buffer.from(text.replace('plain', 'pLain'), 'latin1')))
  const shorter = join(folder, 'shorter.backup')
  await writeFile(shorter, gzipSync(Buffer.from(text.slice(0, text.lastIndexOf('{"end"')), 'latin1')))
  const longer = join(folder, 'longer.backup')
  await writeFile(longer, gzipSync(Buffer.from(`${text}more\n`, 'latin1')))
  const newer = join(folder, 'newer.backup')
  await writeFile(newer, gzipSync(Buffer.from(text.replace('"version":1', '"version":2'), 'latin1')))
  const future = join(folder, 'future.backup')
  await writeFile(future, gzipSync(Buffer.from(text.replace('0001_ledger', '9999_ledger'), 'latin1')))
  const foreign = join(folder, 'foreign.backup')
  await appendFile(foreign, 'no backup at all')

  const place = await emptyPlace()
  const codeOf = async (file: string) =>
    restore(file, { ...place.options, force: true }).then(
      () => 'restored',
      (error) => error.problem?.code ?? String(error),
    )
  expect({
    cut: await codeOf(cut),
    changed: await codeOf(changed),
    shorter: await codeOf(shorter),
    longer: await codeOf(longer),
    newer: await codeOf(newer),
    future: await codeOf(future),
    foreign: await codeOf(foreign),
    missing: await codeOf(join(folder, 'missing.backup')),
    folder: await codeOf(folder),
  }).toEqual({
    cut: 'store.backup_damaged',
    changed: 'store.backup_damaged',
    shorter: 'store.backup_damaged',
    longer: 'store.backup_damaged',
    newer: 'store.newer_backup',
    future: 'store.backup_damaged',
    foreign: 'store.not_a_backup',
    missing: 'store.no_backup',
    folder: 'store.no_backup',
  })
  const copy = await openStore(place.options)
  expect(await copy.query(sql`select count(*) as n from audit`)).toEqual([{ n: 0 }])
  await copy.close()
  await place.remove()
  await remove()
})

test('a restore that fails half way changes nothing', async () => {
  const { folder, remove } = await testFolder()
  const file = join(folder, 'twice.backup')
  const source = await testStore()
  await source.query(sql`alter table setting drop constraint setting_pkey`)
  await source.query(sql`insert into setting values ('twice', '1'), ('twice', '2')`)
  await source.backup(file)
  await source.close()

  const place = await emptyPlace()
  const store = await openStore(place.options)
  await store.query(sql`insert into setting values ('mine', '1')`)
  await store.close()
  await expect(restore(file, { ...place.options, force: true })).rejects.toMatchObject({ code: '23505' })
  const after = await openStore(place.options)
  expect(await after.query(sql`select key from setting`)).toEqual([{ key: 'mine' }])
  await after.close()
  await place.remove()
  await remove()
})

test('a backup of an older version is brought up to date', async () => {
  const { folder, remove } = await testFolder()
  const file = join(folder, 'older.backup')
  const older = await emptyPlace({ migrated: false })
  const engine = await openEngine(older.options)
  const known = await readMigrations()
  await withLease(engine, 'interactive', async (lease) => {
    await migrate(lease, engine.mode, known.slice(0, 3))
    await lease.run(`insert into audit (at, person, verb, target, detail) values (now(), 'p', 'kept', 't', '{}')`)
  })
  await writeBackup(engine, file)
  await engine.close()

  const place = await emptyPlace()
  expect(await restore(file, { ...place.options, force: true })).toMatchObject({ tables: { audit: 1 } })
  const store = await openStore(place.options)
  expect(await store.query(sql`select verb from audit`)).toEqual([{ verb: 'kept' }])
  expect(await store.query(sql`select count(*) as applied, (select count(*) from reject) as rejects from store_migration`)).toEqual([
    { applied: known.length, rejects: 0 },
  ])
  await store.close()
  await Promise.all([older.remove(), place.remove(), remove()])
})

serverTest('a backup of an embedded store restores into a server, and back', async () => {
  const { folder, remove } = await testFolder()
  const embedded = await dataFolder()
  const store = await openStore({ folder: embedded.folder })
  await fill(store)
  const wanted = await contentOf(store)
  await store.backup(join(folder, 'embedded.backup'))
  await store.close()

  const { databaseUrl, drop } = await testDatabase()
  await restore(join(folder, 'embedded.backup'), { databaseUrl })
  const server = await openStore({ databaseUrl })
  expect(await contentOf(server)).toEqual(wanted)
  await server.backup(join(folder, 'server.backup'))
  await server.close()

  await restore(join(folder, 'server.backup'), { folder: embedded.folder, force: true })
  const back = await openStore({ folder: embedded.folder })
  expect(await contentOf(back)).toEqual(wanted)
  await back.close()
  await Promise.all([drop(), embedded.remove(), remove()])
})
