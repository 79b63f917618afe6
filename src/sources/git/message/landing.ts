import { clip } from '../log/text.ts'
import { CONVENTIONS, type Family } from './conventions.ts'
import { isSyncTitle, mergedBranch } from './merges.ts'

/**
 * How a commit came to be on its line, as its message tells:
 * - `pull`: it is the merge or squash of a pull request, by the convention of a host
 * - `part`: one of several commits that one merge request was landed as
 * - `sync`: it brings the main line into a branch, or a colleague's newer main line
 * - `line`: it merges a long-lived line of work (develop, release, maintenance)
 * - `import`: it takes in the history of another repository
 * - `plain`: it merges some other branch
 * `byHost`: the host itself committed it, not a person at a keyboard.
 */
export type Landing =
  | {
      kind: 'pull' | 'part'
      convention: string
      family: Family
      number: number | null
      title: string
      branch: string | null
      merge: boolean
      byHost: boolean
    }
  | { kind: 'sync' | 'line' | 'import' | 'plain'; title: string; branch: string | null; merge: true }

/**
 * Reads how a commit landed; null for an ordinary commit.
 * @param mainBranch name of the branch HEAD is on, when it is on one
 */
export function landingOf(
  commit: { message: string; parents: number; trailers: readonly (readonly [string, string])[]; committerEmail: string },
  mainBranch: string | null,
): Landing | null {
  const merge = commit.parents > 1
  const newline = commit.message.indexOf('\n')
  const title = clip(newline === -1 ? commit.message : commit.message.slice(0, newline), LONGEST_TITLE).trim()
  const body = newline === -1 ? '' : commit.message.slice(newline + 1).trim()
  for (const convention of CONVENTIONS) {
    if (convention.of !== 'both' && (convention.of === 'merge') !== merge) continue
    const read = convention.read({ title, body, trailers: commit.trailers })
    if (!read) continue
    const byHost = /^noreply@git(?:hub|lab)\./i.test(commit.committerEmail)
    return {
      kind: convention.part ? 'part' : 'pull',
      convention: convention.name,
      family: convention.family,
      merge,
      byHost,
      number: read.number,
      title: read.title ?? title,
      branch: read.branch ?? null,
    }
  }
  if (!merge) return null
  const branch = mergedBranch(title)
  if (isSyncTitle(title, mainBranch)) return { kind: 'sync', merge, title, branch }
  if (IMPORT.test(title)) return { kind: 'import', merge, title, branch: null }
  return { kind: branch !== null && LONG_LIVED.test(branch) ? 'line' : 'plain', merge, title: titleOfMerge(title), branch }
}

/** Characters of a title that are looked at. */
const LONGEST_TITLE = 2_000

/** `git subtree` and `git merge --allow-unrelated-histories` as they word it. */
const IMPORT =
  /^(?:Add '[^']+' from commit '[0-9a-f]+'|Squashed '[^']+\/?' (?:content|changes) from commit|Split '[^']+\/?' into commit|Import(?:ed|ing)? .*\bhistory\b)/i

/** Branches that live on after they are merged: their commits landed one by one, they are no single change. */
const LONG_LIVED =
  /^(?:(?:develop|development|devel|dev|next|staging|integration|unstable|maint|maintenance)|(?:release|releases|rel|maint|stable|support|lts)(?:[-/_.]?v?\d[\w.-]*)|stable|release|v?\d+(?:[._](?:\d+|x))+|v?\d+[._-]?(?:x|stable|maint))$/i

/** Gerrit quotes the title of what it merges: `Merge "Faster search"`. */
function titleOfMerge(title: string): string {
  return /^Merge "(.+)"(?: into \S+)?$/.exec(title)?.[1] ?? title
}
