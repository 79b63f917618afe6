import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { ok, refuse, type Result } from '../../ground/core/index.ts'
import { formatBytes } from './limits.ts'

/**
 * Reads one regular file, never more than `limit` bytes. Devices, pipes and links are refused (a link was resolved by
 * whoever found the file), and the size is asked of the open file, so nothing can be swapped in between.
 */
export async function readBytes(path: string, limit: number): Promise<Result<Buffer>> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }))
      if (!isFile) return refuse('files.not_a_file', 'This is not a regular file', { fix: 'Put a plain file in its place.' })
      if (size > limit) return tooLarge(size, limit)
      const buffer = Buffer.alloc(size)
      const { bytesRead } = await file.read(buffer, 0, size, 0)
      return ok(buffer.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    return refuse('files.unreadable', `The file cannot be read (${errorCode(error)})`, {
      fix: 'Check that it still exists and that you may read it.',
    })
  }
}

/** The first bytes of a file, to see what it is about; empty when it cannot be read. */
export async function readHead(path: string, bytes: number): Promise<Buffer> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      const buffer = Buffer.alloc(bytes)
      const { bytesRead } = await file.read(buffer, 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return Buffer.alloc(0)
  }
}

function tooLarge(size: number, limit: number): Result<Buffer> {
  return refuse('files.too_large', `The file has ${formatBytes(size)}; at most ${formatBytes(limit)} are read`, {
    fix: 'Split it into several files.',
  })
}

/** `ENOENT`, `EACCES`, …; messages of the system carry paths of this machine and are not shown. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error'
}
