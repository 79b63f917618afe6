import { DAY, formatInstant, HOUR, type Instant } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import type { PastDeployment } from '../../../delivery/index.ts'
import { asksAfter, type Waiting, waitingOf } from '../../assess/index.ts'
import { evaluate, type Evaluated, type Evidence } from '../../decide/index.ts'
import type { Policy } from '../../intent/index.ts'
import type { TrialView } from '../../tell/trial.ts'
import { trialWords } from '../../tell/trial-words.ts'
import { evidenceAt, type Known, type Look } from './evidence.ts'
import { type Deployed, deployedOf } from './releases.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

export interface TrialAsk {
  from: Instant
  to: Instant
  known: Known
  now: Instant
}

/** One past release and what the policy would have said of it. */
interface Tried extends Look {
  of: Deployed
  deployment: PastDeployment
  failed: boolean
  judged: Evaluated
  waiting: Waiting | null
}

/** Deployments told after so long were brought in from elsewhere: of their time nothing was known here. */
const LATE = DAY
/** Releases looked at, the newest; and those that are listed. */
const MOST_RELEASES = 5_000
const MOST_LISTED = 500

/** Holds every release of a span against a policy, each by what was known when it went out. */
export async function tryPolicy(policy: Policy, { from, to, known, now }: TrialAsk, context: Context): Promise<Omit<TrialView, 'seconds'>> {
  const failures = policy.rules.some(({ rule }) => rule === 'recent_failures')
  const deployed = await deployedOf(policy.covers, { environment: policy.environment, to: Math.min(to, now), asOf: now, failures }, context)
  const releases = deployed
    .flatMap((of) => of.deployments.map((deployment) => ({ of, deployment, at: deployment.startedAt ?? deployment.finishedAt })))
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => b.at - a.at || (a.deployment.id < b.deployment.id ? -1 : 1))
    .slice(0, MOST_RELEASES)
  const seen = { known, now }
  const evidence = await evidenceAt(policy, releases, seen, context)
  const judged = releases.map((release, index) => ({ ...release, judged: judge(policy, release, evidence[index]!) }))
  const waits = await waitingFor(
    policy,
    judged.filter(({ judged: { verdict } }) => verdict === 'hold'),
    seen,
    context,
  )
  const tried = judged.map((one): Tried => ({ ...one, failed: one.deployment.failed, waiting: waits.get(one) ?? null }))
  return viewOf(policy, tried, { from, to, known, now })
}

function judge(policy: Policy, { of, deployment }: { of: Deployed; deployment?: PastDeployment }, evidence: Evidence): Evaluated {
  const commit = deployment?.commit ?? null
  return evaluate([policy], { component: of.component, environment: policy.environment, commit, fixes: [], purpose: null }, evidence)
}

/** How long each held release would have waited: it is asked again until it goes, the later moments of all in one go. */
async function waitingFor<Held extends Look & { deployment: PastDeployment }>(
  policy: Policy,
  held: readonly Held[],
  seen: { known: Known; now: Instant },
  context: Context,
): Promise<Map<Held, Waiting>> {
  const costly = policy.rules.some(({ rule, mode }) => mode === 'enforce' && (rule === 'budget' || rule === 'burn' || rule === 'measure'))
  // What only warns holds nothing, so it need not be read.
  const binding = { ...policy, rules: policy.rules.filter(({ mode }) => mode === 'enforce') }
  const asks = held.map(({ at }) => asksAfter(at, seen.now, costly))
  const looks = held.flatMap(({ of, deployment: { id } }, index) => asks[index]!.map((at) => ({ of, at, without: id })))
  const evidence = await evidenceAt(binding, looks, seen, context)
  let place = 0
  return new Map(
    held.map((one, index) => {
      const answers = asks[index]!.map((at) => ({ at, go: judge(binding, one, evidence[place++]!).verdict === 'go' }))
      return [one, waitingOf(one.at, answers)] as const
    }),
  )
}

function viewOf(policy: Policy, tried: readonly Tried[], { from, to, known, now }: TrialAsk): Omit<TrialView, 'seconds'> {
  const held = tried.filter(({ judged }) => judged.verdict === 'hold')
  const failed = tried.filter((one) => one.failed)
  const sum = {
    releases: tried.length,
    failed: failed.length,
    held: held.length,
    caught: held.filter((one) => one.failed).length,
    warned: tried.filter(({ judged }) => judged.verdict === 'go' && judged.reasons.some(({ effect }) => effect === 'warns')).length,
    waitingDays: held.reduce((days, { waiting }) => days + (waiting?.hours ?? 0) * (HOUR / DAY), 0),
    stillHeld: held.filter(({ waiting }) => waiting?.atLeast).length,
    toldLater: tried.filter(({ of, deployment, at }) => firstOf(of, deployment) - at > LATE).length,
  }
  return {
    policy: { ref: policy.ref, title: policy.title, environment: policy.environment },
    from: formatInstant(from),
    to: formatInstant(to),
    known,
    asOf: formatInstant(now),
    ...trialWords(sum, known),
    ...sum,
    rules: policy.rules.map((rule) => {
      const by = tried.flatMap((one) => one.judged.reasons.filter((reason) => reason.rule === rule.name).map((reason) => ({ one, reason })))
      return {
        rule: rule.name,
        kind: rule.rule,
        mode: rule.mode,
        failed: by.filter(({ reason }) => reason.state === 'fail').length,
        unknown: by.filter(({ reason }) => reason.state === 'unknown').length,
        held: by.filter(({ reason }) => reason.effect === 'holds').length,
        caught: by.filter(({ one, reason }) => reason.effect === 'holds' && one.failed).length,
      }
    }),
    listed: [...held, ...tried.filter(({ judged }) => judged.verdict !== 'hold')].slice(0, MOST_LISTED).map(rowOf),
  }
}

function firstOf({ told }: Deployed, { records }: PastDeployment): Instant {
  return Math.min(...records.map((record) => told.get(record) ?? Infinity))
}

function rowOf({ of, deployment, at, failed, judged, waiting }: Tried): TrialView['listed'][number] {
  const said = judged.reasons.filter(({ effect }) => effect !== 'none')
  return {
    id: deployment.id,
    component: of.component,
    commit: deployment.commit,
    at: formatInstant(at),
    failed,
    verdict: judged.verdict,
    why: said.map(({ rule, words }) => ({ rule, words })),
    waitingHours: waiting?.hours ?? null,
    stillHeld: waiting?.atLeast ?? false,
  }
}
