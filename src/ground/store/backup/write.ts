import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Refusal } from '../../core/index.ts'
import { syncFile, syncFolder } from '../durable.ts'
import type { Connection, Engine } from '../engine.ts'
import { isDiskFull } from '../errors.ts'
import { appliedMigrations } from '../migrate.ts'
import { identifier } from '../statement.ts'
import type { BackupResult } from '../store.ts'
import { countLines, END_OF_ROWS, FORMAT, FORMAT_VERSION, line, type TableHeading } from './format.ts'
import { sequences, tableName, tablesInOrder } from './tables.ts'

/** Pages of 8 kB read at once: about a megabyte of rows, whatever the size of the table. */
const SLICE_PAGES = 128
const PAGE_BYTES = 8192

/** Writes everything as it is at one moment; to a temporary name first, so that a file under its own name is whole. */
export async function writeBackup(engine: Engine, file: string): Promise<BackupResult> {
  const target = resolve(file)
  const unfinished = `${target}.unfinished`
  const snapshot = await engine.snapshot()
  try {
    await mkdir(dirname(target), { recursive: true })
    const rows: Record<string, number> = {}
    await pipeline(
      Readable.from(content(snapshot.connection, rows), { objectMode: false }),
      createGzip({ level: 6 }),
      createWriteStream(unfinished, { mode: 0o600 }),
    )
    await syncFile(unfinished)
    await rename(unfinished, target)
    await syncFolder(dirname(target))
    return { bytes: (await stat(target)).size, rows: Object.values(rows).reduce((sum, count) => sum + count, 0) }
  } catch (error) {
    await rm(unfinished, { force: true })
    throw backupRefusal(target, error)
  } finally {
    await snapshot.close()
  }
}

async function* content(connection: Connection, rows: Record<string, number>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const part of body(connection, rows)) yield hashed(hash, part)
  yield line({ end: true, rows, sha256: hash.digest('hex') })
}

async function* body(connection: Connection, rows: Record<string, number>): AsyncGenerator<Uint8Array> {
  await connection.allow(null)
  yield line({
    format: FORMAT,
    version: FORMAT_VERSION,
    createdAt: new Date().toISOString(),
    migrations: await appliedMigrations(connection),
  })
  for (const heading of await tablesInOrder(connection)) {
    rows[heading.table] = 0
    yield line(heading)
    for await (const slice of slices(connection, heading)) {
      rows[heading.table]! += countLines(slice)
      yield slice
    }
    yield END_OF_ROWS
  }
  yield line({ sequences: await sequences(connection) })
}

/** The rows of a table by their place on disk, a few pages at a time; the last slice has no upper end. */
async function* slices(connection: Connection, heading: TableHeading): AsyncGenerator<Uint8Array> {
  const table = tableName(heading.table)
  const { rows } = await connection.run(`select pg_relation_size($1::regclass) as bytes`, [table])
  const pages = Math.ceil((rows[0] as { bytes: number }).bytes / PAGE_BYTES)
  const columns = heading.columns.map(identifier).join(', ')
  for (let page = 0; page < pages; page += SLICE_PAGES) {
    const below = page + SLICE_PAGES < pages ? ` and ctid < '(${page + SLICE_PAGES},0)'` : ''
    const slice = await connection.copyOut(`(select ${columns} from ${table} where ctid >= '(${page},0)'${below})`)
    if (slice.length > 0) yield slice
  }
}

function hashed(hash: Hash, part: Uint8Array): Uint8Array {
  hash.update(part)
  return part
}

function backupRefusal(file: string, error: unknown): unknown {
  if (isDiskFull(error))
    return new Refusal('store.disk_full', `There is no room for the backup ${file}.`, {
      status: 507,
      fix: 'Free some space or choose another disk. No half backup was left behind.',
      file,
    })
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'EEXIST')
    return new Refusal('store.backup_not_writable', `The backup ${file} cannot be written.`, {
      fix: 'Choose a place this user may write to.',
      file,
    })
  return error
}
