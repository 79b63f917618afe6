import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { gitEnvironment, HARMLESS } from './program/environment.ts'
import { runGit } from './program/run.ts'

/** A file of a folder as a branch or tag has it. */
export interface FileOnRef {
  name: string
  /** One of the refs that have it: `refs/heads/main`. */
  ref: string
}

/** Refs that are looked at; a repository with more is asked for its newest. */
const MOST_REFS = 2_000

/**
 * The names of the files a folder has on any branch, here or fetched from elsewhere, each once. Nothing is checked out and
 * nothing is fetched.
 * @returns null where the folder lies in no git repository
 */
export async function filesOnRefs(folder: string): Promise<FileOnRef[] | null> {
  const at = nearestFolder(resolve(folder))
  const git = (args: readonly string[], input = '') => runGit([...HARMLESS, ...args], { cwd: at.folder, env: gitEnvironment(), input })
  const prefix = await git(['rev-parse', '--show-prefix'])
  if (prefix.code !== 0) return null
  const inside = [prefix.output.toString('utf8').trim().replace(/\/$/, ''), at.below].filter(Boolean).join('/')
  const listed = await git([
    'for-each-ref',
    `--count=${MOST_REFS}`,
    '--sort=-creatordate',
    '--format=%(refname)',
    'refs/heads',
    'refs/remotes',
  ])
  const refs = listed.output.toString('utf8').split('\n').filter(Boolean)
  // Most branches have the same folder: trees are told apart first, and each is listed once.
  const asked = refs.map((ref) => `${ref}:${inside}\n`).join('')
  const checked = await git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], asked)
  const trees = new Map<string, string>()
  for (const [index, line] of checked.output.toString('utf8').trimEnd().split('\n').entries()) {
    const [type, object] = line.split(' ')
    if (type === 'tree' && object && !trees.has(object)) trees.set(object, refs[index]!)
  }
  const found = new Map<string, FileOnRef>()
  for (const [tree, ref] of trees) {
    const names = await git(['ls-tree', '-z', '--full-tree', '--name-only', tree])
    for (const name of names.output.toString('utf8').split('\0').filter(Boolean)) if (!found.has(name)) found.set(name, { name, ref })
  }
  return [...found.values()]
}

/** The folder, or the nearest one above it where it is not made yet, with the way down from there. */
function nearestFolder(path: string, below = ''): { folder: string; below: string } {
  const above = dirname(path)
  if (existsSync(path) || above === path) return { folder: path, below }
  return nearestFolder(above, below === '' ? basename(path) : join(basename(path), below))
}
