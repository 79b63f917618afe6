import type { DecisionSpec } from '../../../ground/catalog/index.ts'
import { plainText } from './inline.ts'

type Assumption = NonNullable<DecisionSpec['assumptions']>[number]

const LINE =
  /^(?<measure>[a-z][\w-]*(?:\.[\w-]+)+)(?:\s+(?<quantile>p50|p75|p90))?(?:\s+(?:of|for|on)\s+(?<subject>[a-z][\w-]*:[\w./-]*\w))?\s+(?:is\s+)?(?<limit>at most|at least|<=|>=|≤|≥)\s*(?<amount>[+-]?\d+(?:\.\d+)?)\s*(?<unit>[smhdw%])?(?=[\s,;.–—-]|$)[\s,;.–—-]*(?:because:?\s+)?(?<because>.*)$/i

/**
 * An assumption written as a sentence: `delivery.change_failure_rate of system:default/checkout at most 10 %, because …`.
 * Null when it is free text: that stays in the body, and nothing watches it.
 */
export function assumptionIn(text: string): Assumption | null {
  const said = LINE.exec(plainText(text).slice(0, 2_000))?.groups
  if (!said) return null
  const limit = said.unit ? `${said.amount}${said.unit.toLowerCase()}` : Number(said.amount)
  return {
    measure: said.measure!.toLowerCase(),
    ...(said.subject ? { subject: said.subject.toLowerCase() } : {}),
    ...(said.quantile ? { quantile: said.quantile.toLowerCase() as 'p50' | 'p75' | 'p90' } : {}),
    ...(/^(?:at most|<=|≤)$/i.test(said.limit!) ? { atMost: limit } : { atLeast: limit }),
    ...(said.because ? { because: said.because } : {}),
  }
}
