import * as z from 'zod'
import {
  DateText,
  type EntityDraft,
  type EntityKind,
  MeasureId,
  measureRef,
  QuantityText,
  RefText,
  StatedLinks,
  SubjectText,
} from '../../ground/catalog/index.ts'
import { parseInstant, type Problem } from '../../ground/core/index.ts'

/** A moment with its offset, as Throughline writes it. */
const InstantText = z.iso.datetime({ offset: true })

/** Which records of the measure belong to an arm: by what they are about, by their dimensions, by when they happened. */
const Arm = z.strictObject({
  subject: SubjectText.optional(),
  where: z.record(z.string().max(100), z.string().max(400)).optional(),
  /** For before and after: the span of the records; from the start on when left out. */
  from: DateText.optional(),
  to: DateText.optional(),
})

const Guardrail = z
  .strictObject({ measure: MeasureId, subject: SubjectText.optional(), atMost: QuantityText.optional(), atLeast: QuantityText.optional() })
  .refine(({ atMost, atLeast }) => (atMost === undefined) !== (atLeast === undefined), 'a guardrail has atMost or atLeast')

/** The result as it stood when it was kept: it outlives the records behind it. */
const KeptResult = z.strictObject({
  state: z.enum(['supported', 'refuted', 'not_shown', 'harm', 'unknown', 'stopped']),
  words: z.string().min(1).max(4_000),
  reason: z.string().max(1_000).optional(),
  /** Judged by what happened until then, … */
  at: InstantText,
  /** … as it was known by then. */
  asOf: InstantText,
  control: z.number().int().min(0),
  treatment: z.number().int().min(0),
  difference: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  p: z.number().min(0).max(1).optional(),
})
export type KeptResult = z.infer<typeof KeptResult>

/** The kept result a spec holds. */
export function keptOf(spec: Record<string, unknown>): KeptResult | null {
  return KeptResult.safeParse(spec.result).data ?? null
}

/** Something that is tried, with what would show that it worked, fixed before it begins. */
export const ExperimentSpec = z.strictObject({
  hypothesis: z.string().min(1).max(2_000),
  measure: MeasureId,
  expect: z.enum(['higher', 'lower']),
  arms: z.strictObject({ control: Arm, treatment: Arm }),
  start: DateText,
  stop: z.strictObject({
    /** The smallest difference worth finding, in the unit of the measure. */
    effect: QuantityText,
    end: DateText,
    /** How often nothing may be taken for something. */
    alpha: z.number().min(0.0001).max(0.2).default(0.05),
    /** Values in each arm before a look counts. */
    least: z.number().int().min(20).max(1_000_000).default(50),
  }),
  guardrails: z.array(Guardrail).max(20).default([]),
  owner: RefText('group').optional(),
  serves: z.array(RefText('outcome')).max(20).default([]),
  /** The decision it is meant to settle. */
  decision: RefText('decision').optional(),
  result: KeptResult.optional(),
  links: StatedLinks.optional(),
})
export type ExperimentSpec = z.infer<typeof ExperimentSpec>

export const experimentKind: EntityKind = {
  kind: 'Experiment',
  apiVersions: ['throughline.dev/v1'],
  spec: ExperimentSpec,
  links(spec) {
    const {
      measure,
      owner,
      decision,
      serves = [],
    } = spec as Pick<ExperimentSpec, 'measure' | 'owner' | 'decision'> & Partial<Pick<ExperimentSpec, 'serves'>>
    return [
      { type: 'measuredBy', to: measureRef(measure), path: 'spec.measure' },
      ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
      ...(decision ? [{ type: 'concerns', to: decision, kind: 'decision', path: 'spec.decision' }] : []),
      ...serves.map((to, index) => ({ type: 'serves', to, kind: 'outcome', path: `spec.serves.${index}` })),
    ]
  },
  check: (draft) => [...endsAfterStart(draft), ...effectIsPositive(draft)],
}

function effectIsPositive({ spec }: EntityDraft): Problem[] {
  const read = ExperimentSpec.safeParse(spec)
  if (!read.success || Number.parseFloat(String(read.data.stop.effect)) > 0) return []
  const message = 'The smallest difference worth finding is more than nothing'
  return [
    { code: 'experiment.no_effect', severity: 'error', message, path: 'spec.stop.effect', fix: 'State it in the unit of the measure.' },
  ]
}

function endsAfterStart({ spec }: EntityDraft): Problem[] {
  const read = ExperimentSpec.safeParse(spec)
  if (!read.success) return []
  const [start, end] = [parseInstant(read.data.start), parseInstant(read.data.stop.end)]
  if (!start.ok || !end.ok || end.value > start.value) return []
  const message = 'The experiment ends before it starts'
  return [{ code: 'experiment.ends_before_start', severity: 'error', message, path: 'spec.stop.end', fix: 'State an end after the start.' }]
}
