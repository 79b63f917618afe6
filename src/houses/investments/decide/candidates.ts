import type { Ref } from '../../../ground/core/index.ts'
import type { InvestmentIntent } from '../intent/index.ts'
import type { Candidate } from './portfolio/index.ts'
import type { Worth } from './worth.ts'

/** An investment that cannot be chosen, and what would let it be. */
export interface LeftOut {
  ref: Ref
  why: string
  fix: string
}

/** What there is to choose from. */
export interface Candidates {
  candidates: Candidate[]
  leftOut: LeftOut[]
  /** What money is counted in; null where no investment takes any. */
  currency: string | null
}

/** Whether it is still to be decided on, or to be decided on again. */
export function isOpen({ status }: Pick<InvestmentIntent, 'status'>): boolean {
  return status === 'proposed' || status === 'chosen' || status === 'running'
}

/**
 * Investments that are not over, in numbers. What runs already is weighed again like the rest: what was spent on it is
 * gone either way. One that needs something that cannot be had cannot be chosen either.
 * @param currency what money is to be counted in; the one most of them are stated in when left out
 */
export function candidatesOf(investments: readonly InvestmentIntent[], worths: ReadonlyMap<Ref, Worth>, wished?: string): Candidates {
  const currency = wished ?? mostUsed(investments.filter(isOpen).flatMap(({ cost }) => (cost?.money ? [cost.money.currency] : [])))
  const byRef = new Map(investments.map((investment) => [investment.ref, investment]))
  const out = new Map<Ref, Omit<LeftOut, 'ref'>>()
  for (const investment of investments.filter(isOpen)) {
    const own = standsAlone(investment, currency, investments)
    if (own) out.set(investment.ref, own)
  }
  for (let before = -1; before !== out.size;) {
    before = out.size
    for (const { ref, dependsOn } of investments.filter((one) => isOpen(one) && !out.has(one.ref))) {
      const lacking = dependsOn.find(
        (needed) => byRef.get(needed)?.status !== 'done' && (out.has(needed) || !isOpen(byRef.get(needed) ?? { status: 'stopped' })),
      )
      if (lacking)
        out.set(ref, {
          why: `It needs ${lacking}, which ${lackingWords(byRef.get(lacking))}`,
          fix: 'Depend on something else, or put that right first.',
        })
    }
  }
  const candidates = investments
    .filter((one) => isOpen(one) && !out.has(one.ref))
    .map((investment): Candidate => ({
      ref: investment.ref,
      peopleWeeks: investment.cost!.peopleWeeks,
      money: investment.cost!.money?.amount ?? 0,
      serves: investment.serves,
      closes: Object.fromEntries(worths.get(investment.ref)?.contributions.map(({ outcome, mean }) => [outcome, mean]) ?? []),
      dependsOn: investment.dependsOn.filter((needed) => byRef.get(needed)?.status !== 'done'),
      excludes: investment.excludes,
    }))
  return { candidates, leftOut: [...out].map(([ref, reason]) => ({ ref, ...reason })), currency }
}

/** Why it cannot be chosen whatever becomes of the others; null where it can. */
function standsAlone(
  { ref, cost, excludes }: InvestmentIntent,
  currency: string | null,
  all: readonly InvestmentIntent[],
): Omit<LeftOut, 'ref'> | null {
  if (!cost) return { why: 'It states no cost', fix: 'Say what it takes: people-weeks, money or both (spec.cost).' }
  const { money } = cost
  if (money && money.amount > 0 && money.currency !== currency)
    return {
      why: `Its money is in ${money.currency}, and money is counted in ${currency}`,
      fix: `State it in ${currency}, or ask for ${money.currency}.`,
    }
  const done = all.find((other) => other.status === 'done' && (excludes.includes(other.ref) || other.excludes.includes(ref)))
  return done ? { why: `It and ${done.ref} exclude each other, and that is done`, fix: 'Stop it, or take the exclusion out.' } : null
}

function lackingWords(lacking: InvestmentIntent | undefined): string {
  if (!lacking) return 'nobody wrote down'
  return lacking.status === 'stopped' ? 'was stopped' : 'cannot be chosen itself'
}

function mostUsed(currencies: readonly string[]): string | null {
  const counts = [...Map.groupBy(currencies, (currency) => currency)].map(([currency, { length }]) => ({ currency, length }))
  return counts.sort((a, b) => b.length - a.length || (a.currency < b.currency ? -1 : 1))[0]?.currency ?? null
}
