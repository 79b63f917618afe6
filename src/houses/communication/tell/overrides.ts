import { type Claim, dayWords, refName } from '../../../ground/core/index.ts'
import { type DeclaredOverride, isInForce } from '../../governance/index.ts'
import { claim, fromEntity } from './claims.ts'
import type { BriefFacts } from './facts.ts'
import { list, nameWords } from './words.ts'

/** Who let what pass although the release gate held: those in force first, each with its reason. */
export function overrideClaims({ overrides, at }: Pick<BriefFacts, 'overrides' | 'at'>): Claim[] {
  const [first, ...rest] = overrides.map(({ decision, title }) => fromEntity(decision, title))
  if (!first) return []
  const ordered = [...overrides].sort((a, b) => Number(isInForce(b, at)) - Number(isInForce(a, at)))
  const times = overrides.length === 1 ? 'once' : `${overrides.length} times`
  return [
    claim(`The release gate was overridden ${times} in the last four weeks: ${list(ordered.map((one) => told(one, at)))}.`, first, ...rest),
  ]
}

/** Decisions besides those that are overrides, which are told apart. */
export function ownDecisions({ decisions, overrides }: Pick<BriefFacts, 'decisions' | 'overrides'>): BriefFacts['decisions'] {
  return decisions.filter(({ ref }) => !overrides.some(({ decision }) => decision === ref))
}

function told(override: DeclaredOverride, at: number): string {
  const { component, reason, until, withdrawnAt } = override
  const ends = isInForce(override, at) ? `until ${dayWords(until)}` : withdrawnAt === null ? 'over' : 'taken back'
  return `${refName(component)} (${ends}; "${nameWords(reason.replace(/\.$/, ''))}")`
}
