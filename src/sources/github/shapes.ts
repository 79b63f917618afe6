import * as z from 'zod'
import type { Ref } from '../../ground/core/index.ts'
import { agentOf, isBot as isProgram } from '../../ground/ledger/index.ts'
import { refFrom } from '../../ground/intake/index.ts'

/** RFC 3339, as GitHub writes all its moments. */
export const At = z.string().max(40)

export const Account = z.looseObject({ login: z.string().min(1).max(200), type: z.string().optional() })

export const Repository = z.looseObject({
  name: z.string().min(1).max(200),
  full_name: z.string().min(1).max(300),
  default_branch: z.string().optional(),
})
export type Repository = z.infer<typeof Repository>

/** A repository as everybody else calls it. */
export function subjectOf({ name }: Repository): Ref {
  return refFrom('repository', name)
}

/** `acme/shop#42`: unique over all of GitHub, and what people write. */
export function numbered({ full_name: repository }: Repository, number: number): string {
  return `${repository}#${number}`
}

export function isBot({ type, login }: z.infer<typeof Account>): boolean {
  return type === 'Bot' || isProgram({ name: login, email: '' }) || agentOf({ name: login, email: '' }) !== null
}
