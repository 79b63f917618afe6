/**
 * Where the mean of a list changes: the split into pieces with the least sum of squares about their means plus a price
 * a change, found exactly by dynamic programming with pruning, PELT (R. Killick, P. Fearnhead, I. A. Eckley, "Optimal
 * detection of changepoints with a linear computational cost", JASA 107 (2012), 1590–1598).
 * @param price what a change must save, in squared units of the values
 * @param shortest fewest values of a piece; fewer are a blip
 * @returns first places of the second and later pieces, ascending
 */
export function splitMeans(values: Float64Array, price: number, shortest: number): number[] {
  const n = values.length
  if (n < 2 * shortest) return []
  const sum = new Float64Array(n + 1)
  const square = new Float64Array(n + 1)
  for (let index = 0; index < n; index++) {
    sum[index + 1] = sum[index]! + values[index]!
    square[index + 1] = square[index]! + values[index]! ** 2
  }
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(n + 1)
  best[0] = -price
  const open = new Int32Array(n + 1)
  const cost = new Float64Array(n + 1)
  let opened = 1
  for (let end = shortest; end <= n; end++) {
    if (end >= 2 * shortest) open[opened++] = end - shortest
    let [least, where] = [Number.POSITIVE_INFINITY, 0]
    for (let index = 0; index < opened; index++) {
      const from = open[index]!
      const total = sum[end]! - sum[from]!
      const own = best[from]! + square[end]! - square[from]! - (total * total) / (end - from)
      cost[index] = own
      if (own < least) [least, where] = [own, from]
    }
    best[end] = least + price
    before[end] = where
    // A split that is already dearer by itself than the best one with another change never wins again.
    let kept = 0
    for (let index = 0; index < opened; index++) if (cost[index]! <= best[end]! + 1e-9) open[kept++] = open[index]!
    opened = kept
  }
  const splits: number[] = []
  for (let place = before[n]!; place > 0; place = before[place]!) splits.unshift(place)
  return splits
}

/** Mean of each piece. */
export function pieceMeans(values: Float64Array, splits: readonly number[]): number[] {
  const borders = [0, ...splits, values.length]
  return borders.slice(1).map((to, piece) => {
    const own = values.subarray(borders[piece]!, to)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
}

/** The values without the mean of their piece. */
export function restsOf(values: Float64Array, splits: readonly number[]): Float64Array {
  const means = pieceMeans(values, splits)
  let piece = 0
  return values.map((value, index) => {
    if (index === splits[piece]) piece++
    return value - means[piece]!
  })
}

/** A change is looked for again this far around the place where the pieces part. */
const REACH = 20

/**
 * Moves each split to the place that most likely has the true one near it: noise with memory blurs the border, and of all
 * places the one with the greatest chance of the change near it is told. The chance of a place follows from
 * the least squares of what neighbours do not foretell.
 * @param how.near within how many places a change is told well
 * @param how.surpriseSd standard deviation of what a neighbour does not foretell
 */
export function settleSplits(
  values: Float64Array,
  splits: readonly number[],
  { memory, surpriseSd, shortest, near }: { memory: number; surpriseSd: number; shortest: number; near: number },
): number[] {
  const settled = [...splits]
  if (surpriseSd === 0) return settled
  for (let index = 0; index < settled.length; index++) {
    const from = settled[index - 1] ?? 0
    const to = settled[index + 1] ?? values.length
    const low = Math.max(from + shortest, settled[index]! - REACH)
    const high = Math.min(to - shortest, settled[index]! + REACH)
    const costs = Float64Array.from({ length: high - low + 1 }, (_, place) => surprise(values, from, low + place, to, memory))
    const least = Math.min(...costs)
    const chances = costs.map((cost) => Math.exp((least - cost) / (2 * surpriseSd ** 2)))
    const masses = chances.map((_, place) =>
      chances.subarray(Math.max(0, place - near), place + near + 1).reduce((sum, chance) => sum + chance, 0),
    )
    // Where several places are as good, the likeliest of them.
    const most = Math.max(...masses)
    let best = -1
    masses.forEach((mass, place) => {
      if (mass >= most * (1 - 1e-9) && (best === -1 || chances[place]! > chances[best]!)) best = place
    })
    if (best !== -1) settled[index] = low + best
  }
  return settled
}

/** Sum of squares of what is left when each value is foretold from its neighbour and the means of its two pieces. */
function surprise(values: Float64Array, from: number, split: number, to: number, memory: number): number {
  const mean = (start: number, end: number) => {
    let sum = 0
    for (let index = start; index < end; index++) sum += values[index]!
    return sum / (end - start)
  }
  const [before, after] = [mean(from, split), mean(split, to)]
  let cost = 0
  let last = 0
  for (let index = from; index < to; index++) {
    const rest = values[index]! - (index < split ? before : after)
    cost += (rest - memory * last) ** 2 * (index === from ? 1 - memory ** 2 : 1)
    last = rest
  }
  return cost
}
