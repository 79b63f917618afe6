import { STATE_WORDS, type StateName } from '../ui/state/index.ts'

/** Good news first, what nobody knows last, as people count. */
const COUNTED: readonly StateName[] = ['met', 'on_course', 'at_risk', 'missed', 'unknown']

/** "5 outcomes: 3 on course, 1 at risk, 1 unknown." */
export function outcomesInWords(counts: Partial<Record<StateName, number>>): string {
  const states = COUNTED.filter((state) => (counts[state] ?? 0) > 0)
  const all = states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  if (all === 0) return 'No outcomes yet.'
  const parts = states.map((state) =>
    states.length === 1 && all > 1 ? `all ${STATE_WORDS[state].toLowerCase()}` : `${counts[state]} ${STATE_WORDS[state].toLowerCase()}`,
  )
  return `${all} ${all === 1 ? 'outcome' : 'outcomes'}: ${parts.join(', ')}.`
}
