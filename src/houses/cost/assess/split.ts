import { addDecimals, type Decimal, type Ref, splitDecimal } from '../../../ground/core/index.ts'
import type { Shared } from './cost.ts'

/** A share of what another component costs. */
export interface Share {
  of: Ref
  rule: string
  to: Ref
  amount: Decimal
}

/** Shared cost as it was split, and what could not be. */
export interface Split {
  shares: Share[]
  /** Stays where it is, with the reason. */
  kept: { of: Ref; rule: string; why: string }[]
}

/**
 * Splits the cost of shared components among those who depend on them, by the rule each states and no other: evenly, or by what
 * each adds up to of a measure. Parts add up to the whole exactly. Where a weight is not known nothing is split: an unknown
 * weight is not zero. What is shared itself gets no share of others.
 * @param own what each component costs itself
 * @param weights sums of a measure by component; a component without a sum has none
 */
export function splitShared(
  shared: readonly Shared[],
  own: ReadonlyMap<Ref, Decimal>,
  weights: ReadonlyMap<string, ReadonlyMap<Ref, number>>,
): Split {
  const split: Split = { shares: [], kept: [] }
  const sharing = new Set(shared.map(({ ref }) => ref))
  for (const { ref, rule, among: all } of shared) {
    const amount = own.get(ref)
    if (!amount) continue
    const among = all.filter((one) => !sharing.has(one))
    const keep = (why: string) => void split.kept.push({ of: ref, rule, why })
    if (among.length === 0) {
      keep('no component that is not shared itself depends on it')
      continue
    }
    const known = among.map((one) => (rule === 'even' ? 1 : weights.get(rule)?.get(one)))
    const unknown = among.filter((_, place) => known[place] === undefined)
    if (unknown.length > 0) {
      keep(`no ${rule} is known of ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}`)
      continue
    }
    const parts = splitDecimal(
      amount,
      known.map((weight) => BigInt(Math.round(weight! * 1_000))),
    )
    if (!parts) keep(`${rule} comes to nothing in this window`)
    else for (const [place, to] of among.entries()) split.shares.push({ of: ref, rule, to, amount: parts[place]! })
  }
  return split
}

/** Adds an amount to what is there under a name. */
export function addTo<K>(sums: Map<K, Decimal>, key: K, amount: Decimal): void {
  const known = sums.get(key)
  sums.set(key, known ? addDecimals(known, amount) : amount)
}
