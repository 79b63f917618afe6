import { formatQuantity } from '../../core/index.ts'
import type { Benchmark } from './benchmark.ts'

/** Where a value lies among what others answered: shares of those asked, never a grade. */
export interface Place {
  below: number
  /** In the same band; 0 where only a mean is known. */
  same: number
  above: number
  /** In a sentence. */
  words: string
}

/** Places a value in a distribution; against the mean where that is all that is published. */
export function placeOf(value: number, { bands, mean, unit }: Pick<Benchmark, 'bands' | 'mean' | 'unit'>): Place | null {
  if (bands.length === 0) return mean === null ? null : besideMean(value, mean, unit)
  const isIn = (from: number | null, to: number | null) => (from === null || value >= from) && (to === null || value < to)
  const share = (which: (from: number | null, to: number | null) => boolean) =>
    bands.reduce((sum, band) => (which(band.from, band.to) ? sum + band.share : sum), 0)
  const same = share(isIn)
  const below = Math.min(
    1,
    share((_, to) => to !== null && value >= to),
  )
  const above = Math.min(
    1,
    share((from) => from !== null && value < from),
  )
  const band = bands.find(({ from, to }) => isIn(from, to))
  const own = band
    ? `${percent(same)} of those asked are in the same range (${rangeOf(band, unit)}); `
    : 'Outside every range that was asked for; '
  return { below, same, above, words: `${own}${percent(below)} below it, ${percent(above)} above.` }
}

function besideMean(value: number, mean: number, unit: string): Place {
  const side = value === mean ? 'At' : value < mean ? 'Below' : 'Above'
  return { below: 0, same: 0, above: 0, words: `${side} the mean of those asked, ${formatQuantity(mean, unit)}.` }
}

/** `under 1 d`, `1 d to 7 d`, `1 a day and more`. */
export function rangeOf({ from, to }: Benchmark['bands'][number], unit: string): string {
  if (from === null) return to === null ? 'anything' : `under ${formatQuantity(to, unit)}`
  return to === null ? `${formatQuantity(from, unit)} and more` : `${formatQuantity(from, unit)} to ${formatQuantity(to, unit)}`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
