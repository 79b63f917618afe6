import type { Lines } from '../changes/lines.ts'
import type { History } from '../history/history.ts'
import type { Tag } from '../repository/tags.ts'
import type { Target, TargetRules } from './targets.ts'

/** A deployment as tags and the main branch tell it. */
export interface PlannedDeployment {
  id: string
  target: Target
  commit: number
  /** Seconds since 1970. */
  finishedAt: number
  /** How sure it is that this was a deployment, and then. */
  confidence: number
  by: 'annotated-tag' | 'lightweight-tag' | 'main'
}

/**
 * The deployments of one subject in order of time, each with what it newly contains: null for the first known by a
 * tag, since git cannot know what was there before. Walked anew each time, so that contents are never all in memory.
 */
export type DeploymentGroup = () => Iterable<{ deployment: PlannedDeployment; commits: number[] | null }>

export interface TagPlan {
  groups: DeploymentGroup[]
  /** Version tags that are no releases. */
  notReleased: number
  /** Release tags HEAD does not reach. */
  notReached: number
}

/** An annotated tag says when a release was made; a lightweight one only which commit. */
const ANNOTATED = 0.8
const LIGHTWEIGHT = 0.5
/** A commit on the main branch is deployed at once only because somebody declared so. */
const DECLARED = 0.9

/**
 * Deployments from tags. For each subject, tags are taken in order of time, and each contains what no earlier one
 * did: the first deployment of a commit is the one that counts. One walk over the graph a subject.
 */
export function planTags(
  history: History,
  lines: Lines,
  names: readonly string[],
  tags: ReadonlyMap<string, Tag>,
  rules: TargetRules,
): TagPlan {
  const plan: TagPlan = { groups: [], notReleased: 0, notReached: 0 }
  const bySubject = new Map<string, PlannedDeployment[]>()
  for (const name of names) {
    const { targets, version } = rules.ofTag(name)
    if (version && !version.released) plan.notReleased++
    if (targets.length === 0) continue
    const tag = tags.get(name)
    const commit = tag ? history.find(tag.commit) : -1
    if (!tag || commit === -1 || !lines.reaches(commit)) {
      plan.notReached++
      continue
    }
    const told = tag.annotated && tag.taggedAt !== null
    const finishedAt = tag.taggedAt ?? secondsOf(history, commit)
    for (const target of targets) {
      const deployment: PlannedDeployment = {
        id: name,
        target,
        commit,
        finishedAt,
        confidence: told ? ANNOTATED : LIGHTWEIGHT,
        by: told ? 'annotated-tag' : 'lightweight-tag',
      }
      const siblings = bySubject.get(target.subject)
      if (siblings) siblings.push(deployment)
      else bySubject.set(target.subject, [deployment])
    }
  }
  for (const deployments of bySubject.values()) {
    // Of two tags of one second the one of the older commit comes first.
    deployments.sort(
      (one, other) =>
        one.finishedAt - other.finishedAt ||
        secondsOf(history, one.commit) - secondsOf(history, other.commit) ||
        one.id.length - other.id.length ||
        (one.id < other.id ? -1 : 1),
    )
    plan.groups.push(() => contentsOf(history, deployments))
  }
  return plan
}

function* contentsOf(history: History, deployments: readonly PlannedDeployment[]): ReturnType<DeploymentGroup> {
  const seen = new Uint8Array(history.names)
  for (const [index, deployment] of deployments.entries()) {
    const commits = newlyReached(history, deployment.commit, seen)
    yield { deployment, commits: index === 0 ? null : commits }
  }
}

function newlyReached(history: History, from: number, seen: Uint8Array): number[] {
  if (seen[from]) return []
  seen[from] = 1
  const reached = [from]
  for (let next = 0; next < reached.length; next++) {
    const commit = reached[next]!
    for (let index = 0; index < history.parentCount(commit); index++) {
      const parent = history.parent(commit, index)
      if (seen[parent] || !history.wasRead(parent)) continue
      seen[parent] = 1
      reached.push(parent)
    }
  }
  return reached
}

/** Deployments of a subject that says every commit on its main branch is one: each with all that its commit brings. */
export function planMain(history: History, lines: Lines, target: Target): DeploymentGroup {
  return function* () {
    const units = new Map<number, number[]>()
    const unitOf = new Int32Array(history.names)
    for (let index = 0; index < lines.order.length; index++) {
      const commit = lines.order.at(index)
      const merge = lines.broughtBy.at(commit)
      const unit = merge < 0 ? commit : unitOf[merge]!
      unitOf[commit] = unit
      const commits = units.get(unit)
      if (commits) commits.push(commit)
      else units.set(unit, [commit])
    }
    for (const [commit, commits] of units) {
      const deployment: PlannedDeployment = {
        id: `main-${history.sha(commit).slice(0, 12)}`,
        target,
        commit,
        finishedAt: secondsOf(history, commit),
        confidence: DECLARED,
        by: 'main',
      }
      yield { deployment, commits }
    }
  }
}

function secondsOf(history: History, commit: number): number {
  return history.committedAt.at(commit) || 0
}
