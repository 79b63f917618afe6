import * as z from 'zod'
import type { Problem } from '../../core/index.ts'
import type { EntityKind } from '../catalog.ts'
import { Duration, MeasureId, measureRef, RefText, StatedLinks, Words } from './fields.ts'
import { circleOf, formulaProblems, madeOf } from './measure-formula.ts'
import { Headline, headlineProblems } from './measure-headline.ts'
import { MeasureSource, unitOf } from './measure-source.ts'

/** A measure of the organisation's own. Its id is its name. */
export const MeasureSpec = z.strictObject({
  question: Words,
  unit: Words,
  better: z.enum(['higher', 'lower']).optional(),
  definition: z.string().optional(),
  /** What it is answered from; from measurements that are sent in when left out. */
  source: MeasureSource.optional(),
  /** Whom it is told to first, and the measure it takes the place of there. */
  headline: z.array(Headline).max(3).optional(),
  /** What is thought to move it: `same` direction or `opposite`, after a lag. */
  drivers: z
    .array(z.strictObject({ measure: MeasureId, direction: z.enum(['same', 'opposite']).optional(), lag: Duration.optional() }))
    .optional(),
  owner: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type MeasureSpec = z.infer<typeof MeasureSpec>

export const measureKind: EntityKind = {
  kind: 'Measure',
  apiVersions: ['throughline.dev/v1'],
  spec: MeasureSpec,
  links(spec) {
    const { drivers = [], owner, source } = spec as MeasureSpec
    return [
      ...madeOf(source).map(({ measure, path }) => ({ type: 'dependsOn', to: measureRef(measure), path })),
      ...drivers.map(({ measure }, index) => ({ type: 'dependsOn', to: measureRef(measure), path: `spec.drivers.${index}.measure` })),
      ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
    ]
  },
  check: ({ spec }) => [
    ...formulaProblems((spec as MeasureSpec).source),
    ...unitProblems(spec as MeasureSpec),
    ...lagProblems(spec as MeasureSpec),
  ],
  against: (draft, standing) => [...circleOf(draft, standing), ...headlineProblems(draft, standing)],
}

/** Some kinds of sources leave no choice of a unit. */
function unitProblems({ unit, source }: MeasureSpec): Problem[] {
  const only = unitOf(source)
  if (only === null || unit === only) return []
  return [
    {
      code: 'measure.other_unit',
      severity: 'error',
      message: `spec.unit is ${unit}, but a measure of the kind ${source!.kind} is in ${only}`,
      fix: `Write unit: ${only}.`,
      path: 'spec.unit',
    },
  ]
}

/** A driver comes before what it drives. */
function lagProblems({ drivers = [] }: MeasureSpec): Problem[] {
  return drivers.flatMap(({ lag }, index): Problem[] =>
    lag?.trim().startsWith('-')
      ? [
          {
            code: 'measure.negative_lag',
            severity: 'error',
            message: `spec.drivers.${index}.lag is ${lag}, but a driver comes before what it drives`,
            fix: 'Write how long after the driver the measure follows, for example 14d.',
            path: `spec.drivers.${index}.lag`,
          },
        ]
      : [],
  )
}
