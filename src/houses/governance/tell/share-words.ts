import { formatDuration, round } from '../../../ground/core/index.ts'
import type { ShareView } from './share.ts'

type Sum = Pick<ShareView, 'releases' | 'went' | 'overrode' | 'against' | 'unasked'>
type Holding = Pick<ShareView, 'held' | 'failedLater' | 'waitingHours' | 'open'>

/** How releases passed the gate, as a sentence. */
export function shareWords({ releases, went, overrode, against, unasked }: Sum, { held, failedLater, waitingHours }: Holding): string {
  if (releases === 0) return 'Nothing was released in this span.'
  const share = `${round((100 * (releases - unasked)) / releases, 2)} %`
  const parts = [
    `${went} were let go`,
    ...(overrode > 0 ? [`${overrode} went out on an override`] : []),
    ...(against > 0 ? [`${against} went out although held`] : []),
    ...(unasked > 0 ? [`for ${unasked} nobody asked`] : []),
  ]
  const cost =
    held > 0
      ? ` It held ${held} times${failedLater > 0 ? `, ${failedLater} of which failed when they went out` : ''}, for ${formatDuration(waitingHours * 3600)} in all.`
      : ''
  return `${share} of ${releases} releases asked: ${parts.join(', ')}.${cost}`
}
