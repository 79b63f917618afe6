/**
 * The z for which a standard normal variable lies within ±z with the given probability; 1.96 for 0.95.
 * Inverse normal distribution by the rational approximation of P. J. Acklam (2003), relative error below 1.2e-9.
 * @param level 0 < level < 1
 */
export function twoSidedZ(level: number): number {
  return inverseNormal((1 + level) / 2)
}

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239,
] as const
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1] as const
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
] as const
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416] as const
/** Border between the tail and the middle approximation. */
const TAIL = 0.02425

function inverseNormal(probability: number): number {
  if (probability > 1 - TAIL) return -inverseNormal(1 - probability)
  if (probability < TAIL) {
    const q = Math.sqrt(-2 * Math.log(probability))
    return polynomial(C, q) / (polynomial(D, q) * q + 1)
  }
  const q = probability - 0.5
  const r = q * q
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1)
}

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}

/**
 * Share of a standard normal variable that lies below z.
 * M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions" (1964), 26.2.17; absolute error below 7.5e-8.
 */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return z > 0 ? 1 - tail : tail
}
