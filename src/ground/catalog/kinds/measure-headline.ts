import * as z from 'zod'
import { DEFAULT_NAMESPACE, type Problem, type Ref } from '../../core/index.ts'
import type { EntityDraft } from '../catalog.ts'
import { MeasureId } from './fields.ts'

export const AUDIENCES = ['executive', 'product', 'engineering'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Whom a measure is told to first. When that audience has seven already, the one it takes the place of. */
export const Headline = z.strictObject({ audience: z.enum(AUDIENCES), replaces: MeasureId.optional() })

/** Headline measures one audience may have: as many as a person keeps in mind. */
export const MOST_HEADLINES = 7

/**
 * The headline measures of an audience among the measures of one namespace: those that say so and that no other one
 * replaces. The one replaced needs no edit, and comes back when the other goes.
 */
export function headlinesOf(measures: readonly Pick<EntityDraft, 'metadata' | 'spec'>[], audience: Audience): string[] {
  const stated = measures.flatMap(({ metadata, spec }) =>
    headlinesIn(spec)
      .filter((one) => one.audience === audience)
      .map(({ replaces }) => ({ id: metadata.name, replaces })),
  )
  const gone = new Set(stated.flatMap(({ replaces }) => replaces?.toLowerCase() ?? []))
  return [...new Set(stated.map(({ id }) => id))].filter((id) => !gone.has(id.toLowerCase())).sort()
}

/** What stands against a measure as a headline beside those that stand. */
export function headlineProblems(draft: EntityDraft, standing: ReadonlyMap<Ref, EntityDraft>): Problem[] {
  const namespace = (draft.metadata.namespace ?? DEFAULT_NAMESPACE).toLowerCase()
  const { name } = draft.metadata
  const others = [...standing.values()].filter(
    ({ metadata }) =>
      (metadata.namespace ?? DEFAULT_NAMESPACE).toLowerCase() === namespace && metadata.name.toLowerCase() !== name.toLowerCase(),
  )
  return headlinesIn(draft.spec).flatMap(({ audience, replaces }, index): Problem[] => {
    const path = `spec.headline.${index}`
    const before = headlinesOf(others, audience)
    const after = headlinesOf([...others, draft], audience)
    if (replaces && (!before.some((id) => id.toLowerCase() === replaces.toLowerCase()) || !after.includes(name)))
      return [
        {
          code: 'measure.replaces_none',
          severity: after.length > MOST_HEADLINES || !after.includes(name) ? 'error' : 'warning',
          message: `${path} replaces ${replaces}, which is no headline measure for ${audience} here`,
          fix: before.length > 0 ? `Replace one of ${before.join(', ')}, or leave "replaces" out.` : 'Leave "replaces" out.',
          path: `${path}.replaces`,
        },
      ]
    if (after.length <= MOST_HEADLINES) return []
    return [
      {
        code: 'measure.too_many_headlines',
        severity: 'error',
        message: `${name} would be headline measure ${after.length} for ${audience}; there are at most ${MOST_HEADLINES}`,
        fix: `Name the one it replaces: "replaces" with one of ${before.join(', ')}.`,
        path,
      },
    ]
  })
}

function headlinesIn(spec: Record<string, unknown>): z.infer<typeof Headline>[] {
  const read = z.array(Headline).safeParse(spec.headline ?? [])
  return read.success ? read.data : []
}
