import type { Answer } from '../../api/index.ts'
import { State } from '../../ui/state/index.ts'

type StepName = Answer<'review.read'>['step']

export const STEP_WORDS: Record<StepName, string> = {
  ranking: 'Each side ranks alone',
  agreeing: 'To be agreed',
  signing: 'To be signed',
  signed: 'Signed by all',
  closed: 'Closed',
}

/** Where a review stands, as word and shape. */
export function Step({ step }: { step: StepName }) {
  return <State state={step === 'closed' ? 'met' : step === 'signed' ? 'on_course' : 'unknown'} words={STEP_WORDS[step]} quiet />
}
