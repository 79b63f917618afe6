import { formatQuantity, type Reading, type Unit } from '../../../ground/core/index.ts'
import type { Sequential } from '../assess/index.ts'

/** How an experiment stands. */
export type ExperimentState = 'planned' | 'running' | 'supported' | 'refuted' | 'not_shown' | 'harm' | 'unknown'

/** What is known of an experiment when it is judged. */
export interface ExperimentFacts {
  hasStarted: boolean
  hasEnded: boolean
  expect: 'higher' | 'lower'
  unit: Unit
  alpha: number
  least: number
  /** Null when it cannot be read in the unit of the measure. */
  effect: number | null
  control: { n: number }
  treatment: { n: number }
  test: Sequential
  guardrails: readonly { measure: string; reading: Pick<Reading, 'value' | 'unit'>; atMost: number | null; atLeast: number | null }[]
}

/** The verdict by the rule that was fixed, in a state and a sentence. Says what was seen, never what caused it. */
export function judgeExperiment(facts: ExperimentFacts): { state: ExperimentState; words: string } {
  const { test, unit, alpha, least, control, treatment } = facts
  if (!facts.hasStarted) return { state: 'planned', words: 'Not started yet; the rule can still be changed.' }
  const broken = facts.guardrails.find(isBroken)
  if (broken) {
    const limit =
      broken.atMost === null
        ? `at least ${amount(broken.atLeast!, broken.reading.unit)}`
        : `at most ${amount(broken.atMost, broken.reading.unit)}`
    return {
      state: 'harm',
      words: `Stop: ${broken.measure} is ${amount(broken.reading.value!, broken.reading.unit)}, and ${limit} was promised.`,
    }
  }
  if (facts.effect === null)
    return { state: 'unknown', words: 'Cannot be judged: the smallest effect worth finding cannot be read in the unit of its measure.' }
  const small = Math.min(control.n, treatment.n)
  if (test.p === null || test.difference === null) {
    const words = small < least ? `${small} of ${least} values in the smaller arm` : 'the values do not differ at all'
    return { state: facts.hasEnded ? 'unknown' : 'running', words: `Too early to look: ${words}.` }
  }
  const { low, high } = test.interval!
  const size = `${amount(Math.abs(test.difference), unit)} ${test.difference > 0 ? 'higher' : 'lower'} than in the control (${percent(1 - alpha)} at every look: ${amount(low, unit)} to ${amount(high, unit)}; n = ${control.n} and ${treatment.n})`
  if (test.crossed !== null) {
    const isExpected = test.difference > 0 === (facts.expect === 'higher')
    return isExpected
      ? { state: 'supported', words: `As expected: ${size}. May be stopped.` }
      : { state: 'refuted', words: `Against what was expected: ${size}. Should be stopped.` }
  }
  return facts.hasEnded
    ? {
        state: 'not_shown',
        words: `Over, and no effect was shown: ${size}. An effect of ${amount(facts.effect, unit)} was worth finding.`,
      }
    : { state: 'running', words: `Going on: ${size}. Looking at it spoils nothing.` }
}

function isBroken({ reading, atMost, atLeast }: ExperimentFacts['guardrails'][number]): boolean {
  if (reading.value === null) return false // unknown is told beside
  return (atMost !== null && reading.value > atMost) || (atLeast !== null && reading.value < atLeast)
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}

/** A measure that is only sent in may have no unit. */
function amount(value: number, unit: Unit): string {
  return formatQuantity(value, unit).trim()
}
