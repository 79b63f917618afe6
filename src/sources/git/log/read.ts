import type { GitExit, GitStream } from '../program/run.ts'
import type { LogEntry } from './entry.ts'
import { LOG_FORMAT, LogParser } from './parser.ts'

/**
 * Options that make git print what `LogParser` reads; the same for `git log` and `git diff-tree`.
 * @param mailmap object name of the mailmap at HEAD
 */
export function logCommand(command: 'log' | 'diff-tree', mailmap: string | null): string[] {
  const people = mailmap === null ? [] : ['-c', `mailmap.blob=${mailmap}`]
  return [...people, command, '-z', '--no-color', '--encoding=UTF-8', '--no-ext-diff', '--no-textconv', LOG_FORMAT]
}

/**
 * Reads commits as git prints them. Git waits while `take` does.
 * @param withFiles files were asked for, so that a commit git stopped in may lack some
 * @returns how git ended: the caller judges a failure, having kept what was read
 */
export async function readLog(git: GitStream, withFiles: boolean, take: (entries: LogEntry[]) => void | Promise<void>): Promise<GitExit> {
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
  const last = parser.end(exit.code === 0 ? 'whole' : withFiles ? 'cut' : 'cut-between')
  if (last.length > 0) await take(last)
  return exit
}
