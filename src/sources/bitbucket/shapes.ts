import * as z from 'zod'
import type { Ref } from '../../ground/core/index.ts'
import { refFrom } from '../../ground/intake/index.ts'

/** ISO 8601 with offset, as Bitbucket writes all its moments. */
export const At = z.string().max(40)

/** A person or a program; what a person is really called is not read. */
export const Account = z.looseObject({
  type: z.string().optional(),
  nickname: z.string().min(1).max(200).optional(),
  account_id: z.string().min(1).max(200).optional(),
  uuid: z.string().min(1).max(200).optional(),
})
type Account = z.infer<typeof Account>

export const Repository = z.looseObject({ full_name: z.string().min(1).max(300) })
type Repository = z.infer<typeof Repository>

/** `acme/shop` is the repository shop: the last part is what its address says, whatever it is called. */
export function subjectOf({ full_name: name }: Repository): Ref {
  return refFrom('repository', name.slice(name.lastIndexOf('/') + 1))
}

/** `acme/shop#42`: unique over all of Bitbucket, and what people write. */
export function numbered({ full_name: repository }: Repository, number: number): string {
  return `${repository}#${number}`
}

export function isBot({ type }: Account): boolean {
  return type === 'app_user'
}

/** What an account is known by. */
export function nameOf({ nickname, account_id: account, uuid }: Account): string | undefined {
  return nickname ?? account ?? uuid
}
