import type { NodeId, SubjectShare } from '../../../ground/catalog/index.ts'
import type { Instant, Reading, Ref, Row, Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { busiestAreaOf } from '../../platform/index.ts'
import type { Moment } from '../../vision/index.ts'
import { type Activity, storySpans, storyWindow } from '../decide/story-window.ts'
import type { RepositoryFacts } from '../tell/facts.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'store'>

/** More changes than this are not searched for the longest one: a longest among the newest would be a guess. */
const MOST_ROWS = 5_000

/** Where the history of a namespace is, and which part of it is worth telling. */
export interface History {
  shares: SubjectShare[]
  subjects: readonly Ref[]
  window: RepositoryFacts['window']
}

/** The history of a namespace; null when no commit is known. */
export async function historyOf(moment: Moment, context: Context): Promise<History | null> {
  const shares = await context.catalog.shares(`namespace:${moment.scope}`, moment.asOf)
  const subjects = [...new Set(shares.flatMap((share) => [...share.subjects, ...(share.repository ? [share.repository] : [])]))]
  const activity = await activityOf(subjects, moment, context)
  return activity ? { shares, subjects, window: storyWindow(activity, moment.at) } : null
}

/** What the history of a namespace tells by itself. */
export async function repositoryFacts({ shares, subjects, window }: History, moment: Moment, context: Context): Promise<RepositoryFacts> {
  const { at, asOf } = moment
  const repositories = await repositoriesOf(subjects, window, moment, context)
  const read = (measure: string, where?: Record<string, string>): Promise<Reading> =>
    context.measures.read({ measure, subject: `namespace:${moment.scope}`, where, from: window.from, to: window.to, at, asOf })
  return {
    window,
    subjects: repositories,
    commits: await read('work.commits'),
    people: await read('work.people'),
    bots: await read('work.bot_share'),
    throughChanges: await read('work.through_changes'),
    frequency: await read('delivery.deployment_frequency'),
    size: await read('delivery.change_size'),
    leadTime: await read('delivery.change_lead_time'),
    owned: await read('catalog.owned'),
    // Folders of one name in several repositories are no area.
    area: repositories.length > 1 ? null : await areaOf(shares, window, moment, context, read),
    numbered: await numberedOf(subjects, window, moment, context),
    latestDeployment: await latestOf(subjects, moment, context, repositories.length > 1),
    longest: await longestOf(window, moment, context),
  }
}

async function activityOf(subjects: readonly Ref[], { at, asOf }: Moment, { store }: Context): Promise<Activity | null> {
  if (subjects.length === 0) return null
  const known = sql`subject in (${refs(subjects)}) and at < ${instant(at)} and ${knownAt(asOf)}`
  const [ends] = await store.query<{ first: Instant | null; last: Instant | null }>(
    sql`select min(at) as first, max(at) as last from evidence_commit where ${known}`,
  )
  if (!ends || ends.first === null || ends.last === null) return null
  const { first, last } = ends
  const spans = storySpans({ last }, at).map(({ from }) => sql`(count(*) filter (where at >= ${instant(from)}))::int`)
  const [counted] = await store.query<{ commits: number[] }>(
    sql`select array[${sql.join(spans)}] as commits from evidence_commit where ${known}`,
  )
  return { first, last, commits: counted?.commits ?? [] }
}

/** Subjects with commits in the window: what a sentence may call the repositories of a namespace. */
async function repositoriesOf(subjects: readonly Ref[], window: Window, { asOf }: Moment, { store }: Context): Promise<string[]> {
  const rows = await store.query<{ subject: string }>(sql`
    select distinct subject from evidence_commit where subject in (${refs(subjects)}) and ${within(window)} and ${knownAt(asOf)} order by subject`)
  return rows.map(({ subject }) => subject.slice(subject.indexOf('/') + 1))
}

async function areaOf(
  shares: SubjectShare[],
  window: Window,
  { scope, at, asOf }: Moment,
  { store }: Context,
  read: (measure: string, where: Record<string, string>) => Promise<Reading>,
): Promise<RepositoryFacts['area']> {
  const busiest = await busiestAreaOf(
    { pieces: [{ subject: `namespace:${scope}`, shares, window }], where: {}, at, asOf, zone: 'UTC' },
    { store },
  )
  return busiest ? { name: busiest.area, reading: await read('work.area_share', { area: busiest.area }) } : null
}

async function numberedOf(
  subjects: readonly Ref[],
  window: Window,
  { asOf }: Moment,
  { store }: Context,
): Promise<RepositoryFacts['numbered']> {
  const [found] = await store.query<{ numbered: number; changes: number }>(sql`
    select count(number)::int as numbered, count(*)::int as changes from evidence_change
    where subject in (${refs(subjects)}) and merged_at is not null and ${within(window)} and ${knownAt(asOf)}`)
  return found && found.changes > 0 ? found : null
}

/** The newest release. A commit is released once: whatever names it again, a second tag or another region, is no newer release. */
async function latestOf(
  subjects: readonly Ref[],
  { at, asOf }: Moment,
  { store }: Context,
  several: boolean,
): Promise<RepositoryFacts['latestDeployment']> {
  const [latest] = await store.query<{ subject: Ref; source: string; id: string; at: Instant }>(sql`
    select subject, source, id, at from (
      select distinct on (subject, commit) subject, source, id, finished_at as at from evidence_deployment
      where subject in (${refs(subjects)}) and environment = 'production' and outcome = 'success' and finished_at < ${instant(at)} and ${knownAt(asOf)}
      order by subject, commit, finished_at, source, id
    ) released order by at desc, source, id limit 1`)
  if (!latest) return null
  const { subject, source, id } = latest
  return { id: `deployment:${source}/${id}`, name: several ? `${subject.slice(subject.indexOf('/') + 1)} ${id}` : id, at: latest.at }
}

async function longestOf(window: Window, { scope, at, asOf }: Moment, { measures }: Context): Promise<RepositoryFacts['longest']> {
  const rows = await measures.rows({
    measure: 'delivery.change_lead_time',
    subject: `namespace:${scope}`,
    from: window.from,
    to: window.to,
    at,
    asOf,
    limit: MOST_ROWS,
  })
  if (rows.length >= MOST_ROWS) return null
  const counted = rows.flatMap((row) =>
    row.value === null || row.excluded ? [] : [{ id: recordOf(row), title: row.title ?? row.id, seconds: row.value }],
  )
  return counted.sort((a, b) => b.seconds - a.seconds || (a.id < b.id ? -1 : 1))[0] ?? null
}

/** The record behind a row, with the subject it belongs to: other repositories have changes of this number, too. */
function recordOf({ id, subject, recordOf: owner = subject }: Row): NodeId {
  return id.startsWith('commit:') ? id : `${id}@${owner}`
}

function refs(subjects: readonly Ref[]): Statement {
  return sql`select jsonb_array_elements_text(${JSON.stringify(subjects)}::jsonb)`
}

function within(window: Window): Statement {
  return sql`at >= ${instant(window.from)} and at < ${instant(window.to)}`
}
