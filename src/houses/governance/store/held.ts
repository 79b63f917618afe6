import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { pastDeployments } from '../../delivery/index.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { gateAnswer } from './gate.ts'

/** A release that waits: the gate held it when it was last asked for, and would hold it still. */
export interface HeldRelease {
  component: Ref
  commit: string | null
  /** When it was asked for last. */
  since: Instant
  /** What the gate would say of it. */
  answer: GateAnswer
}

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** Whoever asked longer ago has given up. */
const LOOKS_BACK = 7 * DAY
/** Components looked at; more than these nobody reads. */
const MOST = 20
/** Deployments looked at for one that went out since. */
const DEPLOYMENTS = 20

/** Releases to production of a namespace that the gate holds at a moment, as was known at another, the longest first. */
export async function heldReleases(scope: string, { at, asOf }: { at: Instant; asOf: Instant }, context: Context): Promise<HeldRelease[]> {
  const now = Math.min(at, asOf)
  const held = await context.store.query<{ component: Ref; since: Instant; answer: string }>(sql`
    select component, since, answer from (
      select distinct on (q.component) q.component, q.at as since, a.answer, a.verdict
      from gate_ask q join gate_answer a on a.component = q.component and a.id = q.answer
      where split_part(split_part(q.component, ':', 2), '/', 1) = ${scope} and a.environment = 'production'
        and q.at > ${instant(now - LOOKS_BACK)} and q.at <= ${instant(now)}
      order by q.component, q.at desc) last
    where verdict = 'hold' order by since, component limit ${MOST}`)
  const releases: HeldRelease[] = []
  for (const { component, since, answer: text } of held) {
    const { commit, fixes, purpose, environment } = JSON.parse(text) as GateAnswer // written by keepAnswer
    const { deployments } = await pastDeployments({ subject: component, environment, at: now, asOf, most: DEPLOYMENTS }, context)
    if (deployments.some(({ finishedAt }) => finishedAt >= since)) continue
    const answer = await gateAnswer({ component, environment, commit, fixes, purpose }, { at: now, asOf }, context)
    if (answer.verdict === 'hold') releases.push({ component, commit, since, answer })
  }
  return releases
}
