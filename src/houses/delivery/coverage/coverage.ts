import { type Entity, linkAt } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { type Scope, scopesOf } from '../evidence/index.ts'
import { PRODUCTION } from '../store/groups.ts'

/** How far back a record still tells that its source tells of a component. */
const RECENT = 90 * DAY

/** One thing that ought to be known of every component. */
export interface CoverageAspect {
  aspect: 'owner' | 'changes' | 'deployments' | 'incidents' | 'slis' | 'slos'
  /** Components of which it is known. */
  having: number
  missing: Entity[]
}

/** How much of a namespace the evidence tells of, component by component. */
export interface Coverage {
  components: number
  /** Since when records count as recent. */
  since: Instant
  aspects: CoverageAspect[]
}

interface Scoped {
  component: Entity
  scope: Scope
  subjects: readonly Ref[]
}

/**
 * Of how many components the owner is known, records that tell of changes, deployments to production, incidents and
 * service levels, and a promise (SLO). No incident may mean that none happened: those count whenever they were told, the others lately.
 */
export async function coverageOf(
  { store, catalog }: Pick<Ground, 'store' | 'catalog'>,
  { namespace, at, asOf }: { namespace: string; at: Instant; asOf: Instant },
): Promise<Coverage> {
  const components = await catalog.list({ kind: 'component', namespace, limit: MOST }, asOf)
  const shares = await catalog.shareOfEach(
    components.map(({ ref }) => ref),
    asOf,
  )
  const shared = components.flatMap((component) => ({ component, share: shares.get(component.ref) }))
  const placed = shared.flatMap(({ component, share }) => (share ? [{ component, share }] : []))
  const scopes = await scopesOf(
    store,
    placed.map(({ share }) => share),
    PRODUCTION,
    asOf,
  )
  const scoped = placed.map(({ component, share }, place): Scoped => ({ component, scope: scopes[place]!, subjects: share.subjects }))
  const since = at - RECENT
  const recently = sql`at >= ${instant(since)} and at < ${instant(at)} and ${knownAt(asOf)}`
  const without = (kind: string, subjectsOf: (one: Scoped) => readonly Ref[], which: Statement) =>
    missingOf(store, scoped, { kind, subjectsOf, which })
  const unowned = new Set(
    (await catalog.gaps({ namespace, at, asOf, finder: 'without_owner' })).flatMap(({ code, ref }) => (code === UNOWNED ? [ref] : [])),
  )
  const missing: [CoverageAspect['aspect'], Entity[]][] = [
    ['owner', components.filter(({ ref }) => unowned.has(ref))],
    ['changes', await without('change', ({ scope }) => scope.code, recently)],
    ['deployments', await without('deployment', ({ scope }) => scope.deployed, sql`lower(environment) = ${PRODUCTION} and ${recently}`)],
    ['incidents', await without('incident', ({ scope }) => scope.troubled, sql`at < ${instant(at)} and ${knownAt(asOf)}`)],
    [
      'slis',
      await without(
        'sli',
        ({ subjects }) => subjects,
        sql`hour >= ${instant(since)} and hour < ${instant(at)} and learned_from <= ${instant(asOf)}`,
      ),
    ],
    ['slos', await withoutPromise(store, components, asOf)],
  ]
  return {
    components: components.length,
    since,
    aspects: missing.map(([aspect, lacking]) => ({ aspect, having: components.length - lacking.length, missing: lacking })),
  }
}

/** Components no SLO belongs to: OpenSLO's `spec.service`, read as a link of the catalogue. */
async function withoutPromise(store: Store, components: readonly Entity[], asOf: Instant): Promise<Entity[]> {
  const rows = await store.query<{ ref: Ref }>(sql`
    select distinct to_id as ref from ${linkAt(asOf)} where type = 'partOf' and status = 'accepted' and starts_with(from_id, 'slo:')
      and to_id in (select value from json_array_elements_text(${JSON.stringify(components.map(({ ref }) => ref))}::text::json))`)
  const promised = new Set(rows.map(({ ref }) => ref))
  return components.filter(({ ref }) => !promised.has(ref))
}

/** As the catalogue calls a component without owner among its gaps. */
const UNOWNED = 'component_without_owner'
const MOST = 10_000

/** Components none of whose subjects has such a record. */
async function missingOf(
  store: Store,
  scoped: readonly Scoped[],
  { kind, subjectsOf, which }: { kind: string; subjectsOf: (one: Scoped) => readonly Ref[]; which: Statement },
): Promise<Entity[]> {
  const asked = [...new Set(scoped.flatMap(subjectsOf))]
  // One look into the index a subject, not a walk through all of its records.
  const rows = await store.query<{ subject: Ref }>(sql`
    select subject from unnest(${asked}::text[]) as asked(subject)
    where exists (select 1 from ${sql.table(`evidence_${kind}`)} e where e.subject = asked.subject and ${which})`)
  const told = new Set(rows.map(({ subject }) => subject))
  return scoped.filter((one) => !subjectsOf(one).some((subject) => told.has(subject))).map(({ component }) => component)
}
