import * as z from 'zod'
import {
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
import type { Problem } from '../../../ground/core/index.ts'
import { Quantile, sentence } from './fields.ts'

/** A measure with a limit that shows whether a principle is lived. */
const SignalSpec = z
  .strictObject({
    measure: MeasureId,
    quantile: Quantile.optional(),
    /** Judged for this subject alone; for every component of the namespace when left out. */
    subject: SubjectText.optional(),
    atMost: QuantityText.optional(),
    atLeast: QuantityText.optional(),
  })
  .refine((signal) => (signal.atMost === undefined) !== (signal.atLeast === undefined), 'a signal needs one limit: atMost or atLeast')

export const PrincipleSpec = z.strictObject({
  statement: sentence('the statement', 40),
  rationale: sentence('the rationale', 150).optional(),
  /** What the principle rules out. One that forbids nothing guides nobody. */
  forbids: z.array(sentence('what it forbids', 40)).max(20).optional(),
  serves: z.array(RefText('outcome')).max(20).optional(),
  signals: z.array(SignalSpec).max(10).optional(),
  owner: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type PrincipleSpec = z.infer<typeof PrincipleSpec>

export const principleKind: EntityKind = {
  kind: 'Principle',
  apiVersions: ['throughline.dev/v1'],
  spec: PrincipleSpec,
  links: principleLinks,
  check: checkPrinciple,
}

function principleLinks(spec: Record<string, unknown>): StatedLink[] {
  const read = PrincipleSpec.safeParse(spec)
  if (!read.success) return []
  const { serves = [], signals = [], owner } = read.data
  const measures = [...new Set(signals.map((signal) => signal.measure))]
  return [
    ...serves.map((to, index) => ({ type: 'serves', to, kind: 'outcome', path: `spec.serves.${index}` })),
    ...measures.map((measure) => ({
      type: 'measuredBy',
      to: measureRef(measure),
      path: `spec.signals.${signals.findIndex((signal) => signal.measure === measure)}.measure`,
    })),
    ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
  ]
}

function checkPrinciple(draft: EntityDraft): Problem[] {
  const read = PrincipleSpec.safeParse(draft.spec)
  if (!read.success) return []
  const problems: Problem[] = []
  const warn = (code: string, message: string, fix: string, path: string) =>
    problems.push({ code, severity: 'warning', message, fix, path })
  if (!read.data.forbids?.length)
    warn(
      'principle.forbids_nothing',
      'The principle forbids nothing, so it cannot settle an argument',
      'Name under spec.forbids what nobody may do while it holds.',
      'spec.forbids',
    )
  if (!read.data.signals?.length)
    warn(
      'principle.no_signals',
      'No measure shows whether the principle is lived',
      'Name a measure and a limit that show it (spec.signals).',
      'spec.signals',
    )
  if (!read.data.serves?.length)
    warn('principle.serves_nothing', 'The principle serves no outcome', 'Name at least one outcome (spec.serves).', 'spec.serves')
  return problems
}
