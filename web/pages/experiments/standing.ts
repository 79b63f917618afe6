import type { StateName } from '../../ui/state/index.ts'
import { formatInterval, formatQuantity } from '../../ui/figure/index.ts'
import type { Listed } from './asks.ts'

type Name = Listed['state'] | 'stopped'

/** How an experiment stands: the result somebody kept, else what its rule says of the records. */
export function standingOf({ kept, state, words }: Pick<Listed, 'kept' | 'state' | 'words'>): { state: Name; words: string } {
  return kept ?? { state, words }
}

/** What people ask a list of experiments for, in the order it is told. */
export const GROUPS = ['stop', 'running', 'decided', 'stopped', 'planned', 'unknown'] as const
export type Group = (typeof GROUPS)[number]

const STATES: Record<Name, { shape: StateName; words: string; group: Group }> = {
  harm: { shape: 'missed', words: 'Stop: a guardrail is broken', group: 'stop' },
  running: { shape: 'on_course', words: 'Running', group: 'running' },
  supported: { shape: 'met', words: 'Supported', group: 'decided' },
  refuted: { shape: 'missed', words: 'Against what was expected', group: 'decided' },
  not_shown: { shape: 'unknown', words: 'Not shown', group: 'decided' },
  stopped: { shape: 'unknown', words: 'Stopped early', group: 'stopped' },
  planned: { shape: 'unknown', words: 'Planned', group: 'planned' },
  unknown: { shape: 'unknown', words: 'Unknown', group: 'unknown' },
}

/** Shape, word and group of how it stands. A broken guardrail whose result was kept has been stopped. */
export function shownAs(experiment: Pick<Listed, 'kept' | 'state' | 'words'>): { shape: StateName; words: string; group: Group } {
  const { state } = standingOf(experiment)
  if (state === 'harm' && experiment.kept) return { shape: 'missed', words: 'Stopped: a guardrail broke', group: 'stopped' }
  return STATES[state]
}

/** A measure that is only sent in may have no unit. */
export function amount(value: number, unit: string): string {
  return formatQuantity(value, unit).trim()
}

/** "26 s lower (95 % at every look: 14 to 38 s lower)": told in the sense that is expected or not, never as a bare sign. */
export function differenceWords({ test: { difference, interval }, unit }: Pick<Listed, 'test' | 'unit'>): string | null {
  if (difference === null || interval === null) return null
  const low = amount(interval.low, unit)
  const range = interval.low < 0 ? `${low} to ${amount(interval.high, unit)}` : formatInterval(interval.low, interval.high, unit)
  return `${signed(difference, unit)} (${percent(interval.level)}: ${range.trim()})`
}

export function signed(value: number, unit: string): string {
  return `${value > 0 ? '+' : ''}${amount(value, unit)}`
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}\u00a0%`
}
