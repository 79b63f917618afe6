import * as z from 'zod'
import type { EntityKind } from '../catalog.ts'
import { DateText, RefText, StatedLinks, SubjectText, Words } from './fields.ts'

/** A permission to break a principle or policy for some subjects. It always ends. */
export const ExceptionSpec = z.strictObject({
  from: RefText('principle'),
  subjects: z.array(SubjectText).min(1, 'an exception names at least one subject; for everything write namespace:default'),
  reason: Words,
  until: DateText,
  approvedBy: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type ExceptionSpec = z.infer<typeof ExceptionSpec>

export const exceptionKind: EntityKind = {
  kind: 'Exception',
  apiVersions: ['throughline.dev/v1'],
  spec: ExceptionSpec,
  links(spec) {
    const { from, subjects, approvedBy } = spec as ExceptionSpec
    return [
      { type: 'exceptedFrom', to: from, kind: 'principle', path: 'spec.from' },
      ...subjects.flatMap((to, index) =>
        to.toLowerCase().startsWith('namespace:') ? [] : [{ type: 'affects', to, path: `spec.subjects.${index}` }],
      ),
      ...(approvedBy ? [{ type: 'ownedBy', to: approvedBy, kind: 'group', path: 'spec.approvedBy' }] : []),
    ]
  },
}
