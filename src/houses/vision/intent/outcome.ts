import * as z from 'zod'
import {
  DateText,
  type EntityDraft,
  type EntityKind,
  MeasureId,
  measureRef,
  QuantityText,
  RefText,
  type StatedLink,
  StatedLinks,
  SubjectText,
} from '../../../ground/catalog/index.ts'
import { parseInstant, parseQuantity, type Problem } from '../../../ground/core/index.ts'
import { Quantile, sentence } from './fields.ts'

/** What an improvement pulls on. */
export const Lever = z.enum(['time-to-market', 'uptime', 'customer-friction', 'operating-cost', 'other'])
export type Lever = z.infer<typeof Lever>

/** A measure that must not worsen while the outcome is pursued: within a limit, or no worse than at the baseline. */
const GuardrailSpec = z
  .strictObject({
    measure: MeasureId,
    quantile: Quantile.optional(),
    subject: SubjectText.optional(),
    atMost: QuantityText.optional(),
    atLeast: QuantityText.optional(),
  })
  .refine((guardrail) => guardrail.atMost === undefined || guardrail.atLeast === undefined, 'a guardrail has atMost or atLeast, not both')

/** Which share of all work is meant to go into an outcome. @decision 0025 */
const PlanSpec = z.strictObject({
  share: QuantityText.superRefine((written, context) => {
    const read = parseQuantity(written, 'ratio')
    if (!read.ok || read.value <= 0 || read.value > 1)
      context.addIssue({ code: 'custom', message: 'the planned share of the work lies above 0 and is at most 1 (write 0.2 or 20%)' })
  }),
})

export const OutcomeSpec = z.strictObject({
  statement: sentence('the statement', 60),
  lever: Lever.optional(),
  owner: RefText('group').optional(),
  measure: MeasureId.optional(),
  /** Which quantile is judged, where the measure has quantiles; its value otherwise. */
  quantile: Quantile.optional(),
  /** What the measure is read for; all of the outcome's namespace when left out. */
  subject: SubjectText.optional(),
  baseline: z.strictObject({ value: QuantityText, at: DateText }).optional(),
  target: z.strictObject({ value: QuantityText, by: DateText }).optional(),
  guardrails: z.array(GuardrailSpec).max(10).optional(),
  plan: PlanSpec.optional(),
  links: StatedLinks.optional(),
})
export type OutcomeSpec = z.infer<typeof OutcomeSpec>

export const outcomeKind: EntityKind = {
  kind: 'Outcome',
  apiVersions: ['throughline.dev/v1'],
  spec: OutcomeSpec,
  links: outcomeLinks,
  check: checkOutcome,
}

function outcomeLinks(spec: Record<string, unknown>): StatedLink[] {
  const links: StatedLink[] = []
  if (typeof spec.owner === 'string') links.push({ type: 'ownedBy', to: spec.owner, kind: 'group', path: 'spec.owner' })
  if (typeof spec.measure === 'string') links.push({ type: 'measuredBy', to: measureRef(spec.measure), path: 'spec.measure' })
  return links
}

/** An outcome nobody can check is a wish: said as warnings, so that a draft can be kept while it grows. */
function checkOutcome(draft: EntityDraft): Problem[] {
  const read = OutcomeSpec.safeParse(draft.spec)
  if (!read.success) return []
  const spec = read.data
  const problems: Problem[] = []
  const warn = (code: string, message: string, fix: string, path: string) =>
    problems.push({ code, severity: 'warning', message, fix, path })
  if (!spec.measure)
    warn(
      'outcome.no_measure',
      spec.target
        ? 'The outcome has a target but no measure, so nobody can check it'
        : 'The outcome has no measure, so nobody can check it',
      'Name the one that shows it (spec.measure), for example delivery.change_lead_time.',
      'spec.measure',
    )
  if (!spec.target)
    warn('outcome.no_target', 'The outcome has no target', 'Say which value it promises by which day (spec.target).', 'spec.target')
  if (spec.target && !spec.baseline)
    warn(
      'outcome.no_baseline',
      'The outcome has no baseline, so progress cannot be told',
      'Write the value at the start and its day (spec.baseline).',
      'spec.baseline',
    )
  if (!spec.owner) warn('outcome.no_owner', 'Nobody owns the outcome', 'Name the group that answers for it (spec.owner).', 'spec.owner')
  if (spec.baseline && spec.target) {
    const from = parseInstant(spec.baseline.at)
    const by = parseInstant(spec.target.by)
    if (from.ok && by.ok && by.value <= from.value)
      warn(
        'outcome.due_before_baseline',
        `The target is due on ${spec.target.by}, not after the baseline of ${spec.baseline.at}`,
        'Check the two dates.',
        'spec.target.by',
      )
    if (String(spec.baseline.value).trim() === String(spec.target.value).trim())
      warn(
        'outcome.target_is_baseline',
        'The target equals the baseline, so there is nothing to reach',
        'Set a target that differs from where you started.',
        'spec.target.value',
      )
  }
  return problems
}
