import { access, constants, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { gitEnvironment, HARMLESS } from '../program/environment.ts'
import { gitFailure, noSuchPath, unreadable } from '../program/failure.ts'
import { runGit } from '../program/run.ts'
import { requireGit } from '../program/version.ts'
import { isolate, type Isolated, type ObjectFormat } from './isolate.ts'

/** A repository that can be read. */
export interface Repository {
  /** Absolute path it was asked for by. */
  path: string
  /** Name of its folder, without a bare repository's `.git`, and of the one above. */
  folders: string[]
  /** The commit HEAD names; null while nothing was committed. */
  head: string | null
  /** Name of the branch HEAD is on; null when detached. */
  branch: string | null
  shallow: boolean
  /** Some objects were left on a server (`git clone --filter`); they are not fetched. */
  partial: boolean
  objects: Isolated
  /** Runs git in the repository itself, for refs only. */
  refs(args: readonly string[]): ReturnType<typeof runGit>
  close(): Promise<void>
}

/**
 * Opens the repository at a path, or the one the path lies in.
 * Throws a Refusal: `git.no_such_path`, `git.unreadable`, `git.not_a_repository`, `git.not_trusted`, `git.missing`,
 * `git.too_old`, `git.unknown_format`.
 */
export async function openRepository(asked: string, signal?: AbortSignal): Promise<Repository> {
  const path = resolve(asked)
  await requireReadableFolder(path)
  await requireGit(path)
  const call = { cwd: path, env: gitEnvironment(), ...(signal ? { signal } : {}) }
  const refs = (args: readonly string[]) => runGit([...HARMLESS, ...args], call)
  const ask = async (...args: string[]): Promise<string> => {
    const answer = await refs(['rev-parse', ...args])
    if (answer.code !== 0) throw gitFailure(path, answer)
    return answer.output.toString('utf8').replace(/\n$/, '')
  }
  const gitFolder = await ask('--absolute-git-dir')
  const workTree = () => (basename(gitFolder) === '.git' ? dirname(gitFolder) : ask('--show-toplevel').catch(() => null)) // a bare repository has none
  const objects = await ask('--path-format=absolute', '--git-path', 'objects')
  const shallowFile = await ask('--path-format=absolute', '--git-path', 'shallow')
  const format: ObjectFormat = (await ask('--show-object-format')) === 'sha256' ? 'sha256' : 'sha1'
  await access(objects, constants.R_OK | constants.X_OK).catch(() => {
    throw unreadable(objects)
  })
  const head = await refs(['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD'])
  const branch = await refs(['symbolic-ref', '--quiet', '--', 'HEAD'])
  const isolated = await isolate({ objects, shallowFile, format }, signal)
  return {
    path,
    folders: foldersOf((await workTree()) ?? gitFolder),
    head: head.code === 0 ? head.output.toString('latin1').trim() : null,
    branch:
      branch.code === 0
        ? branch.output
            .toString('utf8')
            .trim()
            .replace(/^refs\/heads\//, '')
        : null,
    shallow: isolated.boundary.size > 0,
    partial: await hasPromises(objects),
    objects: isolated,
    refs,
    close: isolated.close,
  }
}

async function requireReadableFolder(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isDirectory()) throw noSuchPath(`${path} as a folder`)
    await access(path, constants.R_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw noSuchPath(path)
    if (code === 'EACCES' || code === 'EPERM') throw unreadable(path)
    throw error
  }
}

function foldersOf(path: string): string[] {
  return [basename(path).replace(/\.git$/, ''), basename(dirname(path))]
}

/** Packs that came from a partial clone lie beside a file that says so (gitformat-pack, partial-clone). */
async function hasPromises(objects: string): Promise<boolean> {
  const packs = await readdir(join(objects, 'pack')).catch(() => [])
  return packs.some((name) => name.endsWith('.promisor'))
}
