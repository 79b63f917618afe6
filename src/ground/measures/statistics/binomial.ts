/**
 * Probability of at most `k` hits in `n` trials of chance `p`, by the regularised incomplete beta function:
 * NIST Digital Library of Mathematical Functions, 8.17.5 and continued fraction 8.17.22.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  return incompleteBeta(1 - p, n - k, k + 1)
}

/** Smallest k with at least `probability` of at most k hits in n trials. */
export function binomialQuantile(probability: number, n: number, p: number): number {
  let low = -1
  let high = n
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (binomialCdf(middle, n, p) >= probability) high = middle
    else low = middle
  }
  return high
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2) ? (front * continuedFraction(x, a, b)) / a : 1 - (front * continuedFraction(1 - x, b, a)) / b
}

/** Evaluated from the front by Lentz's method, as modified by Thompson & Barnett (1986). */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const bounded = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / bounded(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / bounded(1 + even * d)
    c = bounded(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / bounded(1 + odd * d)
    c = bounded(1 + odd / c)
    const step = d * c
    result *= step
    if (Math.abs(step - 1) < 1e-14) break
  }
  return result
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** Logarithm of the gamma function for x ≥ 0.5: C. Lanczos (1964), coefficients for g = 7, n = 9. */
function logGamma(x: number): number {
  const shifted = x - 1
  const base = shifted + 7.5
  const series = LANCZOS.slice(1).reduce<number>((sum, coefficient, index) => sum + coefficient / (shifted + index + 1), LANCZOS[0])
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series)
}
