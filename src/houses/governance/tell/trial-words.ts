import { round } from '../../../ground/core/index.ts'
import type { TrialView } from './trial.ts'

type Sum = Pick<TrialView, 'releases' | 'failed' | 'held' | 'caught' | 'waitingDays' | 'stillHeld' | 'toldLater'>

/** What a trial came to, and what has to be said with it. */
export function trialWords(sum: Sum, known: TrialView['known']): Pick<TrialView, 'words' | 'notes'> {
  const { releases, failed, held, caught, waitingDays, stillHeld, toldLater } = sum
  if (releases === 0) return { words: 'Nothing that it covers was released in this span.', notes: [] }
  const cost = held === 0 ? '' : `, and made them wait ${stillHeld > 0 ? 'at least ' : ''}${round(waitingDays, 2)} days in all`
  return {
    words: `It would have held ${held} of ${releases} releases, ${caught} of the ${failed} that failed${cost}.`,
    notes: [
      ...(caught > 0
        ? [
            'What is prevented is at most that: a release that waits is not a release that is mended, and the people who wait do something else meanwhile.',
          ]
        : []),
      ...(toldLater > 0 && known === 'then'
        ? [
            `${toldLater} of ${releases} releases were told here more than a day after they went out, so little was known at their time. Try it on what is known today of that time (known: now).`,
          ]
        : []),
      ...(known === 'now'
        ? ['Judged by what is known today of each moment, also what nobody knew then: the gate would have known less.']
        : []),
      'Which failure belongs to which release is taken as it is known today; exceptions, overrides and what a release says of itself are left out; measures are read once a day.',
    ],
  }
}
