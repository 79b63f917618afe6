import type { Entity } from '../../../ground/catalog/index.ts'
import { formatInstant, type Instant, parseInstant, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { ExperimentSpec } from '../intent.ts'

/** The rule in force at the start: a later one is told as a reservation and does not count. */
export async function ruleOf(
  entity: Entity,
  asOf: Instant,
  { catalog }: Pick<Ground, 'catalog'>,
  reservations: string[],
): Promise<{ spec: ExperimentSpec; fixedAt: Instant }> {
  const versions = (await catalog.versions(entity.ref))
    .filter((version) => version.at <= asOf && !version.removed)
    .toSorted((a, b) => a.at - b.at)
  const specs = versions.map(({ at, doc }) => ({ at, spec: ExperimentSpec.parse(doc.spec) }))
  const [first] = specs
  if (!first) return { spec: ExperimentSpec.parse(entity.spec), fixedAt: entity.updatedAt }
  const start = momentOf(first.spec.start)
  const inTime = specs.filter((version) => version.at <= start)
  if (inTime.length === 0) reservations.push('written down after it began, so this explores and does not test')
  const rule = inTime.at(-1) ?? first
  const later = specs.filter(({ at, spec }) => at > start && sameRule(spec) !== sameRule(rule.spec))
  if (later.length > 0)
    reservations.push(
      `its rule was changed after the start, on ${formatInstant(later[0]!.at).slice(0, 10)}; judged by the rule it began with`,
    )
  // A version that left the rule as it was did not fix it anew.
  const fixed = specs.find(({ spec }) => sameRule(spec) === sameRule(rule.spec)) ?? rule
  return { spec: rule.spec, fixedAt: fixed.at }
}

function sameRule({ measure, expect, arms, start, stop, guardrails }: ExperimentSpec): string {
  return JSON.stringify([measure, expect, arms, start, stop, guardrails])
}

export function momentOf(text: string): Instant {
  const read = parseInstant(text)
  if (!read.ok) throw new Refusal(read.problems[0]!.code, read.problems[0]!.message)
  return read.value
}
