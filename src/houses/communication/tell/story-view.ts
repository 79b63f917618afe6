import * as z from 'zod'
import { Claim, JudgementState } from '../../../ground/core/index.ts'
import type { ToldStory } from '../store/story.ts'

/** A story as a page shows it: the sentences, and the figures its pictures are drawn from. */
export const StoryView = z.object({
  scope: z.string(),
  from: z.string(),
  at: z.string(),
  asOf: z.string(),
  claims: z.array(Claim),
  /** The parts the claims after the headline fall into, in order: heading and number of sentences. */
  sections: z.array(z.object({ title: z.string(), claims: z.number().int() })),
  /** Outcomes in the order of their parts. Values in the unit of the measure. */
  outcomes: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      state: JudgementState,
      measure: z.object({ id: z.string(), title: z.string() }).optional(),
      unit: z.string().optional(),
      before: z.number().nullable(),
      now: z.number().nullable(),
      target: z.number().nullable(),
      moved: z.enum(['better', 'worse', 'up', 'down', 'unclear']).nullable(),
      work: z.object({ n: z.number().int(), share: z.number() }).nullable(),
      series: z.array(z.object({ from: z.string(), to: z.string(), value: z.number().nullable(), n: z.number().int() })),
    }),
  ),
  work: z
    .object({
      n: z.number().int(),
      parts: z.array(
        z.object({
          kind: z.enum(['outcome', 'upkeep', 'incident', 'unlinked']),
          ref: z.string().optional(),
          title: z.string(),
          n: z.number().int(),
          share: z.number(),
        }),
      ),
    })
    .nullable(),
  /** The story as written in the format asked for; absent for json. */
  text: z.string().optional(),
})

export function storyView({ scope, from, at, asOf, claims, sections, outcomes, work }: ToldStory): z.output<typeof StoryView> {
  return {
    scope,
    from,
    at,
    asOf,
    claims,
    sections: sections.map((section) => ({ title: section.title, claims: section.claims.length })),
    outcomes: outcomes.map(({ view, before, moved, work: own }) => ({
      ref: view.ref,
      title: view.title,
      state: view.judgement.state,
      ...(view.measure ? { measure: { id: view.measure.id, title: view.measure.title }, unit: view.measure.unit } : {}),
      before,
      now: view.value,
      target: view.target?.value ?? null,
      moved: movedWord(moved),
      work: own ? { n: own.n, share: own.share } : null,
      series: view.series,
    })),
    work: work
      ? { n: work.n, parts: work.parts.map(({ kind, ref, title, n, share }) => ({ kind, ...(ref ? { ref } : {}), title, n, share })) }
      : null,
  }
}

function movedWord(moved: ToldStory['outcomes'][number]['moved']) {
  if (!moved) return null
  if (moved.kind === 'unclear') return 'unclear'
  return moved.better === null ? moved.moved : moved.better ? 'better' : 'worse'
}
