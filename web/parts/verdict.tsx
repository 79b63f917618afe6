import { lengthWords } from '../ui/figure/index.ts'
import { State, type StateName, StateShape } from '../ui/state/index.ts'
import type { Answer } from '../api/index.ts'

export type Verdict = Answer<'drivers'>['drivers'][number]['verdict']

export const VERDICT_WORDS: Record<Verdict, string> = {
  believed: 'believed',
  supported: 'supported',
  refuted: 'refuted',
  not_enough_data: 'not enough data',
}

const SHAPES: Record<Verdict, StateName> = {
  believed: 'unknown',
  supported: 'met',
  refuted: 'missed',
  not_enough_data: 'on_course',
}

/** Worst first: what is steered by and does not hold. */
export const VERDICTS: readonly Verdict[] = ['refuted', 'not_enough_data', 'believed', 'supported']

/** A verdict as word, shape and colour. */
export function VerdictState({ verdict }: { verdict: Verdict }) {
  return <State state={SHAPES[verdict]} words={`${VERDICT_WORDS[verdict][0]!.toUpperCase()}${VERDICT_WORDS[verdict].slice(1)}`} />
}

export function VerdictShape({ verdict }: { verdict: Verdict }) {
  return <StateShape state={SHAPES[verdict]} />
}

/** What is said of a driver: "higher with it after 3d". */
export function saidWords({ direction, lag }: { direction?: string | null | undefined; lag?: string | null | undefined }): string {
  const way = direction === 'same' ? 'same direction' : direction === 'opposite' ? 'opposite direction' : 'either direction'
  if (!lag) return way
  return /^0\D*$/.test(lag) ? `${way}, at the same time` : `${way}, after ${lengthWords(lag)}`
}
