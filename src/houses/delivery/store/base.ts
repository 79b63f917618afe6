import type { Ground } from '../../../ground/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import type { Scope } from '../evidence/index.ts'
import { PRODUCTION, shelfOf } from './groups.ts'
import type { Question } from './question.ts'

/** What delivery measures stand on. */
export type Base = Pick<Ground, 'store' | 'ledger'>

/** The environment asked about, in small letters. */
export function environmentOf({ where }: Pick<CollectAsk, 'where'>): string {
  return (where.environment ?? PRODUCTION).trim().toLowerCase()
}

/** Where one of several scopes on a shelf has to be derived in memory, the others of the shelf are too: they are compared. */
export function spread(scopes: readonly Scope[], question: Question, apart: Set<Scope>): void {
  const shelves = new Set(scopes.filter((scope) => apart.has(scope)).map((scope) => shelfOf(scope, question)))
  for (const scope of scopes) if (shelves.has(shelfOf(scope, question))) apart.add(scope)
}
