import type { SubjectShare } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type DeploymentRow, type IncidentRecord, mergeIncidents, type Told } from '../assess/index.ts'
import { evidenceOf } from './ever.ts'
import { freshen, type Group, groupsOf } from './groups.ts'
import { deploymentsOnce, rowsInMemory } from './memory.ts'
import { placesOfEach } from './places.ts'
import type { Question } from './question.ts'

/** Whose past is asked for, seen from a moment with what was known at a moment. */
export interface PastAsk {
  subject: Ref
  environment: string
  at: Instant
  asOf: Instant
  /** What tells of it, where that is known already. */
  shares?: readonly SubjectShare[]
}

/** A deployment that brought something new, and whether it was known to have failed. */
export type PastDeployment = Pick<DeploymentRow, 'id' | 'records' | 'commit' | 'startedAt' | 'finishedAt' | 'failures'> & {
  failed: boolean
  failedBy: readonly string[]
}

/** What is known of the past of a subject. */
export interface Past {
  /** New ones, newest first. */
  deployments: PastDeployment[]
  /** Whether anything that could tell of failures was ever heard. */
  failuresHeard: boolean
}

/**
 * The new deployments of a subject before a moment, each with whether it had failed by then.
 * @param most records looked at, repeats and rollbacks among them included
 */
export async function pastDeployments(
  { subject, environment, at, asOf, shares: given, most }: PastAsk & { most: number },
  ground: Pick<Ground, 'store' | 'ledger' | 'catalog'>,
): Promise<Past> {
  const shares = given ?? (await ground.catalog.shares(subject, asOf))
  return ground.ledger.readAsOf(asOf, async (known) => (await pastOfEach([{ shares, most }], { environment, at, asOf: known }, ground))[0]!)
}

/**
 * The same of several subjects at one moment.
 * @param asOf null: what is known now
 */
export async function pastOfEach(
  asks: readonly { shares: readonly SubjectShare[]; most: number }[],
  { environment, at, asOf }: { environment: string; at: Instant; asOf: Instant | null },
  { store, ledger }: Pick<Ground, 'store' | 'ledger'>,
): Promise<Past[]> {
  if (asks.length === 0) return []
  const question = { of: 'deployments', side: 'all' } as const satisfies Question
  // A list of its own each: pieces that share theirs would share a group.
  const pieces = asks.map(({ shares }) => ({ shares: [...shares] }))
  const groups = await groupsOf(store, pieces, environment, asOf)
  const apart = asOf === null ? await freshen(store, ledger, groups, at) : new Set(groups.flatMap(({ scopes }) => scopes))
  const derived = await rowsInMemory(store, apart, { at, asOf })
  const found = new Map<Group, PastDeployment[]>()
  for (const [most, some] of Map.groupBy(groups, (_, place) => asks[place]!.most)) {
    const places = await placesOfEach(store, question, some, { apart, derived, span: { from: EVER, to: at }, at, most })
    for (const [n, group] of some.entries())
      found.set(
        group,
        deploymentsOnce(question, places[n]!, at)
          .map(({ row }) => row)
          .sort((a, b) => b.finishedAt - a.finishedAt || (a.id < b.id ? -1 : 1))
          .slice(0, most)
          .filter(({ kind }) => kind === 'first')
          .map((row) => pastOf(row, at)),
      )
  }
  // A failure that is known answers whether any was ever heard of.
  const silent = groups.filter((group) => !found.get(group)!.some((one) => one.failed))
  const heard = new Map((await evidenceOf(store, silent, derived, { at, asOf })).map(({ failures }, n) => [silent[n]!, failures]))
  return groups.map((group) => ({ deployments: found.get(group)!, failuresHeard: heard.get(group) ?? true }))
}

/** Before any record. */
const EVER = Date.UTC(1970, 0)

function pastOf({ id, records, commit, startedAt, finishedAt, failures, failedAt }: DeploymentRow, at: Instant): PastDeployment {
  const failed = failedAt !== null && failedAt < at
  const failedBy = failed ? [...new Set(failures.filter((link) => link.at < at).map(({ to }) => to))] : []
  return { id, records, commit, startedAt, finishedAt, failures, failed, failedBy }
}

/** An incident that was open at a moment. */
export interface OpenIncident {
  id: string
  /** Every name it goes by. */
  names: readonly string[]
  subject: Ref
  title: string
  severity: string | null
  openedAt: Instant
}

/** A record as it was known from a moment until another. */
interface IncidentState extends Told, Pick<IncidentRecord, 'title' | 'openedAt' | 'resolvedAt' | 'aliases'> {
  severity: string | null
  learnedFrom: Instant
  learnedTo: Instant
}

/** The incidents of subjects that were open at moments, one list an ask, oldest first; several records of one count once. One statement for all. */
export async function openIncidents(
  asks: readonly Omit<PastAsk, 'environment'>[],
  { store, catalog }: Pick<Ground, 'store' | 'catalog'>,
): Promise<OpenIncident[][]> {
  if (asks.length === 0) return []
  const known = Math.max(...asks.map(({ asOf }) => asOf))
  const subjectsOf = await sharedSubjects(asks, known, catalog)
  const rows = await store.query<IncidentState>(sql`
    select 'incident:' || source || '/' || id as id, subject, source, basis, at, title, severity, opened_at as "openedAt", resolved_at as "resolvedAt", aliases,
      learned_from as "learnedFrom", learned_to as "learnedTo"
    from evidence_incident where subject = any(${[...new Set([...subjectsOf.values()].flat())]}::text[]) and not retracted
      and opened_at <= ${instant(Math.max(...asks.map(({ at }) => at)))} and learned_from <= ${instant(known)}
      and learned_to > ${instant(Math.min(...asks.map(({ asOf }) => asOf)))}`)
  const bySubject = Map.groupBy(rows, ({ subject }) => subject)
  return asks.map(({ subject, at, asOf }) => {
    const own = subjectsOf.get(subject)!.flatMap((one) => bySubject.get(one) ?? [])
    return openAt(
      own.filter(({ learnedFrom, learnedTo, openedAt }) => learnedFrom <= asOf && learnedTo > asOf && openedAt <= at),
      at,
    )
  })
}

function openAt(known: readonly IncidentState[], at: Instant): OpenIncident[] {
  return mergeIncidents(known)
    .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt > at)
    .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, names, subject, title, severity, openedAt }) => ({ id, names, subject, title, severity, openedAt }))
}

async function sharedSubjects(
  asks: readonly Pick<PastAsk, 'subject' | 'shares'>[],
  asOf: Instant,
  catalog: Ground['catalog'],
): Promise<Map<Ref, Ref[]>> {
  const found = new Map<Ref, Ref[]>()
  for (const { subject, shares } of asks) {
    if (found.has(subject)) continue
    found.set(subject, [...new Set((shares ?? (await catalog.shares(subject, asOf))).flatMap(({ subjects }) => subjects))])
  }
  return found
}

/** Since when incidents of a namespace are told at all; null while none was: before, silence says nothing. */
export async function incidentsHeardSince(namespace: string, { store }: Pick<Ground, 'store'>): Promise<Instant | null> {
  const [row] = await store.query<{ since: Instant | null }>(sql`
    select min(i.since) as since from evidence_subject s
    cross join lateral (select learned_from as since from evidence_incident where subject = s.subject order by learned_from limit 1) i
    where s.kind = 'incident' and split_part(split_part(s.subject, ':', 2), '/', 1) = ${namespace}`)
  return row!.since
}

/** When records of some kinds that tell of a share were first told of, by their names. */
export async function firstTold(
  { subjects, repository }: SubjectShare,
  kinds: readonly ('deployment' | 'incident' | 'change' | 'commit')[],
  { store }: Pick<Ground, 'store'>,
): Promise<Map<string, Instant>> {
  const telling = repository ? [...subjects, repository] : subjects
  const parts = kinds.map(
    (kind) => sql`
    select ${`${kind}:`} || source || '/' || id as name, min(learned_from) as told from ${sql.table(`evidence_${kind}`)} where subject = any(${telling}::text[]) group by 1`,
  )
  const rows = await store.query<{ name: string; told: Instant }>(sql.join(parts, sql` union all `))
  return new Map(rows.map(({ name, told }) => [name, told]))
}
