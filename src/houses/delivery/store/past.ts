import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type DeploymentRow, type IncidentRecord, mergeIncidents, type Told } from '../assess/index.ts'
import { evidenceOf } from './ever.ts'
import { freshen, groupsOf } from './groups.ts'
import { deploymentsOnce, rowsInMemory } from './memory.ts'
import { placesOf } from './places.ts'
import type { Question } from './question.ts'

/** Whose past is asked for, seen from a moment with what was known at a moment. */
export interface PastAsk {
  subject: Ref
  environment: string
  at: Instant
  asOf: Instant
}

/** A deployment that brought something new, and whether it was known to have failed. */
export type PastDeployment = Pick<DeploymentRow, 'id' | 'records' | 'commit' | 'startedAt' | 'finishedAt' | 'failedAt'> & {
  failed: boolean
  failedBy: readonly string[]
}

/**
 * The new deployments of a subject before a moment, newest first, each with whether it had failed by then.
 * @param most records looked at, repeats and rollbacks among them included
 */
export async function pastDeployments(
  { subject, environment, at, asOf, most }: PastAsk & { most: number },
  { store, ledger, catalog }: Pick<Ground, 'store' | 'ledger' | 'catalog'>,
): Promise<{ deployments: PastDeployment[]; failuresHeard: boolean }> {
  const question = { of: 'deployments', side: 'all' } as const satisfies Question
  const shares = await catalog.shares(subject, asOf)
  return ledger.readAsOf(asOf, async (known) => {
    const groups = await groupsOf(store, [{ shares }], environment, known)
    const scopes = groups[0]!.scopes
    const apart = known === null ? await freshen(store, ledger, groups, at) : new Set(scopes)
    const derived = await rowsInMemory(store, apart, { at, asOf: known })
    const places = await placesOf(store, question, { scopes, apart, derived, span: { from: EVER, to: at }, at, most })
    const [ever] = await evidenceOf(store, groups, derived, { at, asOf: known })
    const deployments = deploymentsOnce(question, places, at)
      .map(({ row }) => row)
      .sort((a, b) => b.finishedAt - a.finishedAt || (a.id < b.id ? -1 : 1))
      .slice(0, most)
      .filter(({ kind }) => kind === 'first')
    return { deployments: deployments.map((row) => pastOf(row, at)), failuresHeard: ever!.failures }
  })
}

/** Before any record. */
const EVER = Date.UTC(1970, 0)

function pastOf({ id, records, commit, startedAt, finishedAt, failures, failedAt }: DeploymentRow, at: Instant): PastDeployment {
  const failed = failedAt !== null && failedAt < at
  const failedBy = failed ? [...new Set(failures.filter((link) => link.at < at).map(({ to }) => to))] : []
  return { id, records, commit, startedAt, finishedAt, failedAt, failed, failedBy }
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

interface IncidentState extends Told, Pick<IncidentRecord, 'title' | 'openedAt' | 'resolvedAt' | 'aliases'> {
  severity: string | null
}

/** The incidents of a subject that were open at a moment, oldest first; several records of one count once. */
export async function openIncidents(
  { subject, at, asOf }: Omit<PastAsk, 'environment'>,
  { store, catalog }: Pick<Ground, 'store' | 'catalog'>,
): Promise<OpenIncident[]> {
  const subjects = [...new Set((await catalog.shares(subject, asOf)).flatMap((share) => share.subjects))]
  const rows = await store.query<IncidentState>(sql`
    select 'incident:' || source || '/' || id as id, subject, source, basis, at, title, severity, opened_at as "openedAt", resolved_at as "resolvedAt", aliases
    from evidence_incident where subject = any(${subjects}::text[]) and opened_at <= ${instant(at)} and ${knownAt(asOf)}
      and (aliases is not null or resolved_at is null or resolved_at > ${instant(at)}
        or exists (select 1 from evidence_incident o where o.subject = any(${subjects}::text[]) and o.aliases is not null and ${knownAt(asOf, 'o')}))`)
  return mergeIncidents(rows)
    .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt > at)
    .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, names, subject: about, title, severity, openedAt }) => ({ id, names, subject: about, title, severity, openedAt }))
}

/** Whether any incident of a namespace had been told by a moment: else silence says nothing. */
export async function incidentsHeard(namespace: string, asOf: Instant, { store }: Pick<Ground, 'store'>): Promise<boolean> {
  const [row] = await store.query<{ heard: boolean }>(sql`
    select exists (select 1 from evidence_subject s join evidence_incident i on i.subject = s.subject
      where s.kind = 'incident' and split_part(split_part(s.subject, ':', 2), '/', 1) = ${namespace} and i.learned_from <= ${instant(asOf)}) as heard`)
  return row!.heard
}
