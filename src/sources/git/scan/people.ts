import type { HistoryPlan } from '../changes/plan.ts'
import type { Story } from '../history/story.ts'

/** Who wrote the commits HEAD reaches: how many different people, and which programs. */
export function countPeople({ history, authors }: Story, plan: HistoryPlan): { commits: number; authors: number; bots: string[] } {
  const wrote = new Set<number>()
  let commits = 0
  for (let index = 0; index < history.order.length; index++) {
    const commit = history.order.at(index)
    if (!plan.lines.reaches(commit)) continue
    commits++
    wrote.add(history.author.at(commit))
  }
  const names = (bots: boolean) =>
    new Set(
      [...wrote]
        .map((author) => authors[author]!)
        .filter(({ bot }) => bot === bots)
        .map(({ name }) => name),
    )
  return { commits, authors: names(false).size, bots: [...names(true)].sort() }
}
