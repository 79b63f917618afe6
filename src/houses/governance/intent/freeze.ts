import * as z from 'zod'
import { DateText, type EntityKind, RefText, StatedLinks } from '../../../ground/catalog/index.ts'
import { parseInstant } from '../../../ground/core/index.ts'
import { coveredLinks, Covers } from './gate-policy.ts'
import { PURPOSES, Zone } from './gate-rules.ts'

/**
 * A span in which nothing is released, as somebody said: with a reason, for as long as it lasts. What comes back every week
 * or every year is better a rule of a gate policy. Removed, releases go on.
 */
export const FreezeSpec = z
  .strictObject({
    for: Covers,
    environment: z.string().trim().min(1).max(100).default('production'),
    from: DateText,
    to: DateText,
    /** Whose clock on the wall its end is told by. */
    zone: Zone.default('UTC'),
    reason: z.string().trim().min(3, 'say why nothing is released').max(400),
    /** Releases for these purposes go out all the same. */
    exempt: z.array(z.enum(PURPOSES)).max(PURPOSES.length).default([]),
    by: RefText('user').optional(),
    links: StatedLinks.optional(),
  })
  .refine(({ from, to }) => momentOf(from) < momentOf(to), { error: 'ends before it begins', path: ['to'] })

function momentOf(text: string): number {
  const read = parseInstant(text)
  return read.ok ? read.value : NaN
}

export const freezeKind: EntityKind = {
  kind: 'Freeze',
  apiVersions: ['throughline.dev/v1'],
  spec: FreezeSpec,
  links(spec) {
    const read = FreezeSpec.safeParse(spec)
    return read.success ? coveredLinks(read.data.for) : []
  },
}
