import { existsSync } from 'node:fs'
import { access, constants, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../core/index.ts'
import { syncFolder, syncTree } from '../durable.ts'
import { diskFull, isDiskFull } from '../errors.ts'
import { DatabaseThread } from './database-thread.ts'
import { FolderLock } from './lock.ts'
import { SNAPSHOT_SUFFIX } from './snapshot.ts'

/** The major version of PostgreSQL inside this PGlite; its data files fit no other. */
const POSTGRES_VERSION = '18'
const DATA = 'postgres'
/** Made here first and renamed when whole, so that an interrupted first start leaves nothing half made. */
const UNFINISHED = 'postgres.unfinished'

/** A data folder, locked, with data files that are whole. */
export interface DataFolder {
  /** Where PostgreSQL's files are. */
  files: string
  lock: FolderLock
}

/** Makes or finds the data folder and takes its lock; makes the data files when there are none. */
export async function claimFolder(folder: string, address: string | null): Promise<DataFolder> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const lock = FolderLock.take(folder, address)
    try {
      return { files: await dataFiles(folder), lock }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw folderRefusal(folder, error)
  }
}

async function dataFiles(folder: string): Promise<string> {
  const files = join(folder, DATA)
  await rm(`${files}${SNAPSHOT_SUFFIX}`, { recursive: true, force: true })
  if (!existsSync(files)) await makeDataFiles(folder, files)
  const version = (await readFile(join(files, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === POSTGRES_VERSION) return files
  if (!version)
    throw new Refusal('store.unreadable', `The folder ${files} is not a PostgreSQL data folder: its PG_VERSION is missing.`, {
      status: 503,
      fix: 'Restore the latest backup into an empty data folder (throughline restore). Keep this folder until that is done.',
      file: files,
    })
  throw new Refusal(
    'store.other_postgres',
    `The data in ${files} was written by PostgreSQL ${version}; this version of Throughline brings PostgreSQL ${POSTGRES_VERSION}.`,
    {
      status: 503,
      fix: 'Make a backup with the version of Throughline that wrote it, and restore that into an empty data folder with this one.',
      file: files,
    },
  )
}

async function makeDataFiles(folder: string, files: string): Promise<void> {
  const unfinished = join(folder, UNFINISHED)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  try {
    const thread = await DatabaseThread.start({ folder: unfinished, durable: true, image: null })
    await thread.ask({ ask: 'close' }, null)
    await thread.terminate()
    await syncTree(unfinished) // PGlite copies the new files in without waiting for the disk
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }) // on a full disk others need the room
    throw error
  }
  await rename(unfinished, files)
  await syncFolder(folder)
}

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS'])
/** SQLite's CANTOPEN and READONLY: what a folder that cannot be written looks like to it. */
const SQLITE_NOT_WRITABLE = new Set([14, 8])

function folderRefusal(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal) return error
  const code = 'code' in error ? String(error.code) : ''
  if (isDiskFull(error)) return diskFull()
  if (NOT_WRITABLE.has(code) || ('errcode' in error && SQLITE_NOT_WRITABLE.has(Number(error.errcode) & 0xff))) {
    return new Refusal('store.folder_not_writable', `The data folder ${folder} cannot be written.`, {
      status: 503,
      fix: 'Give this user the right to write there, or choose another folder with THROUGHLINE_DATA.',
      file: folder,
    })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new Refusal('store.folder_not_writable', `${folder} is not a folder.`, {
      status: 503,
      fix: 'Choose another folder with THROUGHLINE_DATA.',
      file: folder,
    })
  return error
}
