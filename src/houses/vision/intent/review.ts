import * as z from 'zod'
import { DateText, type Entity, type EntityKind, RefText, type StatedLink, StatedLinks } from '../../../ground/catalog/index.ts'
import { type Instant, parseInstant, type Ref, refNamespace, toRef } from '../../../ground/core/index.ts'
import { titleOf } from './read.ts'

/** Those who look at a vision together when it does not say who. */
export const SIDES = ['product', 'business', 'engineering'] as const

const Side = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}]+$/u, 'a side is a word or two')
const Words = z.string().trim().min(1).max(2_000)

/** How one side ranked, most important first; without the ranking as long as others rank alone. */
const Ranking = z.strictObject({ side: Side, at: DateText, ranking: z.array(RefText('outcome')).max(20).optional() })

/** An outcome that rises, and the work that stops so that there is room for it. */
const Priority = z.strictObject({
  outcome: RefText('outcome'),
  /** Work by reference, or in words. */
  stops: z.array(Words).min(1, 'a new priority names the work it stops').max(20),
  because: Words.optional(),
})
export type Priority = z.infer<typeof Priority>

/** A side stands behind the order. Kept without a name unless the link was made for somebody. */
const Signature = z.strictObject({
  side: Side,
  at: DateText,
  /** Signed with an account, or by a link made for that side. */
  how: z.enum(['account', 'link']),
  by: z.string().max(200).optional(),
})

/** A review of a vision: what each side ranked alone, what was agreed, what stops, who signed. */
export const ReviewSpec = z
  .strictObject({
    vision: RefText('vision'),
    /** The version of the vision that is looked at. */
    version: z.number().int().min(1).optional(),
    started: DateText,
    sides: z.array(Side).min(2, 'a review has at least two sides').max(9),
    outcomes: z.array(RefText('outcome')).min(2, 'there is nothing to rank: a review needs at least two outcomes').max(20),
    rankings: z.array(Ranking).max(9).default([]),
    /** When the rankings were shown to all. */
    revealed: DateText.optional(),
    /** The order agreed, most important first. */
    agreed: z.array(RefText('outcome')).max(20).optional(),
    priorities: z.array(Priority).max(20).default([]),
    notes: z.string().max(20_000).optional(),
    signatures: z.array(Signature).max(9).default([]),
    closed: DateText.optional(),
    /** The decision its minutes became. */
    minutes: RefText('decision').optional(),
    links: StatedLinks.optional(),
  })
  .superRefine(({ sides, outcomes, rankings, agreed, signatures, priorities }, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (new Set(sides).size !== sides.length) refuse(['sides'], 'the same side is named twice')
    for (const [field, list] of Object.entries({ rankings, signatures }))
      for (const [index, { side }] of list.entries()) {
        if (!sides.includes(side)) refuse([field, index, 'side'], `"${side}" is no side of this review (${sides.join(', ')})`)
        if (list.findIndex((one) => one.side === side) !== index) refuse([field, index, 'side'], `"${side}" stands here twice`)
      }
    for (const [index, { ranking }] of rankings.entries())
      if (ranking && !isOrderOf(ranking, outcomes))
        refuse(['rankings', index, 'ranking'], 'a ranking names every outcome of the review once')
    if (agreed && !isOrderOf(agreed, outcomes)) refuse(['agreed'], 'the agreed order names every outcome of the review once')
    for (const [index, { outcome }] of priorities.entries())
      if (!outcomes.includes(outcome)) refuse(['priorities', index, 'outcome'], 'is no outcome of this review')
  })
export type ReviewSpec = z.infer<typeof ReviewSpec>

/** Whether a list names each of these outcomes exactly once. */
export function isOrderOf(list: readonly string[], outcomes: readonly string[]): boolean {
  return list.length === outcomes.length && new Set(list).size === list.length && list.every((ref) => outcomes.includes(ref))
}

export const reviewKind: EntityKind = {
  kind: 'Review',
  apiVersions: ['throughline.dev/v1'],
  spec: ReviewSpec,
  links: ({ vision, minutes }): StatedLink[] => [
    ...(typeof vision === 'string' ? [{ type: 'concerns', to: vision, kind: 'vision', path: 'spec.vision' }] : []),
    ...(typeof minutes === 'string' ? [{ type: 'hasPart', to: minutes, kind: 'decision', path: 'spec.minutes' }] : []),
  ],
}

/** A review as read: references are full, dates are moments. */
export interface ReviewIntent {
  ref: Ref
  title: string
  vision: Ref
  version?: number | undefined
  started: Instant
  sides: string[]
  outcomes: Ref[]
  /** Who has ranked; how, once all may see it. */
  rankings: { side: string; at: Instant; ranking?: Ref[] | undefined }[]
  revealed?: Instant | undefined
  agreed?: Ref[] | undefined
  priorities: { outcome: Ref; stops: string[]; because?: string | undefined }[]
  notes?: string | undefined
  signatures: { side: string; at: Instant; how: 'account' | 'link'; by?: string | undefined }[]
  closed?: Instant | undefined
  minutes?: Ref | undefined
}

/** A review from its entity; null when the kept document no longer fits the schema. */
export function readReview(entity: Entity): ReviewIntent | null {
  const read = ReviewSpec.safeParse(entity.spec)
  if (!read.success) return null
  const { vision, outcomes, agreed, rankings, priorities, signatures, minutes, started, revealed, closed, version, sides, notes } =
    read.data
  const one = (text: string, kind: string): Ref => {
    const ref = toRef(text, { kind, namespace: refNamespace(entity.ref) })
    return ref.ok ? ref.value : text
  }
  const refs = (texts: readonly string[]) => texts.map((text) => one(text, 'outcome'))
  return {
    ref: entity.ref,
    title: titleOf(entity),
    vision: one(vision, 'vision'),
    version,
    started: momentOf(started)!,
    sides,
    outcomes: refs(outcomes),
    rankings: rankings.map(({ side, at, ranking }) => ({ side, at: momentOf(at)!, ranking: ranking && refs(ranking) })),
    revealed: momentOf(revealed),
    agreed: agreed && refs(agreed),
    priorities: priorities.map((priority) => ({ ...priority, outcome: one(priority.outcome, 'outcome') })),
    notes,
    signatures: signatures.map((signature) => ({ ...signature, at: momentOf(signature.at)! })),
    closed: momentOf(closed),
    minutes: minutes === undefined ? undefined : one(minutes, 'decision'),
  }
}

function momentOf(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined
  const read = parseInstant(text)
  return read.ok ? read.value : undefined
}
