import { formatInstant, formatWindow, type Instant, type Reading, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { readingKey } from '../decide/index.ts'
import type { Policy, Rule } from '../intent/index.ts'

type Context = Pick<Ground, 'measures'>
type MeasureRule = Extract<Rule, { rule: 'measure' }>

/** The readings that the measure rules of policies ask for, by policy and rule. */
export async function readingsFor(
  policies: readonly Policy[],
  component: Ref,
  moment: { at: Instant; asOf: Instant },
  context: Context,
): Promise<Record<string, Reading>> {
  const readings: Record<string, Reading> = {}
  for (const policy of policies)
    for (const rule of policy.rules) {
      if (rule.rule === 'measure') readings[readingKey(policy, rule)] = await readMeasure(rule, component, moment, context)
    }
  return readings
}

/** The reading one rule asks for. A question that is refused is a reading nobody knows, with the refusal as its reason. */
export async function readMeasure(
  { measure, where, window, subject: stated }: MeasureRule,
  component: Ref,
  { at, asOf }: { at: Instant; asOf: Instant },
  { measures }: Context,
): Promise<Reading> {
  const subject = stated ?? component
  const span = { from: at - window, to: at }
  try {
    return await measures.read({ measure, subject, where: { ...where }, ...span, at, asOf })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, fix = '' } = error.problem
    return {
      measure,
      subject,
      dimensions: { ...where },
      window: formatWindow(span),
      value: null,
      unit: '',
      unknown: { code, why: message, fix },
      n: 0,
      excluded: [],
      at: formatInstant(at),
      asOf: formatInstant(asOf),
    }
  }
}
