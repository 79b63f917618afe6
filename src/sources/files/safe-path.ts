import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { ok, refuse, type Result } from '../../ground/core/index.ts'

/** Where a reference in a file leads: a file inside the folder, something on the network, or nothing. */
export type Target = { kind: 'file'; path: string; absolute: string } | { kind: 'remote' } | { kind: 'missing'; path: string }

const REMOTE = /^(?:url:)?(?:(?!file:)[a-z][a-z0-9+.-]+:)?\/\//i
const DRIVE = /^(?:[a-z]:|\\\\)/i

/**
 * Follows a reference written in a file without ever leaving the folder: not by `..`, not by an absolute path, not by a
 * symbolic link.
 * @param root real path of the folder
 * @param file the file that holds the reference, relative to the root
 */
export async function resolveInside(root: string, file: string, written: string): Promise<Result<Target>> {
  const target = written.trim()
  if (REMOTE.test(target)) return ok({ kind: 'remote' })
  if (target === '' || target.includes('\0'))
    return refuse('files.unsafe_path', 'The path is empty or holds a zero character', { fix: 'Write a path relative to this file.' })
  const plain = target.replace(/^(?:file:|url:)/i, '')
  if (isAbsolute(plain) || DRIVE.test(plain) || plain.startsWith('~')) return outside(target)
  const path = join(dirname(file), plain.replaceAll('\\', '/'))
  if (!inside(root, join(root, path))) return outside(target)
  try {
    const absolute = await realpath(join(root, path))
    if (!inside(root, absolute)) return outside(target)
    return ok({ kind: 'file', path: path.split(sep).join('/'), absolute })
  } catch {
    return ok({ kind: 'missing', path: path.split(sep).join('/') })
  }
}

/** True for a path below the root; both absolute. */
export function inside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function outside(target: string): Result<Target> {
  const shown = target.length > 80 ? `${target.slice(0, 77)}…` : target
  return refuse('files.unsafe_path', `"${shown}" leads out of the folder`, {
    fix: 'Refer only to files inside the folder, relative to this file.',
  })
}
