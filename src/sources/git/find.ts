import { access, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { noSuchPath, unreadable } from './program/failure.ts'

const DEPTH = 4
const NEVER_ENTERED = new Set(['node_modules', 'bower_components', '.cache', '.venv', 'venv', '__pycache__'])

/**
 * Finds what can be scanned at a path: the repository there (with a work tree or bare), else every repository in the
 * folder down to four levels, else the repository the folder lies in. Does not look inside a repository for others,
 * nor into `node_modules`, and follows no symbolic links.
 * @returns absolute paths in alphabetical order; empty when there is none
 * @throws Refusal `git.no_such_path` or `git.unreadable`
 */
export async function findRepositories(asked: string): Promise<string[]> {
  const path = resolve(asked)
  const there = await stat(path).catch(() => null)
  if (!there?.isDirectory()) throw noSuchPath(path)
  if (await isRepository(path)) return [path]
  const below = await inside(path, DEPTH, true)
  if (below.length > 0) return below.sort()
  for (let above = dirname(path); ; above = dirname(above)) {
    if (await isRepository(above)) return [above]
    if (above === dirname(above)) return []
  }
}

async function inside(folder: string, depth: number, asked = false): Promise<string[]> {
  if (depth === 0) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (asked) throw error instanceof Error && 'code' in error && error.code === 'EACCES' ? unreadable(folder) : error
    return [] // a folder below that may not be read is not what was asked for
  })
  const found: string[] = []
  for (const entry of entries) {
    if (!entry.isDirectory() || NEVER_ENTERED.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (await isRepository(path)) found.push(path)
    else found.push(...(await inside(path, depth - 1)))
  }
  return found
}

/** A work tree has `.git` (a folder, or a file in linked work trees and submodules); a bare repository has git's own layout. */
async function isRepository(path: string): Promise<boolean> {
  if (path.endsWith('/.git')) return false
  if (await exists(join(path, '.git'))) return true
  return (await exists(join(path, 'HEAD'))) && (await exists(join(path, 'objects'))) && (await exists(join(path, 'refs')))
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
