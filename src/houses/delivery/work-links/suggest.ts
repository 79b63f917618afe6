import type { Link } from '../../../ground/catalog/index.ts'
import { refNamespace } from '../../../ground/core/index.ts'
import { conventionalType, UPKEEP_TYPES } from './conventional.ts'
import { type EvidenceFor, evidenceFor, type Profile, seenIn } from './evidence-for.ts'
import type { WorkRecord } from './record.ts'

/**
 * What each piece of evidence adds to the log-odds that a person would accept the link. Fitted by logistic regression on
 * planted histories, two of this folder's and one of the example company, with bounds that keep the single words
 * from vanishing behind coverage; suggest.test.ts states precision, recall and calibration on another one.
 */
const WEIGHTS = { named: 0.4, stated: 0.3, placed: 0.1, inPath: 0.2, phrases: 0.3, place: 2, feature: 0.7, coverage: 6 } as const
const INTERCEPT = -3.4
/** How much another outcome's evidence takes away. */
const RIVAL = 0.1
/** Below this a suggestion costs more attention than it gives. */
export const LEAST_CONFIDENCE = 0.5
/** Nothing that was only inferred is surer than this. */
const MOST_CONFIDENCE = 0.97

/**
 * The outcome a record without links most probably serves, by the words of its title and paths and by what it touches.
 * Null when too little speaks for one. Upkeep by its own words, reverts, merges and programs are left alone.
 */
export function suggestOutcome(record: WorkRecord, profiles: readonly Profile[]): Link | null {
  if (record.bot || record.merge || isUpkeep(record.title)) return null
  const seen = seenIn(record)
  const namespace = refNamespace(record.subject)
  const [best, second] = profiles
    .filter((profile) => profile.namespace === namespace)
    .map((profile) => ({ profile, evidence: evidenceFor(profile, seen) }))
    .filter(({ evidence }) => evidence.shared.length > 0)
    .map((one) => ({ ...one, points: pointsOf(one.evidence) }))
    .sort((a, b) => b.points - a.points || (a.profile.ref < b.profile.ref ? -1 : 1))
  if (!best) return null
  const confidence = confidenceOf(best.points, second?.points ?? 0)
  if (confidence < LEAST_CONFIDENCE) return null
  return {
    from: record.node,
    type: 'serves',
    to: best.profile.ref,
    origin: 'inferred',
    confidence: Math.round(confidence * 100) / 100,
    status: 'suggested',
    because: because(best.evidence),
    at: record.at,
  }
}

/** How probable it is that a person would accept: logistic in the points, a little less where another outcome comes near. */
export function confidenceOf(points: number, rival: number): number {
  return Math.min(MOST_CONFIDENCE, 1 / (1 + Math.exp(-(INTERCEPT + points - RIVAL * rival))))
}

function pointsOf({ named, stated, placed, inPath, phrases, place, feature, coverage }: EvidenceFor): number {
  const words =
    WEIGHTS.named * named + WEIGHTS.stated * stated + WEIGHTS.placed * placed + WEIGHTS.inPath * inPath + WEIGHTS.phrases * phrases
  return words + WEIGHTS.place * place + WEIGHTS.feature * feature + WEIGHTS.coverage * coverage
}

function isUpkeep(title: string): boolean {
  return UPKEEP_TYPES.has(conventionalType(title)?.type ?? '') || /^(?:\w+(?:\([^)]*\))?!?:\s*)?revert\b/i.test(title)
}

function because({ shared, places }: EvidenceFor): string {
  const words = shared.slice(0, 4).map((word) => `"${word}"`)
  const named = `Shares ${words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0]} with the outcome`
  return places.length > 0 ? `${named}, and changes ${places[0]}, which it is measured on` : named
}
