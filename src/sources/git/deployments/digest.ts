import { createHash } from 'node:crypto'
import type { History } from '../history/history.ts'
import type { PlannedDeployment } from './plan.ts'

/** Names one deployment among all of a repository. */
export function deploymentKey({ target, id }: PlannedDeployment): string {
  return `${target.subject} ${id}`
}

/** The subject and id in a key. */
export function nameOf(key: string): { subject: string; id: string } {
  return { subject: key.slice(0, key.indexOf(' ')), id: key.slice(key.indexOf(' ') + 1) }
}

/** Eight characters that change when what a deployment's record says changes; independent of how commits are numbered. */
export function deploymentDigest(
  history: History,
  { target, commit, finishedAt, confidence, by }: PlannedDeployment,
  commits: readonly number[] | null,
): string {
  let sum = 0
  for (const one of commits ?? []) sum = (sum + Number.parseInt(history.sha(one).slice(0, 8), 16)) % 0x1_0000_0000
  const told = [target.path, target.unknownComponent, history.sha(commit), finishedAt, confidence, by, commits?.length, sum]
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 8)
}
