import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gitEnvironment } from '../program/environment.ts'
import { type GitExit, type GitStream, runGit, streamGit } from '../program/run.ts'

/**
 * A repository of our own, empty and short-lived, that borrows the objects of the one that is read. So neither that
 * repository's configuration, hooks, attributes, grafts and replacements nor the user's reach the git that reads
 * its content: nothing in it can run a program, fetch, or change how lines are counted.
 */
export interface Isolated {
  stream(args: readonly string[], input?: string): GitStream
  run(args: readonly string[], input?: string): Promise<GitExit & { output: Buffer }>
  /** Commits whose parents are not to be looked for: a shallow clone's own, and those found to lead to missing objects. */
  boundary: ReadonlySet<string>
  /** Makes further commits boundaries: they then read as if they had no parents. */
  cut(commits: Iterable<string>): Promise<void>
  close(): Promise<void>
}

export interface Borrowed {
  /** Absolute path of the object folder. */
  objects: string
  /** Absolute path of the file that lists a shallow clone's boundary; it may not exist. */
  shallowFile: string
  format: ObjectFormat
}

export type ObjectFormat = 'sha1' | 'sha256'

/** Makes the borrowing repository. `close` removes it. */
export async function isolate(borrowed: Borrowed, signal?: AbortSignal): Promise<Isolated> {
  const home = await mkdtemp(join(tmpdir(), 'throughline-scan-'))
  const boundary = new Set((await readFile(borrowed.shallowFile, 'utf8').catch(() => '')).split('\n').filter(Boolean))
  const writeBoundary = () => writeFile(join(home, 'shallow'), [...boundary].map((sha) => `${sha}\n`).join(''))
  const version = borrowed.format === 'sha1' ? 'repositoryformatversion = 0' : 'repositoryformatversion = 1'
  const extension = borrowed.format === 'sha1' ? '' : `[extensions]\n\tobjectformat = ${borrowed.format}\n`
  await mkdir(join(home, 'refs'))
  await mkdir(join(home, 'objects'))
  await writeFile(join(home, 'HEAD'), 'ref: refs/heads/none\n')
  // The commit graph is a cache that may know commits whose objects are gone; without it every commit is looked at.
  await writeFile(join(home, 'config'), `[core]\n\t${version}\n\tbare = true\n\tcommitGraph = false\n${extension}`)
  if (boundary.size) await writeBoundary()
  const env = gitEnvironment({
    GIT_DIR: home,
    GIT_OBJECT_DIRECTORY: borrowed.objects,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    HOME: home,
    XDG_CONFIG_HOME: home,
  })
  const call = (input?: string) => ({ cwd: home, env, ...(input === undefined ? {} : { input }), ...(signal ? { signal } : {}) })
  return {
    boundary,
    stream: (args, input) => streamGit(args, call(input)),
    run: (args, input) => runGit(args, call(input)),
    async cut(commits) {
      for (const sha of commits) boundary.add(sha)
      await writeBoundary()
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}
