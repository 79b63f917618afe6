import type { Ref } from '../../../ground/core/index.ts'
import type { PlannedChange } from '../changes/plan.ts'
import { type DeploymentChoice, isFolderByMain } from '../deployments/choose.ts'
import { deploymentKey } from '../deployments/digest.ts'
import type { PlannedDeployment } from '../deployments/plan.ts'
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
export async function writeChanges(
  changes: readonly PlannedChange[],
  isRevision: (id: string) => boolean,
  wish: InferredWish,
): Promise<void> {
  for (const [index, change] of changes.entries()) {
    const record = changeRecord(change, { ...wish, ...(isRevision(change.id) ? { revisedAt: wish.now } : {}) })
    await wish.delivery.add(record, 600 + change.commits.length * 90)
    if ((index + 1) % STEP === 0 || index + 1 === changes.length)
      wish.onProgress({ phase: 'writing changes', done: index + 1, total: changes.length })
  }
}

/** Deployments of folders by main, whose number only their files tell. */
export interface FolderDeployments {
  /** By subject, all of those that were looked at, and those of them that are new. */
  told: Map<Ref, { all: number; fresh: number }>
  /** Written before, and none any more. */
  gone: { subject: Ref; id: string }[]
}

/** Writes the chosen deployments; one of a folder contains the commits that touched it, and is none when there are none. */
export async function writeDeployments(choice: DeploymentChoice, wish: InferredWish): Promise<FolderDeployments> {
  const folders: FolderDeployments = { told: new Map(), gone: [] }
  let done = 0
  for (const group of choice.groups) {
    for (const { deployment, commits } of group()) {
      const revises = choice.write.get(deploymentKey(deployment))
      if (revises === undefined) continue
      const { subject, path } = deployment.target
      const contained = commits && path !== null ? commits.filter((commit) => wish.tally.touches(subject, commit)) : commits
      const isNone = isFolderByMain(deployment) && contained?.length === 0
      if (isFolderByMain(deployment)) noteFolder(folders, deployment, { isNone, revises })
      if (!isNone) {
        const record = deploymentRecord(wish.story.history, deployment, contained, revises ? wish.now : undefined)
        await wish.delivery.add(record, 300 + (contained?.length ?? 0) * 45)
      }
      done++
      if (done % STEP === 0 || done === choice.write.size) wish.onProgress({ phase: 'writing deployments', done, total: choice.write.size })
    }
  }
  return folders
}

function noteFolder(folders: FolderDeployments, { id, target }: PlannedDeployment, found: { isNone: boolean; revises: boolean }): void {
  const counts = folders.told.get(target.subject) ?? { all: 0, fresh: 0 }
  folders.told.set(target.subject, counts)
  if (found.isNone && found.revises) folders.gone.push({ subject: target.subject, id })
  if (found.isNone) return
  counts.all++
  if (!found.revises) counts.fresh++
}
