import type { HistoryPlan } from '../changes/plan.ts'
import type { History } from '../history/history.ts'
import { deploymentDigest, deploymentKey } from './digest.ts'
import { type DeploymentGroup, planMain } from './plan.ts'
import type { Target } from './targets.ts'

/** Which deployments have to be written or taken back. */
export interface DeploymentChoice {
  groups: DeploymentGroup[]
  /** Keys of deployments to write; true for those that revise what was written before. */
  write: Map<string, boolean>
  /** Commits whose files decide what the deployment of a folder contains. */
  needed: Set<number>
  gone: { subject: string; id: string }[]
  /** How many there are altogether. */
  count: number
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
export function chooseDeployments(history: History, now: { plan: HistoryPlan; tagGroups: readonly DeploymentGroup[]; byMain: readonly Target[] }, before: WrittenDeployments): DeploymentChoice {
  const mainGroups = now.byMain.map((target) => planMain(history, now.plan.lines, target))
  const choice: DeploymentChoice = { groups: [...now.tagGroups, ...mainGroups], write: new Map(), needed: new Set(), gone: [], count: 0, tagDigests: {} }
  const earlier = earlierDigests(history, before)
  for (const group of choice.groups) {
    for (const { deployment, commits } of group()) {
      const key = deploymentKey(deployment)
      const digest = deploymentDigest(history, deployment, commits)
      choice.count++
      if (deployment.by !== 'main') choice.tagDigests[key] = digest
      if (before.again || earlier.get(key) !== digest) {
        choice.write.set(key, before.again || earlier.has(key))
        if (deployment.target.path !== null) for (const commit of commits ?? []) choice.needed.add(commit)
      }
      earlier.delete(key)
    }
  }
  for (const key of earlier.keys()) choice.gone.push({ subject: key.slice(0, key.indexOf(' ')), id: key.slice(key.indexOf(' ') + 1) })
  return choice
}

function earlierDigests(history: History, { tagDigests, byMain, plan }: WrittenDeployments): Map<string, string> {
  const digests = new Map(Object.entries(tagDigests))
  if (!plan) return digests
  for (const target of byMain) {
    for (const { deployment, commits } of planMain(history, plan.lines, target)()) digests.set(deploymentKey(deployment), deploymentDigest(history, deployment, commits))
  }
  return digests
}
