import { type Because, type Claim, formatQuantity } from '../../../ground/core/index.ts'
import { claim, fromEntity, fromEvidence, fromReading } from './claims.ts'
import type { WorkPart, WorkSplit } from './facts.ts'
import { count, list, nameWords } from './words.ts'

/** Last week's work: how it divides, and which outcome took most. */
export function workClaims(work: WorkSplit | null): Claim[] {
  if (!work || work.n === 0) return []
  const of = (kind: WorkPart['kind']) => work.parts.filter((part) => part.kind === kind)
  const sum = (parts: readonly WorkPart[]) => parts.reduce((all, part) => all + part.n, 0)
  const shares = [
    { words: 'served outcomes', parts: of('outcome') },
    { words: 'upkeep', parts: of('upkeep') },
    { words: 'incidents and fixes', parts: of('incident') },
    { words: 'is linked to nothing', parts: of('unlinked') },
  ].filter(({ parts }) => sum(parts) > 0)
  const text = shares.map(({ words, parts }) => `${percent(sum(parts) / work.n)} ${words}`)
  const grounds = work.parts.flatMap(groundsOf)
  const whole = claim(`Last week's work (${count(work.n, 'change')}): ${text.join(', ')}.`, fromReading(work.reading), ...grounds)
  const served = of('outcome')
    .filter((part) => part.n > 0)
    .sort((a, b) => b.n - a.n || (a.title < b.title ? -1 : 1))
  if (served.length === 0) return [whole]
  const each = served.map((part) => `${nameWords(part.title)} ${percent(part.share)}`)
  return [whole, claim(`Of last week's work, by outcome: ${list(each)}.`, fromReading(work.reading), ...served.flatMap(groundsOf))]
}

/** The outcome and a few records of a part. */
function groundsOf(part: WorkPart): Because[] {
  return [
    ...(part.ref ? [fromEntity(part.ref, part.title)] : []),
    ...part.evidence.slice(0, 3).map(({ id, title }) => fromEvidence(id, title)),
  ]
}

function percent(share: number): string {
  return formatQuantity(Math.round(share * 100) / 100, 'ratio')
}
