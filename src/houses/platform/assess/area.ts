/** Commits that touched a folder. */
export interface AreaCount {
  /** Path of the folder without slashes at the ends. */
  area: string
  commits: number
}

/** Share of commits above which a top folder says too little, so that one level deeper is looked at. */
const TOO_WIDE = 0.5

/**
 * The folder most commits touch. When one top folder takes more than half ("src", "packages"), the busiest
 * folder below it is named instead, if a tenth of the commits touch that one.
 * @param total commits in all
 * @returns null when nothing lies in a folder
 */
export function busiestArea(top: readonly AreaCount[], below: readonly AreaCount[], total: number): AreaCount | null {
  const [first] = [...top].sort(byCommits)
  if (!first || total === 0) return null
  if (first.commits / total <= TOO_WIDE) return first
  const [deeper] = below.filter(({ area }) => area.startsWith(`${first.area}/`)).sort(byCommits)
  return deeper && deeper.commits / total >= 0.1 ? deeper : first
}

function byCommits(a: AreaCount, b: AreaCount): number {
  return b.commits - a.commits || (a.area < b.area ? -1 : 1)
}
