import type { SubjectShare } from '../../../ground/catalog/index.ts'
import type { Instant } from '../../../ground/core/index.ts'
import { knownAt, type Ledger } from '../../../ground/ledger/index.ts'
import { instant, KeptBriefly, sql, type Store } from '../../../ground/store/index.ts'
import { bringUpToDate, type Scope, scopesOf } from '../evidence/index.ts'
import type { Question } from './question.ts'

/** The scopes of one piece of a question; pieces that share their subjects share the group. */
export interface Group {
  shares: readonly SubjectShare[]
  scopes: readonly Scope[]
}

/** The environment everything is about unless something else is asked. */
export const PRODUCTION = 'production'

/** Rows of two scopes on one shelf may be of one record: parts of one repository, or what its releases carry together. */
export function shelfOf(scope: Scope, question: Question): string {
  const shared =
    question.of === 'duration' || question.of === 'size' ? scope.repository : scope.deployed.find((subject) => subject === scope.repository)
  return shared ?? scope.subject
}

/**
 * Groups of scopes for pieces. An environment nobody has deployed to has no scopes, so that asking for it keeps nothing.
 */
export async function groupsOf(
  store: Store,
  pieces: readonly { shares: readonly SubjectShare[] }[],
  environment: string,
  asOf: Instant | null,
): Promise<Group[]> {
  const lists = [...new Set(pieces.map(({ shares }) => shares))]
  const shares = [...new Set(lists.flat())]
  const scopes = new Map((await scopesOf(store, shares, environment, asOf)).map((scope, index) => [shares[index]!, scope]))
  const deployed = environment === PRODUCTION ? null : await deployedSubjects(store, environment, [...scopes.values()], asOf)
  return lists.map((list) => ({
    shares: list,
    scopes: list
      .map((share) => scopes.get(share)!)
      .filter((scope) => deployed === null || scope.deployed.some((subject) => deployed.has(subject))),
  }))
}

const later = new KeptBriefly<Set<string>>()

/** Names scopes in the key of what is kept for a moment, at which each is defined in one way only. */
export function namesOf(scopes: readonly Scope[]): string {
  return scopes.map(({ subject, environment }) => `${subject} ${environment}`).join('\n')
}

/**
 * Brings the kept rows of all scopes up to date, and says which scopes they cannot answer for at this moment.
 * @param moment of the report this is asked for, where there is one
 */
export async function freshen(store: Store, ledger: Ledger, groups: readonly Group[], at: Instant, moment?: Instant): Promise<Set<Scope>> {
  const scopes = [...new Set(groups.flatMap((group) => group.scopes))]
  if (scopes.length === 0) return new Set()
  const look = async () => {
    await bringUpToDate({ store, ledger }, scopes)
    return beyond(store, scopes, at)
  }
  const found = await (moment === undefined ? look() : later.find(store, `${moment} ${at} ${namesOf(scopes)}`, look))
  return new Set(scopes.filter(({ subject }) => found.has(subject)))
}

/**
 * Subjects of which something is kept that had not happened at a moment: what followed from it has to be left out, so
 * their rows are derived in memory.
 */
async function beyond(store: Store, scopes: readonly Scope[], at: Instant): Promise<Set<string>> {
  const asked = scopes.map(({ subject, environment, troubled }) => ({ subject, environment, troubled }))
  const rows = await store.query<{ subject: string }>(sql`
    with asked as (select *, delivery_scope_key(subject, environment) as scope from json_to_recordset(${JSON.stringify(asked)}::json) as a(subject text, environment text, troubled text[]))
    select subject from asked a where
      exists (select 1 from delivery_deployment d where d.scope = a.scope and d.finished_at >= ${instant(at)})
      or exists (select 1 from delivery_change c where c.scope = a.scope and c.merged_at >= ${instant(at)})
      or exists (select 1 from delivery_deployment d where d.scope = a.scope and (d.failed_at >= ${instant(at)} or d.recovered_at >= ${instant(at)}))
      or exists (select 1 from evidence_incident i where i.subject = any(a.troubled) and i.learned_to = 'infinity' and (i.opened_at >= ${instant(at)} or i.resolved_at >= ${instant(at)}))`)
  return new Set(rows.map(({ subject }) => subject))
}

async function deployedSubjects(store: Store, environment: string, scopes: readonly Scope[], asOf: Instant | null): Promise<Set<string>> {
  const rows = await store.query<{ subject: string }>(sql`
    select distinct subject from evidence_deployment where subject = any(${[...new Set(scopes.flatMap(({ deployed }) => deployed))]}::text[]) and lower(environment) = ${environment} and ${knownAt(asOf)}`)
  return new Set(rows.map(({ subject }) => subject))
}
