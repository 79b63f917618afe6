/** Whole numbers in [0, bound), the same each time for the same seed. */
interface Random {
  below(bound: number): number
}

/** How alike several sides rank the same things. */
export interface Agreement {
  /** Kendall's W: 0 no agreement at all, 1 the same order throughout. */
  w: number
  sides: number
  outcomes: number
  /** Share of random orders that agree at least as well: near 1 says that this much comes about by chance. */
  chance: number
}

/** Random orders are counted out up to so many, and drawn beyond. */
const COUNTED_OUT = 15_000
const DRAWN = 4_000

/**
 * Kendall's coefficient of concordance of complete rankings without ties, W = 12 S ÷ m²(n³ − n), S the squared
 * deviations of the rank sums (M. G. Kendall, B. Babington Smith, "The Problem of m Rankings", Ann. Math. Statist. 10,
 * 1939, 275–287). Null below two sides or two things, where nothing can agree.
 * @param rankings one a side, each naming the same things, most important first
 * @param random seeded, for the orders that are drawn where they are too many to be counted out
 */
export function agreementOf(rankings: readonly (readonly string[])[], random: Random): Agreement | null {
  const [first] = rankings
  if (!first || rankings.length < 2 || first.length < 2) return null
  const n = first.length
  const places = rankings.map((ranking) => first.map((thing) => ranking.indexOf(thing)))
  const w = concordance(places, n)
  return { w, sides: rankings.length, outcomes: n, chance: byChance(w, rankings.length, { n, random }) }
}

function concordance(places: readonly (readonly number[])[], n: number): number {
  const m = places.length
  const middle = (m * (n - 1)) / 2
  let spread = 0
  for (let thing = 0; thing < n; thing++) spread += (places.reduce((sum, own) => sum + own[thing]!, 0) - middle) ** 2
  return (12 * spread) / (m * m * (n ** 3 - n))
}

/** One side's order may stand still: only how the others lie to it counts. */
function byChance(w: number, m: number, { n, random }: { n: number; random: Random }): number {
  const enough = w - 1e-9
  const still = Array.from({ length: n }, (_, place) => place)
  const orders = factorial(n)
  if (orders ** (m - 1) <= COUNTED_OUT) {
    const all = permutations(still)
    let [found, looked] = [0, 0]
    const place = (chosen: number[][]) => {
      if (chosen.length < m) return all.forEach((order) => place([...chosen, order]))
      looked++
      if (concordance(chosen, n) >= enough) found++
    }
    place([still])
    return found / looked
  }
  let found = 0
  for (let draw = 0; draw < DRAWN; draw++)
    if (concordance([still, ...Array.from({ length: m - 1 }, () => shuffled(still, random))], n) >= enough) found++
  return (found + 1) / (DRAWN + 1)
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

function permutations(list: readonly number[]): number[][] {
  if (list.length < 2) return [[...list]]
  return list.flatMap((one) => permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}

/** Fisher and Yates. */
function shuffled(list: readonly number[], random: Random): number[] {
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}

/** The thing the sides place furthest apart. */
export function furthestApart(
  rankings: readonly { side: string; ranking: readonly string[] }[],
): { outcome: string; high: { side: string; rank: number }; low: { side: string; rank: number } } | null {
  const [first] = rankings
  if (!first || rankings.length < 2) return null
  const spreads = first.ranking.map((outcome) => {
    const ranks = rankings.map(({ side, ranking }) => ({ side, rank: ranking.indexOf(outcome) + 1 })).sort((a, b) => a.rank - b.rank)
    return { outcome, high: ranks[0]!, low: ranks.at(-1)! }
  })
  const widest = spreads.reduce((most, one) => (one.low.rank - one.high.rank > most.low.rank - most.high.rank ? one : most))
  return widest.low.rank === widest.high.rank ? null : widest
}
