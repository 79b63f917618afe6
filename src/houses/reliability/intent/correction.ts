import * as z from 'zod'
import { DateText, type EntityKind, RefText, StatedLinks } from '../../../ground/catalog/index.ts'
import { parseInstant } from '../../../ground/core/index.ts'

/**
 * A span that does not count towards budgets, because of planned maintenance or samples that were wrong. It names who
 * decided so and why; removed, the span counts again.
 */
export const CorrectionSpec = z
  .strictObject({
    /** SLOs, or components: then all that they promise. */
    subjects: z.array(RefText()).min(1, 'a correction names at least one SLO or component'),
    from: DateText,
    to: DateText,
    reason: z.string().trim().min(3, 'say why the span does not count').max(1_000),
    by: RefText('user'),
    links: StatedLinks.optional(),
  })
  .refine(({ from, to }) => momentOf(from) < momentOf(to), { error: 'ends before it begins', path: ['to'] })

function momentOf(text: string): number {
  const read = parseInstant(text)
  return read.ok ? read.value : NaN
}

export const correctionKind: EntityKind = {
  kind: 'Correction',
  apiVersions: ['throughline.dev/v1'],
  spec: CorrectionSpec,
  links(spec) {
    const { subjects } = spec as z.infer<typeof CorrectionSpec>
    return subjects.map((to, index) => ({ type: 'affects', to, path: `spec.subjects.${index}` }))
  },
}
