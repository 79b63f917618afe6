import type { Policy, Rule } from '../intent/index.ts'
import type { Evidence, Release } from './evidence.ts'
import { judgeBudget, judgeBurn } from './judge-slos.ts'
import { judgeFailures, judgeFreeze, judgeIncidents, judgeMeasure } from './judge-happenings.ts'
import type { Judged } from './verdict.ts'

/** Where the reading a measure rule asks for lies in the evidence. */
export function readingKey(policy: Pick<Policy, 'ref'>, rule: Pick<Rule, 'name'>): string {
  return `${policy.ref ?? 'default'}#${rule.name}`
}

/** Holds one rule against what is known. */
export function judgeRule(policy: Policy, rule: Rule, release: Release, evidence: Evidence): Judged {
  switch (rule.rule) {
    case 'budget':
      return judgeBudget(rule, evidence)
    case 'burn':
      return judgeBurn(rule, evidence)
    case 'freeze':
      return judgeFreeze(rule, evidence)
    case 'open_incident':
      return judgeIncidents(rule, release, evidence)
    case 'recent_failures':
      return judgeFailures(rule, evidence)
    case 'measure':
      return judgeMeasure(rule, evidence.readings[readingKey(policy, rule)])
  }
}
