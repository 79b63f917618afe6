import type { GitExit } from '../program/run.ts'
import type { Isolated } from '../repository/isolate.ts'
import type { LogEntry } from './entry.ts'
import { LOG_FORMAT, LogParser } from './parser.ts'

/** How a log is read. */
export interface LogWish {
  /** Options and revisions; revisions that come from outside are full object names. */
  args: readonly string[]
  /** Object names for `--stdin`. */
  input?: string
  /** Object name of the mailmap at HEAD. */
  mailmap: string | null
  /** Files are asked for as well. */
  withFiles: boolean
}

/**
 * Streams a log of the isolated repository. Git waits while `take` does.
 * @returns how git ended: the caller judges a failure, having kept what was read
 */
export async function readLog(objects: Isolated, wish: LogWish, take: (entries: LogEntry[]) => void | Promise<void>): Promise<GitExit> {
  const mailmap = wish.mailmap === null ? [] : ['-c', `mailmap.blob=${wish.mailmap}`]
  const git = objects.stream([...mailmap, 'log', '-z', '--no-color', '--encoding=UTF-8', '--no-ext-diff', '--no-textconv', LOG_FORMAT, ...wish.args], wish.input)
  const parser = new LogParser()
  try {
    for await (const chunk of git.output) {
      const entries = parser.push(chunk)
      if (entries.length > 0) await take(entries)
    }
  } catch (error) {
    git.stop()
    await git.exit // a missing git or an abort explains more than a broken pipe
    throw error
  }
  const exit = await git.exit
  const last = parser.end(exit.code === 0 ? 'whole' : wish.withFiles ? 'cut' : 'cut-between')
  if (last.length > 0) await take(last)
  return exit
}
