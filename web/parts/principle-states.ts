import type { Answer } from '../api/index.ts'
import type { StateName } from '../ui/state/index.ts'

type Lived = Answer<'principles'>['principles'][number]['subjects'][number]['state']

/** How a principle is lived by one component; worst first. */
export const LIVED_STATES: Record<Lived, { state: StateName; words: string }> = {
  broken: { state: 'missed', words: 'Broken' },
  unknown: { state: 'unknown', words: 'Unknown' },
  excepted: { state: 'at_risk', words: 'Excepted' },
  held: { state: 'met', words: 'Held' },
}

const ORDER = Object.keys(LIVED_STATES)

export function worstLivedFirst<Principle extends { state: Lived }>(principles: readonly Principle[]): Principle[] {
  return principles.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}
