const KIND = '(?:remote[- ]tracking |remote |local )?(?:branch(?:es)?|commit|tag|ref) '
/** In quotes, after the word branch, or as the only word there is. */
const MERGED: readonly RegExp[] = [
  new RegExp(`^Merge[ds]? (?:${KIND})?['"‘“]([^'"’”\\s]+)['"’”]`, 'i'),
  new RegExp(`^Merge[ds]? ${KIND}([^'"\\s]+)`, 'i'),
  /^Merge[ds]? ([\w./-]+)(?: into \S+)?$/i,
]
const NO_NAMES = /^(?:changes|conflicts?|from|into|latest|of|the|up|upstream|with)$/i

/** Name of the branch a merge says it merges, without its remote; null when it does not say. */
export function mergedBranch(title: string): string | null {
  const branch = MERGED.map((form) => form.exec(title)?.[1]).find((name) => name !== undefined)
  if (!branch || branch.includes('://') || NO_NAMES.test(branch)) return null
  return branch
    .replace(/^refs\/(?:heads|remotes)\//, '')
    .replace(/^(?:remotes\/)?(?:origin|upstream)\//, '')
    .replace(/[,.;:]$/, '')
}

const MAIN_NAMES = 'main|master|trunk|mainline|default'

/**
 * Whether a merge brings the main line into the branch it is on, or a newer main line of the same repository: such
 * merges carry no work of their own. Known by name: `Merge branch 'main' into …`, `Merge branch 'master' of …`,
 * `Merge remote-tracking branch 'origin/main'`, `Merge upstream`, `Sync with …`.
 */
export function isSyncTitle(title: string, mainBranch: string | null): boolean {
  const main = mainBranch === null ? MAIN_NAMES : `${MAIN_NAMES}|${mainBranch.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
  const branch = new RegExp(
    `^Merged? (?:remote[- ]tracking |remote |local )?(?:branch(?:es)? |commit )?['"‘“]?(?:(?:refs/)?(?:remotes/)?(?:origin|upstream)/)?(?:${main}|HEAD)['"’”]?(?=$|[\\s,.:])`,
    'i',
  )
  return branch.test(title) || OTHER_SYNC.test(title) || PULLED.test(title)
}

const OTHER_SYNC =
  /^(?:Sync(?:hroni[sz]e)?(?:ing)? (?:with|from)\b|Merge (?:with |from )?(?:upstream|origin|trunk|mainline|latest)\b|Merge (?:in )?(?:latest )?(?:changes|updates) from (?:origin|upstream|main|master|trunk)\b|Back-?merge\b|Merge back\b)/i

/** A pull of the very branch one is on: `Merge branch 'x' of host:repository` without `into`, of any name but a fork's topic. */
const PULLED = /^Merge branch '(main|master|trunk|develop|dev|next)' of \S+(?: into \1)?$/i
