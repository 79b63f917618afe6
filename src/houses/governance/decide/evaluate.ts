import { formatDay } from '../../../ground/core/index.ts'
import type { Policy, Rule } from '../intent/index.ts'
import type { Evidence, Release } from './evidence.ts'
import { judgeRule } from './judge-rule.ts'
import type { Reason, Verdict } from './verdict.ts'

/** What policies say of a release, and why. */
export interface Evaluated {
  verdict: Verdict
  /** Whether rules would have held it, had nobody overridden them. */
  overridden: boolean
  /** Those that hold first, then those that warn. */
  reasons: Reason[]
}

/**
 * Holds a release against all policies that bind it. Pure: the same policies and the same evidence give the same answer.
 * @param obstacle why no verdict can be given, where there is such a reason
 */
export function evaluate(policies: readonly Policy[], release: Release, evidence: Evidence, obstacle: string | null = null): Evaluated {
  const reasons = policies.flatMap((policy) => policy.rules.map((rule) => reasonOf(policy, rule, release, evidence)))
  const ordered = (['holds', 'warns', 'none'] as const).flatMap((effect) => reasons.filter((reason) => reason.effect === effect))
  const held = ordered.some(({ effect }) => effect === 'holds')
  const overridden = held && evidence.override !== null && obstacle === null
  return { verdict: obstacle !== null ? 'could_not' : held && !overridden ? 'hold' : 'go', overridden, reasons: ordered }
}

function reasonOf(policy: Policy, rule: Rule, release: Release, evidence: Evidence): Reason {
  const judged = judgeRule(policy, rule, release, evidence)
  const excuse = judged.state === 'pass' ? undefined : excuseFor(policy, rule, release, evidence)
  return {
    policy: policy.ref,
    rule: rule.name,
    kind: rule.rule,
    mode: rule.mode,
    state: judged.state,
    effect: excuse ? 'none' : effectOf(rule, judged.state),
    ...(excuse ? { excuse } : {}),
    words: judged.words,
    evidence: judged.evidence,
    turnsGreen: judged.turnsGreen,
  }
}

function excuseFor(policy: Policy, rule: Rule, { purpose }: Release, { exceptions }: Evidence): Reason['excuse'] {
  if (purpose !== null && rule.exempt.includes(purpose))
    return { by: 'purpose', words: `it says that it is for ${purpose}, which this rule lets pass` }
  const exception = exceptions.find((one) => one.policy === policy.ref)
  return exception
    ? { by: 'exception', ref: exception.ref, words: `excepted until ${formatDay(exception.until)}: ${exception.reason}` }
    : undefined
}

/** Warn never holds, whatever is unknown. */
function effectOf(rule: Rule, state: Reason['state']): Reason['effect'] {
  if (state === 'pass') return 'none'
  if (state === 'fail') return rule.mode === 'enforce' ? 'holds' : 'warns'
  const unknown = 'unknown' in rule ? rule.unknown : 'pass'
  return unknown === 'pass' ? 'none' : unknown === 'hold' && rule.mode === 'enforce' ? 'holds' : 'warns'
}
