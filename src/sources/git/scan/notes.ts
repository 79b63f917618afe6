import type { Instant } from '../../../ground/core/index.ts'
import { formatDay } from '../../../ground/core/index.ts'
import type { HistoryPlan } from '../changes/plan.ts'
import type { History } from '../history/history.ts'
import type { PassedOver } from '../packages/read-packages.ts'
import type { Hole } from '../history/read-story.ts'

const MOST_NAMED = 5

/** One day: clocks of machines that commit within it are taken to agree. */
const DAY_SECONDS = 86_400

/** What a reader should know about the dates of a history; the dates are kept as they are. */
export function notesOnDates(history: History, plan: HistoryPlan, now: Instant): string[] {
  let future = 0
  let furthest = 0
  let backwards = 0
  let unreadable = 0
  for (let index = 0; index < history.order.length; index++) {
    const commit = history.order.at(index)
    if (!plan.lines.reaches(commit)) continue
    const at = history.committedAt.at(commit)
    if (Number.isNaN(at) || Number.isNaN(history.authoredAt.at(commit))) unreadable++
    if (at * 1000 > now + DAY_SECONDS * 1000) {
      future++
      furthest = Math.max(furthest, at * 1000)
    }
    for (let parent = 0; parent < history.parentCount(commit); parent++) {
      if (history.committedAt.at(history.parent(commit, parent)) - at > DAY_SECONDS) {
        backwards++
        break
      }
    }
  }
  return [
    ...(future
      ? [`${count(future, 'commit is', 'commits are')} dated in the future, up to ${formatDay(furthest)}; the dates are kept as they are.`]
      : []),
    ...(backwards
      ? [
          `${count(backwards, 'commit is', 'commits are')} dated more than a day before a parent: a clock was wrong. The dates are kept as they are.`,
        ]
      : []),
    ...(unreadable
      ? [
          `${count(unreadable, 'commit has', 'commits have')} a date git cannot read; the other date of the commit stands for it, else 1970.`,
        ]
      : []),
  ]
}

/** What a reader should know about objects that were not there. */
export function notesOnObjects(found: {
  holes: readonly Hole[]
  uncounted: number
  uncountedBecause: string | null
  unreadable: readonly string[]
  partial: boolean
  treeFault: string | null
}): string[] {
  const fsck = 'Run "git fsck --full" in it and fetch what is missing, then scan again.'
  return [
    ...found.holes.map(
      ({ beside, objects }) =>
        `History beyond ${beside.map((sha) => sha.slice(0, 12)).join(', ')} could not be read, because ${shortList(objects)} is missing or damaged; everything else was. ${fsck}`,
    ),
    ...(found.unreadable.length
      ? [
          `${count(found.unreadable.length, 'commit', 'commits')} could not be read at all, first ${found.unreadable[0]!.slice(0, 12)}. ${fsck}`,
        ]
      : []),
    ...(found.uncounted
      ? [
          `The lines of ${count(found.uncounted, 'commit', 'commits')} could not be counted because objects are missing (${found.uncountedBecause}); their sizes are unknown. ${found.partial ? 'This is a partial clone; a whole one has them all.' : fsck}`,
        ]
      : []),
    ...(found.treeFault ? [`Not all files of HEAD could be listed (${found.treeFault}), so components and owners may be missing.`] : []),
  ]
}

/** What a reader should know about lock files and manifests that told less than they hold. */
export function notesOnPackages(found: PassedOver): string[] {
  const { unread, notLooked, unknown, unfit, unfollowed, unconfirmed } = found
  return [
    ...unread.slice(0, MOST_NAMED).map(({ file, because }) => `${file} tells no packages, because ${because}. What it locks is unknown.`),
    ...(unread.length > MOST_NAMED ? [`${unread.length - MOST_NAMED} more lock files and manifests could not be read.`] : []),
    ...(unknown.length
      ? [
          `${shortList(unknown)} cannot be read here; the manifests beside say what is asked for, and which versions are built in is unknown.`,
        ]
      : []),
    ...(notLooked
      ? [`${count(notLooked, 'lock file or manifest', 'lock files and manifests')} beyond the first 2,000 were not looked at.`]
      : []),
    ...(unfit
      ? [`${count(unfit, 'entry of a lock file has', 'entries of lock files have')} a name or version no package can have; left out.`]
      : []),
    ...(unfollowed.length
      ? [`${shortList(unfollowed)}: too many members to follow what each needs through others; that belongs to the whole there.`]
      : []),
    ...(unconfirmed
      ? [
          `${count(unconfirmed, 'module', 'modules')} that go.mod requires ${unconfirmed === 1 ? 'has' : 'have'} no sum in go.sum: go.mod may not be what was built.`,
        ]
      : []),
  ]
}

/** What a reader should know about changes and deployments that were left out. */
export function notesOnInference(found: { plan: HistoryPlan; notReleased: number; notReached: number }): string[] {
  return [
    ...(found.plan.promotions
      ? [
          `${count(found.plan.promotions, 'merge only carries', 'merges only carry')} on what landed before and ${found.plan.promotions === 1 ? 'is no change of its own' : 'are no changes of their own'}.`,
        ]
      : []),
    ...(found.plan.repeated
      ? [
          `${count(found.plan.repeated, 'commit names', 'commits name')} a request number that another change has; they belong to no change by that number.`,
        ]
      : []),
    ...(found.notReleased
      ? [
          `${count(found.notReleased, 'version tag names', 'version tags name')} a pre-release, or something other than a plain release; not taken as deployments.`,
        ]
      : []),
    ...(found.notReached ? [`${count(found.notReached, 'release tag is', 'release tags are')} not reachable from HEAD and left out.`] : []),
  ]
}

/** What a reader should know about the repository itself. */
export function notesOnRepository(found: {
  detached: boolean
  shallow: boolean
  replaced: boolean
  submodules: readonly string[]
}): string[] {
  return [
    ...(found.detached ? ['HEAD is detached: the history of the commit it names was read, not that of a branch.'] : []),
    ...(found.shallow
      ? [
          'This is a shallow clone: history before its boundary is not here, and the counts are of what is. For all of it run "git fetch --unshallow" and scan again.',
        ]
      : []),
    ...(found.replaced
      ? [
          'Replacements (git replace) are not followed: what was really committed is read, so counts may differ from what git shows by default.',
        ]
      : []),
    ...(found.submodules.length
      ? [
          `${count(found.submodules.length, 'submodule was', 'submodules were')} skipped (${shortList(found.submodules)}); scan their repositories by themselves.`,
        ]
      : []),
  ]
}

export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

function shortList(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
