import { type Difference, differenceOf } from '../changes/difference.ts'
import { type HistoryPlan, planOf } from '../changes/plan.ts'
import { chooseDeployments, type DeploymentChoice } from '../deployments/choose.ts'
import { planTags, type TagPlan } from '../deployments/plan.ts'
import { type Target, targetRules } from '../deployments/targets.ts'
import type { Landscape } from '../entities/landscape.ts'
import { type Hole, readStory } from '../history/read-story.ts'
import type { Story } from '../history/story.ts'
import type { Repository } from '../repository/open.ts'
import { resolveTags, type TagNames } from '../repository/tags.ts'
import type { Past } from './past.ts'

/** What a history says, and how that differs from what was written before; no line is counted yet. */
export interface Understanding {
  story: Story
  holes: Hole[]
  plan: HistoryPlan
  /** What the last scan understood; null when everything is written. */
  before: HistoryPlan | null
  /** What was written under a former name. */
  former: HistoryPlan | null
  difference: Difference
  tagPlan: TagPlan
  deployments: DeploymentChoice
  byMain: Target[]
  /** The head of the last scan is no part of the present history. */
  rewritten: boolean
}

/** Reads the messages and the shape of the history, and derives changes and deployments from them. */
export async function understand(
  repository: Repository,
  head: string,
  known: { landscape: Landscape; past: Past; tagNames: TagNames },
  onRead: (commits: number) => void,
): Promise<Understanding> {
  const { landscape, past } = known
  const heads = [...new Set([head, ...(past.head === null ? [] : [past.head])])]
  const { story, holes } = await readStory(repository, heads, { mailmap: landscape.mailmap, onRead })
  const { history } = story
  const plan = planOf(history, history.find(head), story.landings)
  const earlier = past.head === null ? null : past.head === head ? plan : planOf(history, history.find(past.head), story.landings)
  const before = past.formerSubject === null ? earlier : null

  const tags = await resolveTags(repository, known.tagNames.tags, (name) => history.find(name) !== -1)
  const rules = targetRules(landscape.subject, landscape.components)
  const tagPlan = planTags(
    history,
    plan.lines,
    known.tagNames.tags.map(({ name }) => name),
    tags,
    rules,
  )
  const written = past.cursor && past.formerSubject === null ? past.cursor : null
  const deployments = chooseDeployments(
    history,
    { plan, tagGroups: tagPlan.groups, byMain: rules.byMain },
    { tagDigests: written?.tagDigests ?? {}, byMain: written?.byMain ?? [], plan: before, again: past.again },
  )
  return {
    story,
    holes,
    plan,
    before,
    former: past.formerSubject === null ? null : earlier,
    difference: differenceOf(history, before, plan),
    tagPlan,
    deployments,
    byMain: rules.byMain,
    rewritten: before !== null && !plan.lines.reaches(before.head),
  }
}
