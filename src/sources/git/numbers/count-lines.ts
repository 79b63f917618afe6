import { availableParallelism } from 'node:os'
import type { LogEntry } from '../log/entry.ts'
import { logCommand, readLog } from '../log/read.ts'
import { firstFault, gitFailure } from '../program/failure.ts'
import type { GitExit } from '../program/run.ts'
import type { Repository } from '../repository/open.ts'
import { CommitQueue } from './queue.ts'

/** Commits as they are counted; `fault` says in git's words why these have paths and no line counts. */
export type TakeCounted = (entries: readonly LogEntry[], fault: string | null) => Promise<void>

export interface CountWish {
  count: number
  /** Full name of each commit, in the order they are wanted. */
  name: (index: number) => string
  mailmap: string | null
}

/** More git processes than this only wait for the one that writes records. */
const MOST_READERS = 4
/** A further reader pays when it has this many commits to read. */
const WORTH_A_READER = 500
/**
 * Commits a reader is given ahead. Git prints in whole blocks, so there has to be more ahead than a block can hold
 * (64 KiB at most; a commit is 150 bytes at least), or both would wait for each other.
 */
const AHEAD = 1_024
const AT_ONCE = 256
/** After so many commits that could not be counted, and most of all, the rest is read without counting. */
const GIVE_UP_AFTER = 200

const COUNTED = ['--numstat', '-M']
const PATHS_ONLY = ['--raw', '--no-renames', '--no-abbrev']

/**
 * Counts the lines of many commits with a few git processes, each fed from one queue, so that none is idle while
 * another has the large commits. A commit that needs a missing object is read again by itself with its paths only;
 * one that cannot be read at all is given to `unreadable`.
 */
export async function countLines(
  repository: Repository,
  wish: CountWish,
  take: TakeCounted,
  unreadable: (sha: string, fault: string) => void,
): Promise<void> {
  const queue = new CommitQueue(wish.count, wish.name)
  let counted = 0
  let faults = 0

  async function work(): Promise<void> {
    for (;;) {
      const mostMissing = faults >= GIVE_UP_AFTER && faults > counted
      const { exit, left } = await read(queue, mostMissing ? PATHS_ONLY : COUNTED, mostMissing ? 'most objects are missing' : null)
      if (exit.code === 0) return
      if (!namesObject(exit)) throw gitFailure(repository.path, exit)
      const [first, ...others] = left
      queue.putBack(others)
      if (first !== undefined) await readAlone(first)
    }
  }

  /** Tries one commit with ever less asked of it. */
  async function readAlone(commit: string): Promise<void> {
    let fault: string | null = null
    for (const options of [COUNTED, PATHS_ONLY, ['--no-patch']]) {
      const { exit, left } = await read(new CommitQueue(1, () => commit), options, fault)
      if (left.length === 0) return
      if (!namesObject(exit)) throw gitFailure(repository.path, exit)
      if (fault === null) faults++
      fault ??= firstFault(exit.stderr)
    }
    unreadable(commit, fault ?? 'unknown')
  }

  /** One git process from its start to its end. `left` are commits it was given and did not finish. */
  async function read(from: CommitQueue, options: readonly string[], fault: string | null): Promise<{ exit: GitExit; left: string[] }> {
    const git = repository.objects.stream(
      [...logCommand('diff-tree', wish.mailmap), '--stdin', '-r', '--root', '--always', '--ignore-submodules=all', ...options],
      'later',
    )
    const given: string[] = []
    const give = () => {
      while (given.length < AHEAD) {
        const more = from.take(AT_ONCE)
        if (more.length === 0) return git.end()
        given.push(...more)
        git.write(`${more.join('\n')}\n`)
      }
    }
    give()
    const exit = await readLog(git, true, async (entries) => {
      for (const { sha } of entries) {
        for (let next = given.shift(); next !== undefined && next !== sha; next = given.shift()) unreadable(next, 'git passed over it')
      }
      if (options === COUNTED) counted += entries.length
      give()
      await take(entries, fault)
    })
    return { exit, left: given }
  }

  const readers = Math.max(1, Math.min(MOST_READERS, availableParallelism(), Math.ceil(wish.count / WORTH_A_READER)))
  await Promise.all(Array.from({ length: readers }, work))
}

/** A failure that names an object is a hole to read around; any other ends the scan. */
function namesObject(exit: GitExit): boolean {
  return /\b[0-9a-f]{40,64}\b/.test(exit.stderr)
}
