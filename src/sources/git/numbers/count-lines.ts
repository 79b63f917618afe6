import type { LogEntry } from '../log/entry.ts'
import { readLog } from '../log/read.ts'
import { firstFault, gitFailure } from '../program/failure.ts'
import type { GitExit } from '../program/run.ts'
import type { Repository } from '../repository/open.ts'
import { partLength, workersFor } from './parts.ts'

/** Commits as they are counted; `fault` says in git's words why these have paths and no line counts. */
export type TakeCounted = (entries: readonly LogEntry[], fault: string | null) => Promise<void>

export interface CountWish {
  count: number
  /** Full name of each commit, in the order they are wanted. */
  name: (index: number) => string
  mailmap: string | null
}

/** After so many commits that could not be counted, and most of all, the rest is read without counting. */
const GIVE_UP_AFTER = 200

const COUNTED = ['--numstat', '-M']
const PATHS_ONLY = ['--raw', '--no-renames', '--no-abbrev']

/**
 * Counts the lines of many commits, a few git processes at a time, each on contiguous parts of the list. A commit that
 * needs an object that is missing is read again by itself with its paths only; one that cannot be read at all is
 * given to `unreadable`.
 */
export async function countLines(repository: Repository, wish: CountWish, take: TakeCounted, unreadable: (sha: string, fault: string) => void): Promise<void> {
  const workers = workersFor(wish.count)
  const length = partLength(wish.count, workers)
  let next = 0
  let counted = 0
  let faults = 0

  async function read(commits: readonly string[], options: readonly string[], fault: string | null): Promise<{ taken: number; exit: GitExit }> {
    let taken = 0
    const args = ['--no-walk=unsorted', '--stdin', '--root', '--ignore-submodules=all', ...options]
    const exit = await readLog(repository.objects, { args, input: `${commits.join('\n')}\n`, mailmap: wish.mailmap, withFiles: true }, async (entries) => {
      taken += entries.length
      await take(entries, fault)
    })
    return { taken, exit }
  }

  async function readPart(commits: readonly string[]): Promise<void> {
    for (let rest = commits; rest.length > 0; ) {
      if (faults >= GIVE_UP_AFTER && faults > counted) return readPaths(rest, 'most objects are missing')
      const { taken, exit } = await read(rest, COUNTED, null)
      counted += taken
      if (exit.code === 0) return
      requireFaultyObject(repository.path, exit)
      rest = rest.slice(taken)
      if (rest.length === 0) return
      await readAlone(rest[0]!)
      rest = rest.slice(1)
    }
  }

  async function readAlone(commit: string): Promise<void> {
    const { taken, exit } = await read([commit], COUNTED, null)
    if (taken === 1) counted++
    else {
      requireFaultyObject(repository.path, exit)
      faults++
      await readPaths([commit], firstFault(exit.stderr))
    }
  }

  async function readPaths(commits: readonly string[], fault: string): Promise<void> {
    for (let rest = commits; rest.length > 0; ) {
      const { taken, exit } = await read(rest, PATHS_ONLY, fault)
      if (exit.code === 0) return
      requireFaultyObject(repository.path, exit)
      rest = rest.slice(taken)
      const [commit] = rest
      if (commit === undefined) return
      // Even the folders are gone: what remains is the commit itself.
      const alone = await read([commit], ['--no-patch'], firstFault(exit.stderr))
      if (alone.taken === 0) unreadable(commit, firstFault(alone.exit.stderr))
      rest = rest.slice(1)
    }
  }

  async function work(): Promise<void> {
    while (next < wish.count) {
      const from = next
      next = Math.min(from + length, wish.count)
      await readPart(Array.from({ length: next - from }, (_, index) => wish.name(from + index)))
    }
  }

  await Promise.all(Array.from({ length: workers }, work))
}

/** A failure that names an object is a hole to read around; any other ends the scan. */
function requireFaultyObject(path: string, exit: GitExit): void {
  if (!/\b[0-9a-f]{40,64}\b/.test(exit.stderr)) throw gitFailure(path, exit)
}
