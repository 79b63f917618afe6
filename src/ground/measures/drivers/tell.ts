import { formatQuantity, round } from '../../core/index.ts'
import type { Belief, Judged, Tested } from './decide.ts'
import { SLIGHT } from './decide.ts'

export interface Named {
  title: string
  unit: string
}

/**
 * A verdict as a sentence with its numbers, and what would make it surer. It tells what moved together, and never that
 * one thing made the other.
 */
export function sentenceOf(belief: Belief, judged: Judged, measure: Named, driver: Named): { why: string; fix?: string } {
  const { tested, n } = judged
  const steps = plural(n, judged.grain)
  const tie = tested ? tieWords(tested) : ''
  switch (judged.ground) {
    case 'moves_together':
    case 'moves_against': {
      const other = judged.ground === 'moves_against' ? `, the other way than said (${belief.direction})` : ''
      return {
        why: `${movesWords(tested!, measure, driver)}${other}: ${tie}. They move together; whether one moves the other is not shown by that.`,
      }
    }
    case 'moves_apart':
      return {
        why: `${measure.title} did not move with ${driver.title} ${lagsWords(tested!)}: ${tie}. A tie of ${SLIGHT} would have shown.`,
        fix: 'Drop it, or say another lag.',
      }
    case 'too_unsure':
      return {
        why: `Whether ${measure.title} moves with ${driver.title} ${lagsWords(tested!)} cannot be told from chance yet: ${tie}.`,
        fix: judged.needed
          ? `About ${plural(judged.needed, judged.grain)} known on both sides would tell.`
          : 'Look again when there is more.',
      }
    case 'too_few':
      return {
        why: `Both are known in ${steps}${judged.needed ? `; it takes ${judged.needed}` : ', too few to hold against chance'}.`,
        fix: 'Wait, ask a longer window, or send older values.',
      }
    case 'never_moves':
      return { why: `One of them is the same in all ${steps}, so nothing can move with it.`, fix: 'Ask a longer window.' }
    case 'nothing_measured':
      return {
        why: 'Stated, and not to be tested: one of them was never read here.',
        fix: 'Send or compute what is missing, for the same subject.',
      }
  }
}

function movesWords({ correlation, effect, move, lagDays }: Tested, measure: Named, driver: Named): string {
  const later = lagDays === 0 ? 'at the same time' : `about ${lagDays} ${lagDays === 1 ? 'day' : 'days'} later`
  const size = (value: number) => amount(Math.abs(value), measure.unit)
  const [low, high] = correlation > 0 ? [effect.low, effect.high] : [-effect.high, -effect.low]
  return `When ${driver.title} stood ${amount(move, driver.unit)} higher, ${measure.title} stood ${size(effect.value)} ${correlation > 0 ? 'higher' : 'lower'} ${later} (${Math.round(effect.level * 100)} %: ${amount(low, measure.unit)} to ${amount(high, measure.unit)})`
}

function tieWords({ correlation, interval, p, n, grain }: Tested): string {
  const r = (value: number) => round(Number(value.toFixed(2)), 2)
  return `correlation ${r(correlation)} (${r(interval.low)} to ${r(interval.high)}), n ${plural(n, grain)}, p ${p < 0.01 ? round(p, 1) : round(p, 2)}`
}

function lagsWords({ lagsDays: { from, to } }: Tested): string {
  return from === to ? `${from} days later` : `${from} to ${to} days later`
}

/** A difference with its unit; of shares in points, since "5 % higher" means something else. */
function amount(value: number, unit: string): string {
  const points = round(value * 100, 2)
  return unit === 'ratio' ? `${points} ${points === '1' ? 'point' : 'points'}` : formatQuantity(value, unit).trim()
}

function plural(count: number, grain: string): string {
  return `${count.toLocaleString('en-GB')} ${grain}${count === 1 ? '' : 's'}`
}
