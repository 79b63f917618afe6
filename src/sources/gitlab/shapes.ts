import * as z from 'zod'
import { type Ref, TimestampSchema } from '../../ground/core/index.ts'
import { refFrom } from '../../ground/intake/index.ts'

const WRITTEN = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(?:(Z|UTC)|([+-]\d{2}):?(\d{2}))$/i

/** A moment in the three ways GitLab writes one: `2026-05-01T10:00:00Z`, `… 10:00:00 UTC` and `… 12:00:00 +0200`. */
export const At = z
  .string()
  .max(40)
  .transform((text) => {
    const [, day, time, utc, hours, minutes] = WRITTEN.exec(text) ?? []
    if (!day) return text
    return `${day}T${time}${utc ? 'Z' : `${hours}:${minutes}`}`
  })
  .pipe(TimestampSchema)

/** Number of something within its project. */
export const Iid = z.number().int().min(1)

/** Who did what the event tells. */
export const Account = z.looseObject({ id: z.number().int().optional(), username: z.string().min(1).max(200) })
export type Account = z.infer<typeof Account>

export const Labels = z.array(z.looseObject({ title: z.string() })).default([])

export const Project = z.looseObject({
  /** `acme/tools/shop`: the name in addresses, which has no spaces; `name` is for people. */
  path_with_namespace: z.string().min(1).max(300),
  web_url: z.url().max(2_000),
  default_branch: z.string().nullish(),
})
export type Project = z.infer<typeof Project>

/** A repository as everybody else calls it: the last part of its path, which is the folder a clone gets. */
export function subjectOf({ path_with_namespace: path }: Project): Ref {
  return refFrom('repository', path.slice(path.lastIndexOf('/') + 1))
}

/** `acme/shop` on gitlab.com, `git.example.org/acme/shop` on an instance of one's own: unique over all of them. */
export function placeOf({ path_with_namespace: path, web_url: url }: Project): string {
  const { host } = new URL(url)
  return host === 'gitlab.com' ? path : `${host}/${path}`
}

/** Users that GitLab makes for access tokens (docs.gitlab.com, project access tokens, bot users for projects). */
export function isBot({ username }: Account): boolean {
  return /^(?:project|group)_\d+_bot(?:_|\d|$)/.test(username)
}

/** An address as far as it is one. */
export function addressOf(url: string | null | undefined): string | undefined {
  return url && URL.canParse(url) ? url : undefined
}
