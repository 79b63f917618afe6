import * as z from 'zod'
import { EpochTimestampSchema, PlainOffsetTimestampSchema } from '../../../ground/core/index.ts'

/** `2026-05-01T09:58:11+1000`: when an event happened, with an offset without a colon. */
export const At = PlainOffsetTimestampSchema

/** Milliseconds since 1970, as pull requests and comments write their moments. */
export const Milliseconds = EpochTimestampSchema

/** A person, or a program (`SERVICE`); what a person is really called is not read. */
export const User = z.looseObject({
  name: z.string().min(1).max(200).optional(),
  slug: z.string().min(1).max(200).optional(),
  type: z.string().max(100).optional(),
})
type User = z.infer<typeof User>

export const Repository = z.looseObject({
  slug: z.string().min(1).max(300),
  project: z.looseObject({ key: z.string().min(1).max(300) }),
})

/** `SHOP/labels`: its project and its name in addresses, as Cloud writes workspace and repository. */
export function fullName({ slug, project: { key } }: z.infer<typeof Repository>): { full_name: string } {
  return { full_name: `${key}/${slug}` }
}

export function isBot({ type }: User): boolean {
  return type === 'SERVICE'
}

/** What a user signs in with. */
export function nameOf({ name, slug }: User): string | undefined {
  return name ?? slug
}
