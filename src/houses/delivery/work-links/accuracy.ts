/** A suggested or true link, as `from` and `to`. */
export interface Pair {
  from: string
  to: string
}

/**
 * How good suggestions are against what is known to be true.
 * @returns precision: share of the suggested that is true; recall: share of the true that was suggested; null where
 * there is nothing to divide by. f1 is their harmonic mean.
 */
export function accuracyOf(
  suggested: readonly Pair[],
  truth: readonly Pair[],
): { precision: number | null; recall: number | null; f1: number | null; hits: number } {
  const key = ({ from, to }: Pair) => `${from}\n${to}`
  const right = new Set(truth.map(key))
  const said = new Set(suggested.map(key))
  const hits = [...said].filter((one) => right.has(one)).length
  const precision = said.size === 0 ? null : hits / said.size
  const recall = right.size === 0 ? null : hits / right.size
  return { precision, recall, f1: said.size + right.size === 0 ? null : (2 * hits) / (said.size + right.size), hits }
}

/** Suggestions by confidence, in bands of a tenth: in a calibrated list the share of hits lies within its band. */
export function calibrationOf(
  suggested: readonly (Pair & { confidence: number })[],
  truth: readonly Pair[],
): { from: number; n: number; confidence: number; hits: number }[] {
  const right = new Set(truth.map(({ from, to }) => `${from}\n${to}`))
  const bands = Map.groupBy(suggested, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)))
  return [...bands]
    .sort(([a], [b]) => a - b)
    .map(([band, links]) => ({
      from: band / 10,
      n: links.length,
      confidence: links.reduce((sum, link) => sum + link.confidence, 0) / links.length,
      hits: links.filter(({ from, to }) => right.has(`${from}\n${to}`)).length / links.length,
    }))
}
