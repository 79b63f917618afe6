import type { Instant } from '../../../ground/core/index.ts'
import type { CommitRecord } from './facts.ts'
import type { Change } from './merge/changes.ts'
import { compare } from './merge/fields.ts'

/** When a change was merged, as far as anything says so; null while it is not. */
export function mergedAtOf(change: Change, commits: ReadonlyMap<string, CommitRecord>): Instant | null {
  return change.mergedAt ?? (change.mergeCommit === null ? null : (commits.get(change.mergeCommit)?.committedAt ?? null))
}

/**
 * Which change each commit belongs to: its merge commit (a squash included), the commits it lists, and the commits a
 * rebase left on the main line in their place. Of two changes that list one commit, the one merged first has it.
 */
export function coverOf(changes: readonly Change[], commits: ReadonlyMap<string, CommitRecord>): Map<string, Change> {
  const cover = new Map<string, Change>()
  const claim = (sha: string, change: Change) => {
    if (!cover.has(sha)) cover.set(sha, change)
  }
  const merged = changes
    .flatMap((change) => {
      const at = mergedAtOf(change, commits)
      return at === null ? [] : [{ change, at }]
    })
    .sort((a, b) => a.at - b.at || compare(a.change.id, b.change.id))
    .map(({ change }) => change)
  const landed = new Set(merged)
  const unmerged = changes.filter((change) => !landed.has(change))
  for (const change of merged) if (change.mergeCommit !== null) claim(change.mergeCommit, change)
  for (const change of [...merged, ...unmerged]) for (const { sha } of change.commits ?? []) claim(sha, change)
  for (const change of merged) for (const sha of rebased(change, commits)) claim(sha, change)
  return cover
}

/**
 * A rebase merge writes every commit anew: other shas, the same moments of authorship. The commits that end in the
 * merge commit and carry, one for one, the authorship times the change lists are those.
 */
function rebased(change: Change, commits: ReadonlyMap<string, CommitRecord>): string[] {
  const listed = change.commits ?? []
  if (change.mergeCommit === null || listed.length < 2 || listed.some(({ sha }) => commits.has(sha))) return []
  const times = listed.map(({ authoredAt }) => authoredAt)
  const found: string[] = []
  for (let sha: string | undefined = change.mergeCommit; sha !== undefined;) {
    const commit = commits.get(sha)
    const match = commit ? times.indexOf(commit.authoredAt) : -1
    if (!commit || match === -1) break
    times.splice(match, 1)
    found.push(sha)
    sha = commit.parents[0]
  }
  return found
}
