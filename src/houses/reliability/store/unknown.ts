import type { Unknown } from '../../../ground/core/index.ts'
import type { Assessed, UnknownReason } from '../assess/index.ts'
import type { Slo } from '../intent/model.ts'

/** Why a promise cannot be judged, and what helps. */
export function unknownStatus(reason: UnknownReason, slo: Slo, { n }: Pick<Assessed, 'n'>): Unknown {
  const names = slo.objectives.map(({ indicator }) => `"${indicator.name}"`).join(' or ')
  if (reason === 'too_few_events')
    return {
      code: reason,
      why: `There were ${n} events in the window; with fewer than ${slo.leastEvents} nothing is said of this promise.`,
      fix: 'Choose a longer window, or a smaller annotation throughline.dev/minimum-events.',
    }
  if (reason === 'no_whole_slice')
    return {
      code: reason,
      why: 'No slice of the window is whole and has an event in it.',
      fix: 'Wait for one, or choose shorter slices.',
    }
  if (reason === 'minutes_gone')
    return {
      code: reason,
      why: 'Slices of the window are told by minutes that are not kept any more: of its first days only the sums of hours are.',
      fix: 'Keep samples (kind sli) as long as the longest window of a promise, or choose slices of whole hours.',
    }
  return {
    code: reason,
    why: `No samples of ${names} about ${slo.service} in the window.`,
    fix: `Send samples of kind sli with indicator ${names}, or connect a source that measures it.`,
  }
}
