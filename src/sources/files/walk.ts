import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../../ground/core/index.ts'
import { errorCode } from './bytes.ts'
import type { Limits } from './limits.ts'
import { inside } from './safe-path.ts'

/** Folders that hold other people's files or none of ours. */
const SKIPPED = new Set(['node_modules', 'bower_components', '.git', '.hg', '.svn', '.venv', '.throughline'])

export interface Walk {
  /** Paths of regular files below the root, relative, with slashes, in a fixed order: files of a folder before its folders. */
  paths: string[]
  problems: Problem[]
}

/** Finds the files below a folder whose names `wanted` accepts. Never follows a symbolic link. */
export async function walkFolder(root: string, wanted: (name: string) => boolean, limits: Limits): Promise<Walk> {
  const walk: Walk = { paths: [], problems: [] }
  const open: { folder: string; depth: number }[] = [{ folder: '', depth: 0 }]
  let seen = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const { folder, depth } = next
    let entries
    try {
      entries = await readdir(join(root, folder), { withFileTypes: true })
    } catch (error) {
      walk.problems.push({
        code: 'files.unreadable',
        severity: 'error',
        message: `The folder cannot be read (${errorCode(error)})`,
        fix: 'Check that you may read it.',
        file: folder || '.',
      })
      continue
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    const folders: { folder: string; depth: number }[] = []
    for (const entry of entries) {
      seen += 1
      if (seen > limits.entries) {
        walk.problems.push({
          code: 'files.too_many',
          severity: 'error',
          message: `The folder holds more than ${limits.entries.toLocaleString('en-GB')} files; the rest was not read`,
          fix: 'Point at the folder that holds the intent files.',
          file: folder || '.',
        })
        return walk
      }
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isSymbolicLink()) await remarkOnLink(root, path, wanted(entry.name), walk.problems)
      else if (entry.isFile() && wanted(entry.name)) walk.paths.push(path)
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push({ folder: path, depth: depth + 1 })
    }
    if (depth >= limits.folderDepth && folders.length > 0) {
      walk.problems.push({
        code: 'files.too_deep',
        severity: 'warning',
        message: `Folders more than ${limits.folderDepth} levels down were not read`,
        fix: 'Move the files up, or point at a folder further down.',
        file: folders[0]!.folder,
      })
    } else for (const folder of folders.reverse()) open.push(folder)
  }
  return walk
}

/** A link to something inside is met again under its own name; one that leads out is not followed, and said so. */
async function remarkOnLink(root: string, path: string, wantedName: boolean, problems: Problem[]): Promise<void> {
  try {
    const target = await realpath(join(root, path))
    if (inside(root, target)) return
    if (!wantedName && !(await stat(target)).isDirectory()) return
    problems.push({
      code: 'files.link_outside',
      severity: 'warning',
      message: 'This symbolic link leads out of the folder and was not followed',
      fix: 'Copy the file into the folder.',
      file: path,
    })
  } catch {
    if (wantedName)
      problems.push({
        code: 'files.link_outside',
        severity: 'warning',
        message: 'This symbolic link leads nowhere',
        fix: 'Remove it or repair its target.',
        file: path,
      })
  }
}
