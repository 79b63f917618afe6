import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../core/index.ts'

const BYTES = 32
const WHOLE = /^[0-9a-f]{64}$/

/**
 * The secret of the installation whose data is in a folder: read from its file `secret`, which is made when there is none.
 * Whoever dies while making it leaves none, and of several who make it at once all get the same.
 */
export function secretIn(folder: string): Buffer {
  const file = join(folder, 'secret')
  const written = read(file) ?? make(folder, file)
  if (!WHOLE.test(written))
    throw new Refusal('identity.secret_damaged', `The secret of this installation is damaged: ${file} should hold 64 hexadecimal digits.`, {
      status: 503,
      fix: 'Put it back from a copy, or set THROUGHLINE_SECRET. Without it people get new pseudonyms and refused lines stay sealed; only if that does not matter, remove the file and start again.',
      file,
    })
  return Buffer.from(written, 'hex')
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw refusalOf(error, file)
  }
}

/** Written whole under another name, on the disk, and only then given its own. */
function make(folder: string, file: string): string {
  const unfinished = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const descriptor = openSync(unfinished, 'wx', 0o600)
    try {
      writeSync(descriptor, randomBytes(BYTES).toString('hex'))
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    linkSync(unfinished, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw refusalOf(error, file) // otherwise somebody else was faster
  } finally {
    rmSync(unfinished, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

function refusalOf(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Refusal('store.disk_full', `The disk is full, so the secret of this installation could not be written to ${file}.`, {
      status: 507,
      fix: 'Free some space, or choose another folder with THROUGHLINE_DATA.',
      file,
    })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Refusal('identity.secret_out_of_reach', `The secret of this installation in ${file} cannot be read or written (${code}).`, {
      status: 503,
      fix: 'Run as the user who owns the data folder, or set THROUGHLINE_SECRET.',
      file,
    })
  return error
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
