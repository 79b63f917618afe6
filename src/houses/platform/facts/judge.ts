import { type EntityStatement, linkAt } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refKind } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { goneOwners } from '../../../ground/people/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { Activity } from '../assess/index.ts'
import { type JudgedFact, judgeFact } from '../decide/index.ts'
import { activityOf } from './activity.ts'
import { gatherFacts, type SeenLink } from './gather.ts'
import { keepsTeams, knownOwners } from './owners.ts'

export type FactContext = Pick<Ground, 'store' | 'catalog'>

export interface Moments {
  /** Only what happened by then. */
  at: Instant
  /** Only what was known by then. */
  asOf: Instant
}

/** What is told of one thing, and what it is judged to be. */
export interface Told {
  ref: Ref
  statements: EntityStatement[]
  facts: JudgedFact[]
}

/** Kinds whose records in the ledger are told apart by their own share. */
const ALIVE = new Set(['component', 'repository'])

/** Judges everything that is stated of several things: a few set-based questions, whatever their number. */
export async function judgeAll(
  { store, catalog }: FactContext,
  statements: readonly EntityStatement[],
  { at, asOf }: Moments,
): Promise<Told[]> {
  const byRef = Map.groupBy(statements, ({ ref }) => ref)
  const refs = [...byRef.keys()]
  const alive = refs.filter((ref) => ALIVE.has(refKind(ref)))
  const activity: ReadonlyMap<Ref, Activity> =
    alive.length === 0 ? new Map() : await activityOf(store, await catalog.shareOfEach(alive, asOf), at, asOf)
  const links = await seenLinks(store, refs, asOf)
  const gathered = refs.map((ref) => ({
    ref,
    facts: gatherFacts(byRef.get(ref)!, { links: links.get(ref) ?? [], activity: activity.get(ref) ?? null }),
  }))
  const named = gathered.flatMap(({ facts }) =>
    facts.filter(({ fact }) => fact === 'owner').flatMap(({ declared, observed }) => [...declared, ...observed].map(({ value }) => value)),
  )
  const owners = await knownOwners(store, named, asOf)
  const teams = named.length > 0 && (await keepsTeams(store, asOf))
  const gone = named.length > 0 ? await goneOwners(store, { namespace: '', at, asOf }, refs) : []
  const left = Map.groupBy(gone, ({ ref }) => ref)
  return gathered.map(({ ref, facts }) => {
    const around = {
      at,
      owners,
      keepsTeams: teams,
      left: new Map((left.get(ref) ?? []).map(({ owner, message }) => [owner, message])),
      activity: activity.get(ref) ?? null,
    }
    const judged = facts.map((fact) => judgeFact(fact, around))
    // Records are looked for where it is declared to live; where that is not so, they tell nothing of it.
    const elsewhere = judged.some(({ fact, verdict }) => (fact === 'repository' || fact === 'path') && verdict === 'contradicts')
    const told = elsewhere ? judged.map((one) => (one.fact === 'lifecycle' ? judgeFact(one, { ...around, activity: null }) : one)) : judged
    return { ref, statements: byRef.get(ref)!, facts: told }
  })
}

/** Links that something showed: a lock file, traffic. Suggestions nobody has accepted yet are no fact. */
async function seenLinks(store: Store, refs: readonly Ref[], asOf: Instant): Promise<Map<Ref, SeenLink[]>> {
  const rows = await store.query<SeenLink & { ref: Ref }>(sql`
    select from_id as ref, type, to_id as "to", max(because) as because, max(at) as "seenAt" from ${linkAt(asOf)}
    where origin <> 'declared' and status = 'accepted' and type in ('dependsOn', 'providesApi', 'consumesApi')
      and from_id in (select value from json_array_elements_text(${JSON.stringify(refs)}::text::json))
    group by 1, 2, 3 order by 1, 2, 3`)
  return Map.groupBy(rows, ({ ref }) => ref)
}
