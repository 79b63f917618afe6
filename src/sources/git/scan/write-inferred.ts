import type { Ref } from '../../../ground/core/index.ts'
import type { PlannedChange } from '../changes/plan.ts'
import type { DeploymentChoice } from '../deployments/choose.ts'
import { deploymentKey } from '../deployments/digest.ts'
import type { Story } from '../history/story.ts'
import type { Tally } from '../numbers/tally.ts'
import { changeRecord } from '../records/change.ts'
import { deploymentRecord } from '../records/deployment.ts'
import type { Delivery } from './deliver.ts'
import type { ScanProgress } from './report.ts'

export interface InferredWish {
  story: Story
  tally: Tally
  subject: Ref
  resolve: (name: string) => string
  now: number
  delivery: Delivery
  onProgress: (progress: ScanProgress) => void
}

const STEP = 500

/** @param isRevision whether a change of this id was written before: it is then revised as of now, since no order can be told between revisions of one moment */
export async function writeChanges(changes: readonly PlannedChange[], isRevision: (id: string) => boolean, wish: InferredWish): Promise<void> {
  for (const [index, change] of changes.entries()) {
    const record = changeRecord(change, { ...wish, ...(isRevision(change.id) ? { revisedAt: wish.now } : {}) })
    await wish.delivery.add(record, 600 + change.commits.length * 90)
    if ((index + 1) % STEP === 0 || index + 1 === changes.length) wish.onProgress({ phase: 'writing changes', done: index + 1, total: changes.length })
  }
}

/** Writes the chosen deployments; one of a folder contains the commits that touched it, and is none when there are none. */
export async function writeDeployments(choice: DeploymentChoice, wish: InferredWish): Promise<void> {
  const { history } = wish.story
  let done = 0
  for (const group of choice.groups) {
    for (const { deployment, commits } of group()) {
      const revises = choice.write.get(deploymentKey(deployment))
      if (revises === undefined) continue
      const { subject, path } = deployment.target
      const contained = commits && path !== null ? commits.filter((commit) => wish.tally.touches(subject, commit)) : commits
      done++
      if (deployment.by === 'main' && contained?.length === 0) continue
      await wish.delivery.add(deploymentRecord(history, deployment, contained, revises ? wish.now : undefined), 300 + (contained?.length ?? 0) * 45)
      if (done % STEP === 0 || done === choice.write.size) wish.onProgress({ phase: 'writing deployments', done, total: choice.write.size })
    }
  }
}
