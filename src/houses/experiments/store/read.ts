import type { Entity } from '../../../ground/catalog/index.ts'
import {
  formatInstant,
  type Instant,
  formatRef,
  parseQuantity,
  parseRef,
  type Reading,
  refNamespace,
  Refusal,
  type Row,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Sequential, type SequentialLook, sequentialLooks, sequentialTest } from '../assess/index.ts'
import { type ExperimentState, judgeExperiment } from '../decide/index.ts'
import { type ExperimentSpec, type KeptResult, keptOf } from '../intent.ts'
import { armsOf, looksOf, type Span } from './arms.ts'
import { guardrailsOf, limitWords } from './guardrails.ts'
import { momentOf, ruleOf } from './rule.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'ledger'>

/** An experiment as it stands at a moment. */
export interface ExperimentResult {
  ref: string
  title: string
  hypothesis: string
  measure: string
  unit: string
  start: string
  end: string
  /** What was fixed, as it was written. */
  rule: Pick<ExperimentSpec, 'expect' | 'arms'> &
    ExperimentSpec['stop'] & { guardrails: { measure: string; limit: string }[]; fixedAt: string }
  state: ExperimentState
  words: string
  control: { n: number; mean: number | null }
  treatment: { n: number; mean: number | null }
  test: Omit<Sequential, 'crossed'> & { crossedAt: string | null }
  /** What the test said at the end of each day. */
  looks: (SequentialLook & { at: string })[]
  /** The smallest difference worth finding, in the unit of the measure. */
  effect: number | null
  guardrails: { measure: string; reading: Reading; limit: string; holds: boolean | null }[]
  /** The result as somebody kept it; what is told beside it is what the records say of the same moment today. */
  kept: KeptResult | null
  serves: string[]
  decision: string | null
  /** What a careful reader wants to know: late declaration, a rule changed on the way, before and after, values cut. */
  reservations: string[]
  at: string
  asOf: string
}

interface Asked {
  at?: Instant | undefined
  asOf?: Instant | undefined
}

/** All experiments of a namespace, each as it stands. */
export async function listExperiments(namespace: string, asked: Asked, context: Context): Promise<ExperimentResult[]> {
  const entities = await context.catalog.list({ kind: 'experiment', namespace, limit: 200 }, asked.asOf)
  const read: ExperimentResult[] = []
  for (const { ref } of entities) read.push(await readExperiment(ref, asked, context))
  return read
}

/** Reads an experiment by the rule that was in force when it began; one whose result was kept, as of the moment it was kept for. */
export async function readExperiment(ref: string, asked: Asked, context: Context): Promise<ExperimentResult> {
  const { catalog, measures, ledger } = context
  const now = await ledger.present()
  const asOf = Math.min(asked.asOf ?? now, now)
  const entity = await catalog.get(ref, asOf)
  if (!entity || !ref.startsWith('experiment:'))
    throw new Refusal('experiment.unknown', `There is no experiment ${ref}.`, { status: 404, fix: 'Declare one: kind: Experiment.' })
  const kept = keptOf(entity.spec)
  const at = Math.min(asked.at ?? asOf, kept ? Date.parse(kept.at) : Number.POSITIVE_INFINITY)
  const reservations: string[] = []
  const { spec, fixedAt } = await ruleOf(entity, asOf, context, reservations)
  const [start, end] = [momentOf(spec.start), momentOf(spec.stop.end)]
  const span: Span = { start, until: Math.min(at, end), at, asOf }
  const arms = await armsOf(ref, spec, span, context, reservations)
  if (spec.arms.control.to !== undefined && momentOf(spec.arms.control.to) <= start)
    reservations.push('before and after: whatever else changed meanwhile is in the difference, too')
  const unit = await unitOf(entity, spec, arms, span, measures)
  const looks = looksOf(arms, span)
  const effect = parseQuantity(spec.stop.effect, unit)
  const rule = { alpha: spec.stop.alpha, effect: effect.ok ? effect.value : 0, least: spec.stop.least }
  const usable = rule.effect > 0 ? looks : []
  const { crossed, ...test } = sequentialTest(usable, rule)
  const guardrails = await guardrailsOf(ref, spec, span, context, reservations)
  const verdict = judgeExperiment({
    hasStarted: at >= start,
    hasEnded: at >= end,
    expect: spec.expect,
    unit,
    alpha: rule.alpha,
    least: rule.least,
    effect: rule.effect > 0 ? rule.effect : null,
    control: { n: arms.control.length },
    treatment: { n: arms.treatment.length },
    test: { ...test, crossed },
    guardrails,
  })
  const last = looks.at(-1)
  const arm = (rows: Row[], mean: number | undefined) => ({ n: rows.length, mean: rows.length > 0 && mean !== undefined ? mean : null })
  return {
    ref: entity.ref,
    title: entity.metadata.title ?? entity.metadata.name,
    hypothesis: spec.hypothesis,
    measure: spec.measure,
    unit,
    start: formatInstant(start),
    end: formatInstant(end),
    rule: {
      expect: spec.expect,
      arms: spec.arms,
      ...spec.stop,
      guardrails: spec.guardrails.map(({ measure, ...limits }) => ({ measure, limit: limitWords(limits) })),
      fixedAt: formatInstant(fixedAt),
    },
    ...verdict,
    control: arm(arms.control, last?.control.mean),
    treatment: arm(arms.treatment, last?.treatment.mean),
    test: { ...test, crossedAt: crossed === null ? null : formatInstant(usable[crossed]!.at) },
    looks: sequentialLooks(usable, rule).map((look, index) => ({ ...look, at: formatInstant(usable[index]!.at) })),
    effect: rule.effect > 0 ? rule.effect : null,
    guardrails: guardrails.map(({ measure, reading, limit, atMost, atLeast }) => ({
      measure,
      reading,
      limit,
      holds:
        reading.value === null || (atMost ?? atLeast) === null
          ? null
          : reading.value <= (atMost ?? Number.POSITIVE_INFINITY) && reading.value >= (atLeast ?? Number.NEGATIVE_INFINITY),
    })),
    kept,
    ...bearsOn(entity),
    reservations,
    at: formatInstant(at),
    asOf: formatInstant(asOf),
  }
}

/** Before the first value the unit is that of the measure as it is declared. */
async function unitOf(
  { ref }: Entity,
  { measure }: ExperimentSpec,
  arms: { control: Row[]; treatment: Row[] },
  { start, at, asOf }: Span,
  measures: Context['measures'],
): Promise<string> {
  const known = measures.get(measure)?.unit ?? (arms.control[0] ?? arms.treatment[0])?.unit
  if (known !== undefined) return known
  const to = Math.max(at, start) + 1
  return (await measures.read({ measure, subject: `namespace:${refNamespace(ref)}`, from: to - 1, to, at, asOf })).unit
}

/** What it serves and decides, as it stands now: neither is part of the rule. */
function bearsOn({ ref, spec }: Entity): { serves: string[]; decision: string | null } {
  const whole = (text: string, kind: string) => {
    const read = parseRef(text, { kind, namespace: refNamespace(ref) })
    return read.ok ? [formatRef(read.value)] : []
  }
  const { serves = [], decision } = spec as Partial<Pick<ExperimentSpec, 'serves' | 'decision'>>
  return {
    serves: serves.flatMap((text) => whole(text, 'outcome')),
    decision: decision === undefined ? null : (whole(decision, 'decision')[0] ?? null),
  }
}
