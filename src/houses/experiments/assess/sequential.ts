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

/** What the test says at one look. */
export interface SequentialLook extends Omit<Sequential, 'crossed'> {
  control: number
  treatment: number
}

/** The rule of a test: how often nothing may be taken for something, the smallest difference worth finding, values an arm before a look counts. */
export interface SequentialRule {
  alpha: number
  effect: number
  least: number
}

/**
 * The mixture sequential probability ratio test for a difference of means, whose p-values and intervals are valid at every look
 * (R. Johari, L. Pekelis, D. J. Walsh: Always Valid Inference, arXiv:1512.04922, normal mixture with variance τ²). With
 * V = s₁²/n₁ + s₂²/n₂ and difference d: Λ = √(V/(V+τ²)) · exp(τ²d² / (2V(V+τ²))), p = min over looks of 1/Λ; τ is the smallest
 * difference worth finding. Means of enough values are taken for normal: looks count from `least` values an arm on.
 * @returns what it says at each look; p never rises, and the rest is null where a look does not count
 */
export function sequentialLooks(looks: readonly Look[], { alpha, effect, least }: SequentialRule): SequentialLook[] {
  const mixing = effect * effect
  let p: number | null = null
  return looks.map(({ control, treatment }) => {
    const n = { control: control.n, treatment: treatment.n }
    const enough = Math.min(control.n, treatment.n) >= Math.max(2, least)
    const variance = enough ? control.variance! / control.n + treatment.variance! / treatment.n : 0
    if (!(variance > 0)) return { ...n, p, difference: null, interval: null }
    const difference = treatment.mean - control.mean
    const sum = variance + mixing
    const inverse = Math.sqrt(sum / variance) * Math.exp(-(mixing * difference * difference) / (2 * variance * sum))
    p = Math.min(p ?? 1, inverse, 1)
    const half = Math.sqrt(((variance * sum) / mixing) * (2 * Math.log(1 / alpha) + Math.log(sum / variance)))
    return { ...n, p, difference, interval: { low: difference - half, high: difference + half, level: 1 - alpha } }
  })
}

/** What the test says by the last look that counts, and at which it was first allowed to stop. */
export function sequentialTest(looks: readonly Look[], rule: SequentialRule): Sequential {
  const told = sequentialLooks(looks, rule)
  const last = told.findLast(({ difference }) => difference !== null)
  const crossed = told.findIndex(({ p }) => p !== null && p <= rule.alpha)
  return {
    p: last?.p ?? null,
    difference: last?.difference ?? null,
    interval: last?.interval ?? null,
    crossed: crossed === -1 ? null : crossed,
  }
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
