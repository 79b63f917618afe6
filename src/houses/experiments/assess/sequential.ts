/** What one arm came to by a look: how many values, their mean and variance. */
export interface Sample {
  n: number
  mean: number
  /** Of single values, n − 1 in the denominator; null for fewer than two. */
  variance: number | null
}

/** Both arms by one look. */
export interface Look {
  control: Sample
  treatment: Sample
}

/** What a test that was looked at again and again says. */
export interface Sequential {
  /** Always valid: the smallest over all looks. Null before any look counts. */
  p: number | null
  /** Treatment − control, by the last look. */
  difference: number | null
  /** Holds the true difference at every look at once with probability 1 − alpha. */
  interval: { low: number; high: number; level: number } | null
  /** The first look at which p fell to alpha. */
  crossed: number | null
}

/**
 * The mixture sequential probability ratio test for a difference of means, whose p-values and intervals are valid at every look
 * (R. Johari, L. Pekelis, D. J. Walsh: Always Valid Inference, arXiv:1512.04922, normal mixture with variance τ²). With
 * V = s₁²/n₁ + s₂²/n₂ and difference d: Λ = √(V/(V+τ²)) · exp(τ²d² / (2V(V+τ²))), p = min over looks of 1/Λ.
 * Means of enough values are taken for normal: looks count from `least` values an arm on.
 * @param effect the smallest difference worth finding; τ = effect
 */
export function sequentialTest(
  looks: readonly Look[],
  { alpha, effect, least }: { alpha: number; effect: number; least: number },
): Sequential {
  const mixing = effect * effect
  const told: Sequential = { p: null, difference: null, interval: null, crossed: null }
  for (const [index, { control, treatment }] of looks.entries()) {
    const enough = Math.min(control.n, treatment.n) >= Math.max(2, least)
    const variance = enough ? control.variance! / control.n + treatment.variance! / treatment.n : 0
    if (!(variance > 0)) continue
    const difference = treatment.mean - control.mean
    const sum = variance + mixing
    const inverse = Math.sqrt(sum / variance) * Math.exp(-(mixing * difference * difference) / (2 * variance * sum))
    told.p = Math.min(told.p ?? 1, inverse, 1)
    told.difference = difference
    const half = Math.sqrt(((variance * sum) / mixing) * (2 * Math.log(1 / alpha) + Math.log(sum / variance)))
    told.interval = { low: difference - half, high: difference + half, level: 1 - alpha }
    if (told.p <= alpha) told.crossed ??= index
  }
  return told
}

/** Adds values up one by one (Welford), so that a look costs nothing more. */
export class Running {
  #n = 0
  #mean = 0
  #squares = 0

  add(value: number): void {
    this.#n += 1
    const before = value - this.#mean
    this.#mean += before / this.#n
    this.#squares += before * (value - this.#mean)
  }

  sample(): Sample {
    return { n: this.#n, mean: this.#mean, variance: this.#n < 2 ? null : this.#squares / (this.#n - 1) }
  }
}
