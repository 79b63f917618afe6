import type { Ref } from '../../../ground/core/index.ts'
import type { HistoryPlan } from '../changes/plan.ts'
import type { History } from '../history/history.ts'
import { deploymentDigest, deploymentKey, nameOf } from './digest.ts'
import { type DeploymentGroup, type PlannedDeployment, planMain } from './plan.ts'
import type { Target } from './targets.ts'

/** Which deployments have to be written or taken back. */
export interface DeploymentChoice {
  groups: DeploymentGroup[]
  /** Keys of deployments to write; true for those that revise what was written before. */
  write: Map<string, boolean>
  /** Commits whose files decide what the deployment of a folder contains. */
  needed: Set<number>
  gone: { subject: string; id: string }[]
  /** How many there are altogether, but for folders deployed by main: whether such a commit deploys its folder, only its files tell. */
  count: number
  /** Folders deployed by main of which all deployments are written, since some of the earlier ones are gone. */
  whole: Set<Ref>
  /** Digests of the deployments from tags, by key: what the next scan compares with. */
  tagDigests: Record<string, string>
}

/** What was written before. */
export interface WrittenDeployments {
  tagDigests: Readonly<Record<string, string>>
  /** Subjects that were deployed by main, and the plan of then; without a plan they cannot be told. */
  byMain: readonly Target[]
  plan: HistoryPlan | null
  /** Write all of them once more. */
  again: boolean
}

/** Compares deployments with what was written before. */
export function chooseDeployments(
  history: History,
  now: { plan: HistoryPlan; tagGroups: readonly DeploymentGroup[]; byMain: readonly Target[] },
  before: WrittenDeployments,
): DeploymentChoice {
  const mainGroups = now.byMain.map((target) => planMain(history, now.plan.lines, target))
  const choice: DeploymentChoice = {
    groups: [...now.tagGroups, ...mainGroups],
    write: new Map(),
    needed: new Set(),
    gone: [],
    count: 0,
    whole: new Set(),
    tagDigests: {},
  }
  const earlier = earlierDigests(history, before)
  if (!before.plan) for (const { subject } of now.byMain) choice.whole.add(subject)
  const write = (deployment: PlannedDeployment, commits: readonly number[] | null, revises: boolean) => {
    choice.write.set(deploymentKey(deployment), revises)
    if (deployment.target.path !== null) for (const commit of commits ?? []) choice.needed.add(commit)
  }
  for (const group of choice.groups) {
    for (const { deployment, commits } of group()) {
      const key = deploymentKey(deployment)
      const digest = deploymentDigest(history, deployment, commits)
      if (!isFolderByMain(deployment)) choice.count++
      if (deployment.by !== 'main') choice.tagDigests[key] = digest
      if (before.again || earlier.get(key) !== digest) write(deployment, commits, before.again || earlier.has(key))
      earlier.delete(key)
    }
  }
  for (const key of earlier.keys()) choice.gone.push(nameOf(key))
  const gone = new Set(choice.gone.map(({ subject }) => subject))
  for (const group of mainGroups) {
    for (const { deployment, commits } of group()) {
      if (!isFolderByMain(deployment) || !gone.has(deployment.target.subject)) continue
      choice.whole.add(deployment.target.subject)
      if (!choice.write.has(deploymentKey(deployment))) write(deployment, commits, false)
    }
  }
  return choice
}

/** Whether the files of its commits decide if it is a deployment at all. */
export function isFolderByMain({ by, target }: PlannedDeployment): boolean {
  return by === 'main' && target.path !== null
}

function earlierDigests(history: History, { tagDigests, byMain, plan }: WrittenDeployments): Map<string, string> {
  const digests = new Map(Object.entries(tagDigests))
  if (!plan) return digests
  for (const target of byMain) {
    for (const { deployment, commits } of planMain(history, plan.lines, target)())
      digests.set(deploymentKey(deployment), deploymentDigest(history, deployment, commits))
  }
  return digests
}
