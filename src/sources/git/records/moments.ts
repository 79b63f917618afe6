import type { History } from '../history/history.ts'

/** When a commit was committed, seconds since 1970; by its author's date when that alone can be read, else 0. */
export function committedSeconds(history: History, commit: number): number {
  return known(history.committedAt.at(commit)) ?? known(history.authoredAt.at(commit)) ?? 0
}

/** When it was written; when that cannot be read, when it was committed. */
export function authoredSeconds(history: History, commit: number): number {
  return known(history.authoredAt.at(commit)) ?? committedSeconds(history, commit)
}

function known(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : seconds
}
