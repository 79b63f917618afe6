import * as z from 'zod'
import { DateText, type EntityKind, RefText, type StatedLink, StatedLinks } from '../../../ground/catalog/index.ts'
import { DurationText, sentence } from './fields.ts'

/** Most words a vision may have; a page people read to its end. */
const VISION_WORDS = 300

/** The page: a statement, a horizon, three to five outcomes, three to seven principles. */
export const VisionSpec = z.strictObject({
  statement: sentence('the statement', VISION_WORDS),
  /** The day the vision looks ahead to. */
  horizon: DateText.optional(),
  outcomes: few('outcomes', 'outcome', 3, 5, 'More than five dilute each other, fewer than three leave a side out.').optional(),
  principles: few('principles', 'principle', 3, 7, 'More than seven are not remembered.').optional(),
  review: z
    .strictObject({
      /** How often business, product and engineering look at it together. */
      every: DurationText,
      with: z.array(z.string().min(1).max(100)).max(20).optional(),
    })
    .optional(),
  links: StatedLinks.optional(),
})
export type VisionSpec = z.infer<typeof VisionSpec>

function few(what: string, kind: string, least: number, most: number, why: string) {
  return z
    .array(RefText(kind))
    .min(least, { error: (issue) => `a vision has ${least} to ${most} ${what}; this one names ${lengthOf(issue.input)}. ${why}` })
    .max(most, { error: (issue) => `a vision has ${least} to ${most} ${what}; this one names ${lengthOf(issue.input)}. ${why}` })
    .refine((refs) => new Set(refs.map((ref) => ref.toLowerCase())).size === refs.length, `the same ${kind} is named twice`)
}

function lengthOf(input: unknown): number {
  return Array.isArray(input) ? input.length : 0
}

/** Outcomes and principles are part of their vision. */
function parts(refs: unknown, kind: string): StatedLink[] {
  return (Array.isArray(refs) ? refs : []).flatMap((to: unknown, index) =>
    typeof to === 'string' ? [{ type: 'hasPart', to, kind, path: `spec.${kind}s.${index}` }] : [],
  )
}

export const visionKind: EntityKind = {
  kind: 'Vision',
  apiVersions: ['throughline.dev/v1'],
  spec: VisionSpec,
  links: (spec) => [...parts(spec.outcomes, 'outcome'), ...parts(spec.principles, 'principle')],
  check: (draft) => {
    const spec = VisionSpec.safeParse(draft.spec)
    if (!spec.success) return []
    const { horizon, outcomes, principles } = spec.data
    return [
      ...(outcomes
        ? []
        : [
            {
              code: 'vision.no_outcomes',
              severity: 'warning' as const,
              message: 'The vision names no outcomes',
              fix: 'List three to five under spec.outcomes.',
              path: 'spec.outcomes',
            },
          ]),
      ...(principles
        ? []
        : [
            {
              code: 'vision.no_principles',
              severity: 'warning' as const,
              message: 'The vision names no principles',
              fix: 'List three to seven under spec.principles.',
              path: 'spec.principles',
            },
          ]),
      ...(horizon
        ? []
        : [
            {
              code: 'vision.no_horizon',
              severity: 'warning' as const,
              message: 'The vision does not say how far ahead it looks',
              fix: 'Write spec.horizon, for example 2028-12-31.',
              path: 'spec.horizon',
            },
          ]),
    ]
  },
}
