import * as z from 'zod'
import type { EntityKind } from '../catalog.ts'
import { measureRef } from './decision.ts'
import { MeasureSource, unitOf } from './measure-source.ts'
import { Duration, MeasureId, RefText, StatedLinks, Words } from './fields.ts'

/** A measure of the organisation's own. Its id is its name. */
export const MeasureSpec = z
  .strictObject({
    question: Words,
    unit: Words,
    better: z.enum(['higher', 'lower']).optional(),
    definition: z.string().optional(),
    /** What it is answered from; from measurements that are sent in when left out. */
    source: MeasureSource.optional(),
    /** What is thought to move it: `same` direction or `opposite`, after a lag. */
    drivers: z
      .array(z.strictObject({ measure: MeasureId, direction: z.enum(['same', 'opposite']).optional(), lag: Duration.optional() }))
      .optional(),
    owner: RefText('group').optional(),
    links: StatedLinks.optional(),
  })
  .superRefine(({ unit, source }, context) => {
    const only = unitOf(source)
    if (only !== null && unit !== only)
      context.addIssue({ code: 'custom', path: ['unit'], message: `is ${only} for a measure of the kind ${source!.kind}, not ${unit}` })
  })
export type MeasureSpec = z.infer<typeof MeasureSpec>

export const measureKind: EntityKind = {
  kind: 'Measure',
  apiVersions: ['throughline.dev/v1'],
  spec: MeasureSpec,
  links(spec) {
    const { drivers = [], owner } = spec as MeasureSpec
    return [
      ...drivers.map(({ measure }, index) => ({ type: 'dependsOn', to: measureRef(measure), path: `spec.drivers.${index}.measure` })),
      ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
    ]
  },
}
