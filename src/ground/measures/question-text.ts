import type { CollectAsk } from './measures.ts'

/** All that an answer depends on beside the measure, as a text: what was found for one question may be kept by it for a while. */
export function questionText({ pieces, where, at, asOf, moment, zone }: CollectAsk): string {
  const groups = [...new Set(pieces.map(({ shares }) => shares))]
  return JSON.stringify([
    moment,
    at,
    asOf,
    zone,
    Object.entries(where).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    groups.map((shares) => shares.map(({ ref }) => ref)),
    pieces.map(({ subject, shares, window }) => [subject, groups.indexOf(shares), window.from, window.to]),
  ])
}
