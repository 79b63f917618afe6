import type { Instant } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, KeptBriefly, sql, type Store } from '../../../ground/store/index.ts'
import type { Derived } from '../assess/index.ts'
import type { Scope } from '../evidence/index.ts'
import { type Group, namesOf } from './groups.ts'

/** What has ever been told of a group of subjects, whatever the window: tells silence from nothing. */
export interface Evidence {
  /** When the first deployment finished; null when there is none. */
  firstDeployment: Instant | null
  /** Whether anything that could tell of failures was ever heard: an incident, a rollback, a revert, a hotfix. */
  failures: boolean
  /** Whether any deployment says, or lets see, whether it was planned. */
  plans: boolean
}

/** What the store tells of one scope. */
interface Told {
  place: number
  first: Instant | null
  incidents: boolean
  failures: boolean
  plans: boolean
}

const kept = new KeptBriefly<Told[]>()

const NOTHING: Evidence = { firstDeployment: null, failures: false, plans: false }

/** One answer a group, in order; kept rows in one statement, those in memory from what was derived. */
export async function evidenceOf(
  store: Store,
  groups: readonly Group[],
  derived: ReadonlyMap<Scope, Derived>,
  { at, asOf, moment }: { at: Instant; asOf: Instant | null; moment?: Instant },
): Promise<Evidence[]> {
  const scopes = [...new Set(groups.flatMap((group) => group.scopes))]
  if (scopes.length === 0) return groups.map(() => NOTHING)
  const found = new Map<Scope, Evidence>()
  const look = () => fromStore(store, scopes, at, asOf)
  const told = await (moment === undefined ? look() : kept.find(store, `${moment} ${asOf} ${at} ${namesOf(scopes)}`, look))
  for (const row of told) {
    const scope = scopes[row.place]!
    const rows = derived.get(scope)
    found.set(
      scope,
      rows
        ? { ...fromRows(rows), failures: row.incidents || fromRows(rows).failures }
        : { firstDeployment: row.first, failures: row.incidents || row.failures, plans: row.plans },
    )
  }
  return groups.map((group) => group.scopes.map((scope) => found.get(scope) ?? NOTHING).reduce(together, NOTHING))
}

function together(a: Evidence, b: Evidence): Evidence {
  return {
    firstDeployment:
      a.firstDeployment === null
        ? b.firstDeployment
        : b.firstDeployment === null
          ? a.firstDeployment
          : Math.min(a.firstDeployment, b.firstDeployment),
    failures: a.failures || b.failures,
    plans: a.plans || b.plans,
  }
}

function fromRows({ deployments }: Derived): Evidence {
  const successes = deployments.filter(({ kind }) => kind !== 'unsuccessful')
  return {
    firstDeployment: successes.length ? successes.reduce((first, { finishedAt }) => Math.min(first, finishedAt), Infinity) : null,
    failures: successes.some(({ kind, failedAt }) => kind === 'rollback' || failedAt !== null),
    plans: successes.some(({ planned, fixes, rework }) => planned !== null || fixes !== null || rework),
  }
}

function fromStore(store: Store, scopes: readonly Scope[], at: Instant, asOf: Instant | null): Promise<Told[]> {
  const asked = scopes.map(({ subject, environment, troubled }, place) => ({ place, subject, environment, troubled }))
  const ever = (which: ReturnType<typeof sql>) =>
    sql`exists (select 1 from delivery_deployment d where d.scope = a.scope and d.finished_at < ${instant(at)} and ${which})`
  return store.query<Told>(sql`
    with asked as (select *, delivery_scope_key(subject, environment) as scope from json_to_recordset(${JSON.stringify(asked)}::json) as a(place integer, subject text, environment text, troubled text[]))
    select place,
      (select min(d.finished_at) from delivery_deployment d where d.scope = a.scope and d.kind <> 'unsuccessful' and d.finished_at < ${instant(at)}) as first,
      exists (select 1 from evidence_incident i where i.subject = any(a.troubled) and i.opened_at < ${instant(at)} and ${knownAt(asOf, 'i')}) as incidents,
      ${ever(sql`(d.kind = 'rollback' or d.failed_at < ${instant(at)})`)} as failures,
      ${ever(sql`d.kind <> 'unsuccessful' and (d.planned is not null or d.fixes is not null or d.rework)`)} as plans
    from asked a`)
}
