import { formatDuration, round } from '../../../ground/core/index.ts'
import type { ShareView } from './share.ts'

type Sum = Pick<ShareView, 'releases' | 'went' | 'overrode' | 'against' | 'unasked'>
type Holding = Pick<ShareView, 'held' | 'failedLater' | 'waitingHours'>

/** How releases passed the gate, as a sentence. */
export function shareWords({ releases, went, overrode, against, unasked }: Sum, { held, failedLater, waitingHours }: Holding): string {
  if (releases === 0) return held === 0 ? 'Nothing was released in this span.' : `Nothing was released in this span.${heldWords(held)}.`
  const asked = releases - unasked
  const parts = [
    ...(went > 0 ? [`${went} ${were(went)} let go`] : []),
    ...(overrode > 0 ? [`${overrode} went out on an override`] : []),
    ...(against > 0 ? [`${against} went out although held`] : []),
    ...(unasked > 0 ? [`nobody asked for ${unasked}`] : []),
  ]
  const caught = failedLater > 0 ? `, and ${failedLater} of what it held failed when it went out` : ''
  const cost = held > 0 ? `${heldWords(held)} for ${formatDuration(waitingHours * 3600)} in all${caught}.` : ''
  return `${round((100 * asked) / releases, 2)} % of ${releases} ${releases === 1 ? 'release' : 'releases'} asked: ${parts.join(', ')}.${cost}`
}

function heldWords(held: number): string {
  return ` The gate held ${held === 1 ? 'once' : `${held} times`}`
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were'
}
