import type { Ref } from '../../../ground/core/index.ts'
import type { Chosen, Obstacle } from '../decide/portfolio/index.ts'
import type { OutcomeGap } from '../decide/worth.ts'

interface Named {
  gaps: ReadonlyMap<Ref, OutcomeGap>
  currency: string | null
}

/** "38 %", and "0.4 %" where a whole percent would read as nothing. */
export function percent(share: number): string {
  const value = share * 100
  const rounded = Math.abs(value) > 0 && Math.abs(value) < 1 ? Math.round(value * 10) / 10 : Math.round(value)
  return `${rounded.toLocaleString('en-GB')} %`
}

/** "12.5 people-weeks". */
function weeksWords(peopleWeeks: number): string {
  const rounded = Math.round(peopleWeeks * 10) / 10
  return `${rounded.toLocaleString('en-GB')} people-${rounded === 1 ? 'week' : 'weeks'}`
}

/** "120,000 EUR". */
function moneyWords(amount: number, currency: string | null): string {
  return `${Math.round(amount).toLocaleString('en-GB')} ${currency ?? ''}`.trim()
}

/** The answer as a sentence. */
export function portfolioHeadline(chosen: Chosen, { candidates, gaps, currency }: Named & { candidates: number }): string {
  if (!chosen.feasible) return `Nothing fits. ${obstacleWords(chosen.inTheWay, chosen.alone, { gaps, currency })}`
  if (candidates === 0) return 'There is nothing to choose from: no investment that is open states what it costs.'
  const { best } = chosen
  if (best.chosen.length === 0) return `Of ${candidates} investments none that fits these limits closes a gap.`
  const closed = Object.entries(best.closed)
    .filter(([, share]) => share > 0.005)
    .sort(([, a], [, b]) => b - a)
  const words = closed.slice(0, 3).map(([ref, share]) => `${percent(share)} of the gap of "${gaps.get(ref)?.title ?? ref}"`)
  const more = closed.length > 3 ? `, and part of ${closed.length - 3} more` : ''
  const takes = `${weeksWords(best.peopleWeeks)}${best.money > 0 ? ` and ${moneyWords(best.money, currency)}` : ''}`
  return words.length === 0
    ? `Choose ${best.chosen.length} of ${candidates} for ${takes}: they keep the floors, and close no gap that is known.`
    : `Choose ${best.chosen.length} of ${candidates} for ${takes}: expected to close ${words.join(', ')}${more}.`
}

/** Which limits stand in the way, in a sentence. */
function obstacleWords(obstacles: readonly Obstacle[], alone: boolean, { gaps, currency }: Named): string {
  const words = obstacles.map(({ limit, outcome, has, needs, counts }) => {
    if (limit === 'peopleWeeks') return `the limit would have to be ${weeksWords(needs)} instead of ${weeksWords(has)}`
    if (limit === 'money') return `the limit would have to be ${moneyWords(needs, currency)} instead of ${moneyWords(has, currency)}`
    const title = gaps.get(outcome!)?.title ?? outcome
    return needs === 0 || counts === 'investments'
      ? `the floor of "${title}" would have to go`
      : `the floor of "${title}" could be ${weeksWords(needs)} at most instead of ${weeksWords(has)}`
  })
  const [first, ...others] = words
  if (!first) return 'The limits contradict each other.'
  const all = `${first}${others.map((other) => `, ${alone ? 'or' : 'and'} ${other}`).join('')}`
  return `${all.charAt(0).toUpperCase()}${all.slice(1)}.`
}
