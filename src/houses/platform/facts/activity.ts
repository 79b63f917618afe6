import type { SubjectShare } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { Activity } from '../assess/index.ts'
import { DEPLOYED_DAYS, QUIET_DAYS } from '../decide/index.ts'

interface Last {
  ref: Ref
  kind: 'commit' | 'deployment' | 'incident'
  record: string
  at: Instant
  recent: number | null
}

/** What the ledger shows of each of several components or repositories: a few set-based questions, whatever their number. */
export async function activityOf(
  store: Store,
  shares: ReadonlyMap<Ref, SubjectShare>,
  at: Instant,
  asOf: Instant,
): Promise<Map<Ref, Activity>> {
  const spans = [...shares].flatMap(([ref, { subjects, repository, path }]) => {
    const whole = path === undefined ? new Set([...subjects, ...(repository ? [repository] : [])]) : new Set(subjects)
    return [...whole].map((subject) => ({ ref, subject, commits: path === undefined, own: subjects.includes(subject) }))
  })
  const folders = [...shares].flatMap(([ref, { repository, path }]) =>
    repository && path !== undefined ? [{ ref, repository, path }] : [],
  )
  const [lasts, touched, read] = [
    await lastRecords(store, spans, at, asOf),
    await lastTouched(store, folders, at, asOf),
    await lastRead(store, [...new Set([...shares.values()].flatMap(({ repository }) => repository ?? []))], at, asOf),
  ]
  const lastsOf = Map.groupBy(lasts, (one) => one.ref)
  const touchedOf = new Map(touched.map((one) => [one.ref, one]))
  const answers = new Map<Ref, Activity>()
  for (const [ref, { repository }] of shares) {
    const own = lastsOf.get(ref) ?? []
    const last = (kind: Last['kind']) => own.filter((one) => one.kind === kind).sort((one, other) => other.at - one.at)[0]
    const commit = last('commit') ?? touchedOf.get(ref)
    const [deployment, incident] = [last('deployment'), last('incident')]
    const here = repository ? read.get(repository) : undefined
    answers.set(ref, {
      commit: commit?.at ?? null,
      deployment: deployment?.at ?? null,
      recentDeployments: own.reduce((sum, { recent }) => sum + (recent ?? 0), 0),
      incident: incident?.at ?? null,
      hasHistory: commit !== undefined || (here?.hasHistory ?? false),
      readAt: here?.readAt ?? null,
      records: {
        ...(commit ? { commit: commit.record } : {}),
        ...(deployment ? { deployment: deployment.record } : {}),
        ...(incident ? { incident: incident.record } : {}),
      },
    })
  }
  return answers
}

/** The last of each kind by subject; an index finds each at once. */
async function lastRecords(
  store: Store,
  spans: readonly { ref: Ref; subject: Ref; commits: boolean; own: boolean }[],
  at: Instant,
  asOf: Instant,
): Promise<Last[]> {
  if (spans.length === 0) return []
  const known = sql`e.subject = span.subject and e.at <= ${instant(at)} and ${knownAt(asOf, 'e')}`
  const successful = sql`${known} and e.environment = 'production' and e.outcome = 'success'`
  return store.query<Last>(sql`
    with span as (select * from json_to_recordset(${JSON.stringify(spans)}::text::json) as span(ref text, subject text, commits boolean, own boolean))
    select span.ref, 'commit' as kind, 'commit:' || e.source || '/' || e.id as record, e.at, null::int as recent from span
      cross join lateral (select source, id, at from evidence_commit e where span.commits and ${known} order by at desc limit 1) e
    union all
    select span.ref, 'deployment', 'deployment:' || e.source || '/' || e.id || '@' || span.subject, e.at, near.count from span
      cross join lateral (select source, id, at from evidence_deployment e where span.own and ${successful} order by at desc limit 1) e
      cross join lateral (select count(*)::int as count from evidence_deployment e where ${successful} and e.at > ${instant(at - DEPLOYED_DAYS * DAY)}) near
    union all
    select span.ref, 'incident', 'incident:' || e.source || '/' || e.id || '@' || span.subject, e.at, null from span
      cross join lateral (select source, id, at from evidence_incident e where span.own and ${known} order by at desc limit 1) e`)
}

interface Folder {
  ref: Ref
  repository: Ref
  path: string
}
interface Touch {
  ref: Ref
  at: Instant
  record: string
}

/** How far back is looked for each folder; only those not found yet are looked for further. Most are found in the first. */
const STEPS_DAYS = [DEPLOYED_DAYS, 2 * QUIET_DAYS]

/** The last commit that touched each folder within two years. */
async function lastTouched(store: Store, folders: readonly Folder[], at: Instant, asOf: Instant): Promise<Touch[]> {
  const touches: Touch[] = []
  let left = folders
  for (const days of STEPS_DAYS) {
    if (left.length === 0) break
    touches.push(...(await touchesSince(store, left, { since: at - days * DAY, at, asOf })))
    const found = new Set(touches.map(({ ref }) => ref))
    left = left.filter(({ ref }) => !found.has(ref))
  }
  return touches
}

/** The files of every commit are taken apart once, whatever the number of components. */
async function touchesSince(
  store: Store,
  folders: readonly Folder[],
  { since, at, asOf }: { since: Instant; at: Instant; asOf: Instant },
): Promise<Touch[]> {
  return store.query<Touch>(sql`
    with place as (select * from json_to_recordset(${JSON.stringify(folders)}::text::json) as place(ref text, repository text, path text)),
    file as (
      select c.subject, string_to_array(file ->> 0, '/') as parts, max(c.at) as at, (array_agg(c.source || '/' || c.id order by c.at desc))[1] as record
      from evidence_commit c, jsonb_array_elements(coalesce(c.files, '[]'::jsonb)) file
      where c.subject in (select repository from place) and c.at > ${instant(since)} and c.at <= ${instant(at)} and ${knownAt(asOf, 'c')}
      group by 1, 2
    )
    select distinct on (place.ref) place.ref, file.at, 'commit:' || file.record as record
    from place join file on file.subject = place.repository and array_to_string(file.parts[1:cardinality(string_to_array(place.path, '/'))], '/') = place.path
    order by place.ref, file.at desc`)
}

/** When each repository was read by a scan, and whether any commit of it is known. */
async function lastRead(
  store: Store,
  repositories: readonly Ref[],
  at: Instant,
  asOf: Instant,
): Promise<Map<Ref, { readAt: Instant | null; hasHistory: boolean }>> {
  const rows = await store.query<{ ref: Ref; readAt: Instant | null; hasHistory: boolean }>(sql`
    select ref, (select max(folder_read.at) from folder_read where folder = 'scan:' || ref and folder_read.at <= ${instant(Math.min(at, asOf))}) as "readAt",
      exists (select from evidence_commit e where e.subject = ref and e.at <= ${instant(at)} and ${knownAt(asOf, 'e')}) as "hasHistory"
    from json_array_elements_text(${JSON.stringify(repositories)}::text::json) as ref`)
  return new Map(rows.map(({ ref, ...row }) => [ref, row]))
}
