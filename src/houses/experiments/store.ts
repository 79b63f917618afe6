import type { Entity } from '../../ground/catalog/index.ts'
import {
  DAY,
  formatInstant,
  type Instant,
  parseInstant,
  parseQuantity,
  type Reading,
  refNamespace,
  Refusal,
  type Row,
} from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type Look, Running, type Sequential, sequentialTest } from './assess/index.ts'
import { type ExperimentState, judgeExperiment } from './decide/index.ts'
import { ExperimentSpec } from './intent.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'ledger'>
type Arm = ExperimentSpec['arms']['control']

/** Values read of an arm at most. */
const MOST_VALUES = 10_000

/** An experiment as it stands at a moment. */
export interface ExperimentResult {
  ref: string
  title: string
  hypothesis: string
  measure: string
  unit: string
  start: string
  end: string
  state: ExperimentState
  words: string
  control: { n: number; mean: number | null }
  treatment: { n: number; mean: number | null }
  test: Omit<Sequential, 'crossed'> & { crossedAt: string | null }
  guardrails: { measure: string; reading: Reading; limit: string }[]
  /** What a careful reader wants to know: late declaration, a rule changed on the way, before and after, values cut. */
  reservations: string[]
  at: string
  asOf: string
}

/** Reads an experiment by the rule that was in force when it began. */
export async function readExperiment(
  ref: string,
  asked: { at?: Instant | undefined; asOf?: Instant | undefined },
  context: Context,
): Promise<ExperimentResult> {
  const { catalog, measures, ledger } = context
  const now = await ledger.present()
  const asOf = Math.min(asked.asOf ?? now, now)
  const at = asked.at ?? asOf
  const entity = await catalog.get(ref, asOf)
  if (!entity || !ref.startsWith('experiment:'))
    throw new Refusal('experiment.unknown', `There is no experiment ${ref}.`, { status: 404, fix: 'Declare one: kind: Experiment.' })
  const reservations: string[] = []
  const spec = await ruleOf(entity, asOf, context, reservations)
  const [start, end] = [momentOf(spec.start), momentOf(spec.stop.end)]
  const until = Math.min(at, end)
  const common = { at, asOf }
  const rowsOf = async (arm: Arm): Promise<Row[]> => {
    const from = arm.from === undefined ? start : momentOf(arm.from)
    const to = Math.min(arm.to === undefined ? until : momentOf(arm.to), at)
    if (from >= to) return []
    const subject = arm.subject ?? `namespace:${refNamespace(entity.ref)}`
    const rows = await measures.rows({ measure: spec.measure, subject, where: arm.where ?? {}, from, to, ...common, limit: MOST_VALUES })
    if (rows.length >= MOST_VALUES) reservations.push(`only the newest ${MOST_VALUES.toLocaleString('en-GB')} values of an arm are read`)
    return rows.filter((row) => row.value !== null && !row.excluded && row.at !== undefined)
  }
  const [control, treatment] = [await rowsOf(spec.arms.control), await rowsOf(spec.arms.treatment)]
  if (spec.arms.control.to !== undefined && momentOf(spec.arms.control.to) <= start)
    reservations.push('before and after: whatever else changed meanwhile is in the difference, too')
  const unit = measures.get(spec.measure)?.unit ?? (control[0] ?? treatment[0])?.unit ?? ''
  const looks = looksOf(control, treatment, start, until)
  const effect = quantityOf(spec.stop.effect, unit)
  const { crossed, ...test } = sequentialTest(looks, { alpha: spec.stop.alpha, effect, least: spec.stop.least })
  const guardrails = await guardrailsOf(spec, { start, until, common, namespace: refNamespace(entity.ref) }, context)
  const last = looks.at(-1)
  const verdict = judgeExperiment({
    hasStarted: at >= start,
    hasEnded: at >= end,
    expect: spec.expect,
    unit,
    alpha: spec.stop.alpha,
    least: spec.stop.least,
    effect,
    control: { n: control.length },
    treatment: { n: treatment.length },
    test: { ...test, crossed },
    guardrails,
  })
  for (const { measure, reading } of guardrails)
    if (reading.value === null && at >= start)
      reservations.push(`the guardrail ${measure} is unknown: ${reading.unknown?.why ?? 'no data'}`)
  return {
    ref: entity.ref,
    title: entity.metadata.title ?? entity.metadata.name,
    hypothesis: spec.hypothesis,
    measure: spec.measure,
    unit,
    start: formatInstant(start),
    end: formatInstant(end),
    ...verdict,
    control: { n: control.length, mean: last && control.length > 0 ? last.control.mean : null },
    treatment: { n: treatment.length, mean: last && treatment.length > 0 ? last.treatment.mean : null },
    test: { ...test, crossedAt: crossed === null ? null : formatInstant(Math.min(start + (crossed + 1) * DAY, until)) },
    guardrails: guardrails.map(({ measure, reading, atMost, atLeast }) => ({
      measure,
      reading,
      limit: atMost === null ? `at least ${atLeast}` : `at most ${atMost}`,
    })),
    reservations,
    at: formatInstant(at),
    asOf: formatInstant(asOf),
  }
}

/** The rule in force at the start: a later one is told and does not count. */
async function ruleOf(entity: Entity, asOf: Instant, { catalog }: Context, reservations: string[]): Promise<ExperimentSpec> {
  const versions = (await catalog.versions(entity.ref))
    .filter((version) => version.at <= asOf && !version.removed)
    .toSorted((a, b) => a.at - b.at)
  const specs = versions.map(({ at, doc }) => ({ at, spec: ExperimentSpec.parse(doc.spec) }))
  const [first] = specs
  if (!first) return ExperimentSpec.parse(entity.spec)
  const start = momentOf(first.spec.start)
  const inTime = specs.filter((version) => version.at <= start)
  if (inTime.length === 0) reservations.push('written down after it began, so this explores and does not test')
  const rule = (inTime.at(-1) ?? first).spec
  const later = specs.filter(({ at, spec }) => at > start && JSON.stringify(ruleParts(spec)) !== JSON.stringify(ruleParts(rule)))
  if (later.length > 0)
    reservations.push(
      `its rule was changed after the start, on ${formatInstant(later[0]!.at).slice(0, 10)}; judged by the rule it began with`,
    )
  return rule
}

function ruleParts({ measure, expect, arms, start, stop, guardrails }: ExperimentSpec): unknown[] {
  return [measure, expect, arms, start, stop, guardrails]
}

/** Both arms by the end of each day from the start on. */
function looksOf(control: readonly Row[], treatment: readonly Row[], start: Instant, until: Instant): Look[] {
  const arms = [control, treatment].map((rows) => ({
    rows: rows.toSorted((a, b) => (a.at! < b.at! ? -1 : 1)),
    next: 0,
    sum: new Running(),
  }))
  const looks: Look[] = []
  for (let day = start + DAY; day - DAY < until; day += DAY) {
    for (const arm of arms)
      for (; arm.next < arm.rows.length && Date.parse(arm.rows[arm.next]!.at!) < day; arm.next += 1) arm.sum.add(arm.rows[arm.next]!.value!)
    looks.push({ control: arms[0]!.sum.sample(), treatment: arms[1]!.sum.sample() })
  }
  return looks
}

async function guardrailsOf(
  { guardrails, arms: { treatment } }: ExperimentSpec,
  { start, until, common, namespace }: { start: Instant; until: Instant; common: { at: Instant; asOf: Instant }; namespace: string },
  { measures }: Context,
) {
  if (until <= start) return []
  return Promise.all(
    guardrails.map(async ({ measure, subject, atMost, atLeast }) => {
      const about = subject ?? treatment.subject ?? `namespace:${namespace}`
      const reading = await measures.read({ measure, subject: about, from: start, to: until, ...common })
      const limit = (text: number | string | undefined) => (text === undefined ? null : quantityOf(text, reading.unit))
      return { measure, reading, atMost: limit(atMost), atLeast: limit(atLeast) }
    }),
  )
}

function momentOf(text: string): Instant {
  const read = parseInstant(text)
  if (!read.ok) throw new Refusal(read.problems[0]!.code, read.problems[0]!.message)
  return read.value
}

function quantityOf(value: number | string, unit: string): number {
  const read = parseQuantity(value, unit)
  if (!read.ok) throw new Refusal(read.problems[0]!.code, read.problems[0]!.message, { ...read.problems[0], path: 'spec.stop.effect' })
  return read.value
}
