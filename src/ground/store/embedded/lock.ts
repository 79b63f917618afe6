import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { formatInstant, type Instant, Refusal } from '../../core/index.ts'

const LOCK_FILE = 'store.lock'
const HOLDER_FILE = 'store.holder.json'
/** Long enough to outlast a look by `lockHolder`, short enough for a person. */
const PATIENCE_MS = 250

const LockHolderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  since: z.number(),
  address: z.string().nullable(),
})

/** Which process holds a data folder. */
export interface LockHolder {
  pid: number
  /** Name of its machine. */
  host: string
  since: Instant
  /** Where it answers; null when it is not a server. */
  address: string | null
}

/**
 * The right to a data folder. PGlite does not protect its files (two processes each acknowledged writes and lost some),
 * so an SQLite file, opened exclusively, stands guard: the system gives it back at the death of the process, however
 * it died, and it works alike on all systems.
 */
export class FolderLock {
  readonly #guard: DatabaseSync
  readonly #holderFile: string

  private constructor(guard: DatabaseSync, holderFile: string) {
    this.#guard = guard
    this.#holderFile = holderFile
  }

  /** Takes the lock, or refuses with who holds it and where to reach it. */
  static take(folder: string, address: string | null): FolderLock {
    const guard = new DatabaseSync(join(folder, LOCK_FILE), { timeout: PATIENCE_MS })
    try {
      guard.exec('pragma journal_mode = memory; begin exclusive') // no second file
      const holderFile = join(folder, HOLDER_FILE)
      const holder: LockHolder = { pid: process.pid, host: hostname(), since: Date.now(), address }
      writeFileSync(holderFile, `${JSON.stringify(holder)}\n`)
      return new FolderLock(guard, holderFile)
    } catch (error) {
      guard.close()
      throw isBusy(error) ? lockedBy(folder, readHolder(folder)) : error
    }
  }

  release(): void {
    rmSync(this.#holderFile, { force: true })
    this.#guard.close()
  }
}

/** Who holds a data folder now; null when nobody does. Takes a moment, and never keeps the holder from anything. */
export async function lockHolder(folder: string): Promise<LockHolder | null> {
  const holder = readHolder(folder) // written right after the lock is taken, and left behind by a killed process
  return holder && isHeld(folder) ? holder : null
}

/** Whatever else may be wrong with the folder, opening the store will tell. */
function isHeld(folder: string): boolean {
  try {
    const look = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0, readOnly: true })
    try {
      look.prepare('select count(*) from sqlite_master').get()
      return false
    } finally {
      look.close()
    }
  } catch (error) {
    return isBusy(error)
  }
}

function readHolder(folder: string): LockHolder | null {
  try {
    return LockHolderSchema.parse(JSON.parse(readFileSync(join(folder, HOLDER_FILE), 'utf8')))
  } catch {
    return null
  }
}

function lockedBy(folder: string, holder: LockHolder | null): Refusal {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${formatInstant(holder.since)}` : 'another process'
  const fix = holder?.address
    ? `It answers at ${holder.address}: use that, stop it, or choose another folder with THROUGHLINE_DATA.`
    : 'Wait until it is done, stop it, or choose another folder with THROUGHLINE_DATA.'
  return new Refusal('store.locked', `The data folder ${folder} is in use by ${who}.`, { status: 409, fix, file: folder })
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
