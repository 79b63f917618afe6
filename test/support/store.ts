import { createHash, randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { test } from 'vitest'
import { migratedImage, openMemoryStore, openStore, type Store, type StoreOptions } from '../../src/ground/store/index.ts'
import { PostgresStore } from '../../src/ground/store/postgres-store.ts'
import { lendEngine } from './lent-engine.ts'

/** Whether tests run on a database server: TEST_STORE=server. */
export const onServer = process.env.TEST_STORE === 'server'

type Register = (name: string, run: () => Promise<void>) => void
const nowhere: Register = () => {}
/** Registers a test of what only the embedded store does; where tests run on a server it does not exist. */
export const embeddedTest: Register = onServer ? nowhere : test
/** Registers a test that needs a database server; where tests run on the embedded store it does not exist. */
export const serverTest: Register = onServer ? test : nowhere

/**
 * A fresh, migrated, empty store: embedded in memory, or a database of its own on a real server when TEST_STORE=server.
 * Close it when done: it is emptied and lent to the next test, except on a server that is not ours, where it goes.
 */
export async function testStore(options: Pick<StoreOptions, 'deadlineMs'> = {}): Promise<Store> {
  const isOurs = !onServer || process.env.TEST_DATABASE_ENDS === 'with the tests'
  if (isOurs && options.deadlineMs === undefined)
    return new PostgresStore(await lendEngine(async () => (onServer ? (await testDatabase()).databaseUrl : image())))
  if (!onServer) return openMemoryStore({ ...options, image: await image() })
  const { databaseUrl, drop } = await testDatabase()
  const store = await openStore({ databaseUrl, ...options })
  const close = store.close.bind(store)
  return Object.assign(store, {
    close: async () => {
      await close()
      await drop()
    },
  })
}

/** An embedded store in a folder of its own, for what is about files. `remove` deletes the folder; close the store before. */
export async function folderStore(
  options: Omit<StoreOptions, 'folder' | 'databaseUrl'> = {},
): Promise<{ store: Store; folder: string; remove: () => Promise<void> }> {
  const { folder, remove } = await dataFolder()
  return { store: await openStore({ folder, ...options }), folder, remove }
}

/** A data folder with a migrated, empty store in it that nobody has open. */
export async function dataFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const { folder, remove } = await testFolder()
  await cp(await migratedFolder(), join(folder, 'postgres'), { recursive: true, mode: constants.COPYFILE_FICLONE })
  return { folder, remove }
}

/** A new, empty temporary folder. */
export async function testFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-test-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A new database on the test server, made from a migrated one; `migrated: false` makes an empty one. */
export async function testDatabase({ migrated = true } = {}): Promise<{ databaseUrl: string; drop: () => Promise<void> }> {
  const name = `throughline_test_${randomBytes(6).toString('hex')}`
  const template = migrated ? await templateDatabase() : 'template1'
  await onPostgres((client) => client.query(`create database ${name} template ${template}`))
  return { databaseUrl: urlOf(name), drop: () => onPostgres((client) => client.query(`drop database if exists ${name} with (force)`)) }
}

/** The migrated database the others are copied from; made once a server and set of migrations, whoever comes first. */
async function templateDatabase(): Promise<string> {
  const name = `throughline_template_${await key()}`
  await onPostgres(async (client) => {
    await client.query('select pg_advisory_lock(4471)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    const unfinished = `${name}_${randomBytes(4).toString('hex')}`
    await client.query(`create database ${unfinished}`)
    await (await openStore({ databaseUrl: urlOf(unfinished) })).close()
    await client.query(`alter database ${unfinished} rename to ${name}`)
  })
  return name
}

async function onPostgres(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl())
  url.pathname = `/${database}`
  return url.href
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url)
    throw new Error('TEST_STORE=server needs TEST_DATABASE_URL, or test/support/postgres-server.ts as globalSetup in vitest.config.ts.')
  return url
}

const kept = join(tmpdir(), 'throughline-test-images')
const KEPT_MS = 24 * 3600 * 1000

/** A migrated, empty data folder as a tar file, made once for each set of migrations. */
async function image(): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(kept, `${await key()}.tar`)
  if (!existsSync(file)) await keep(file, async (unfinished) => writeFile(unfinished, await migratedImage()))
  return Uint8Array.from(await readFile(file))
}

/** The same on disk. */
async function migratedFolder(): Promise<string> {
  const folder = join(kept, await key())
  if (!existsSync(folder)) {
    await keep(folder, async (unfinished) => {
      const made = await testFolder()
      await (await openStore({ folder: made.folder })).close()
      await cp(join(made.folder, 'postgres'), unfinished, { recursive: true })
      await made.remove()
    })
  }
  return folder
}

/** Makes something under another name first, because several test files may need it at once; forgets what is old. */
async function keep(path: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  await mkdir(kept, { recursive: true })
  for (const name of await readdir(kept)) {
    const found = await stat(join(kept, name)).catch(() => null) // another run may have removed it
    if (found && Date.now() - found.mtimeMs > KEPT_MS) await rm(join(kept, name), { recursive: true, force: true })
  }
  const unfinished = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await make(unfinished)
  await rename(unfinished, path).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(path)) throw error
  })
}

/** Changes with the migrations and with PGlite. */
async function key(): Promise<string> {
  const root = new URL('../../', import.meta.url)
  const hash = createHash('sha256')
  for (const name of (await readdir(new URL('migrations/', root))).sort())
    hash.update(name).update(await readFile(new URL(`migrations/${name}`, root)))
  hash.update(await readFile(new URL('node_modules/@electric-sql/pglite/package.json', root)))
  return hash.digest('hex').slice(0, 16)
}
