import type { Instant } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { ChangeRecord, CommitRecord, DeploymentRecord, Facts, IncidentRecord, Told } from '../assess/index.ts'
import { millis } from './columns.ts'
import { withFullNames } from './full-names.ts'
import type { Scope } from './scope.ts'
import { ALL, type Which } from './which.ts'

/** Everything known of a scope at a moment of learning. */
export async function allFacts(store: Store, scope: Scope, asOf: Instant | null): Promise<Facts> {
  // Asked together: one answer is read here while the store finds the next.
  const [commits, changes, deployments, incidents] = await Promise.all([
    loadCommits(store, scope, ALL, asOf),
    loadChanges(store, scope, ALL, asOf),
    loadDeployments(store, scope, ALL, asOf),
    loadIncidents(store, scope, ALL, asOf),
  ])
  return withFullNames(store, scope, { commits, changes, deployments, incidents, unplaced: scope.path === null }, asOf)
}

export async function loadCommits(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<CommitRecord[]> {
  const { touches, lines } = shareOf(scope)
  return load<CommitRecord>(store, 'commit', scope.code, which, asOf, {
    sha: sql`e.sha`,
    parents: sql`e.parents`,
    authoredAt: millis(sql`e.authored_at`),
    committedAt: millis(sql`e.committed_at`),
    title: sql`left(split_part(e.message, chr(10), 1), 300)`,
    lines,
    generatedLines: GENERATED_LINES,
    reverts: sql`e.reverts`,
    bot: sql`coalesce(e.bot, false)`,
    touches,
    mainline: sql`case when e.extra -> 'mainline' = 'true'::jsonb then true when e.source = 'git' then false end`,
  })
}

export async function loadChanges(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<ChangeRecord[]> {
  // A part of a repository is as large as what lies in its folder, which only the commits tell.
  const whole = scope.repository === null
  const own = whole ? [] : scope.troubled.filter((subject) => subject !== scope.repository)
  const records = await load<StoredChange>(store, 'change', scope.code, which, asOf, {
    number: sql`e.number`,
    title: sql`e.title`,
    url: sql`e.url`,
    branch: sql`e.branch`,
    labels: sql`e.labels`,
    openedAt: millis(sql`e.opened_at`),
    firstReviewAt: millis(sql`e.first_review_at`),
    approvedAt: millis(sql`e.approved_at`),
    mergedAt: millis(sql`e.merged_at`),
    closedAt: millis(sql`e.closed_at`),
    mergeCommit: sql`e.merge_commit`,
    commits: sql`e.commits`,
    lines: whole ? sql`e.additions + e.deletions` : sql`null::bigint`,
    generatedLines: whole ? GENERATED_LINES : sql`null::bigint`,
    reverts: sql`e.reverts`,
    bot: sql`coalesce(e.bot, false)`,
    own: own.length ? sql`e.subject = any(${own}::text[])` : sql`false`,
  })
  return records.map((record) =>
    Object.assign(record, { commits: record.commits?.map(({ sha, authoredAt }) => ({ sha, authoredAt: Date.parse(authoredAt) })) ?? null }),
  )
}

/** A change whose commits have their moments as text. */
type StoredChange = Omit<ChangeRecord, 'commits'> & { commits: { sha: string; authoredAt: string }[] | null }

export async function loadDeployments(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<DeploymentRecord[]> {
  const here = which.map((condition) => sql`${condition} and lower(e.environment) = ${scope.environment}`)
  return load<DeploymentRecord>(store, 'deployment', scope.deployed, here, asOf, {
    commit: sql`e.commit`,
    commits: sql`e.commits`,
    startedAt: millis(sql`e.started_at`),
    finishedAt: millis(sql`e.finished_at`),
    outcome: sql`e.outcome`,
    planned: sql`e.planned`,
    fixes: sql`e.fixes`,
    rollbackOf: sql`e.rollback_of`,
    artifact: sql`e.artifact`,
    url: sql`e.url`,
  })
}

export async function loadIncidents(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<IncidentRecord[]> {
  return load<IncidentRecord>(store, 'incident', scope.troubled, which, asOf, {
    title: sql`e.title`,
    url: sql`e.url`,
    openedAt: millis(sql`e.opened_at`),
    resolvedAt: millis(sql`e.resolved_at`),
    causedBy: sql`e.caused_by`,
    commit: sql`e.extra ->> 'commit'`,
    artifact: sql`e.extra ->> 'artifact'`,
    aliases: sql`e.aliases`,
  })
}

const GENERATED_LINES = sql`(e.extra ->> 'generatedLines')::bigint`

/**
 * Records of a kind; one found by two conditions comes once. Each field comes as one list over all records: the
 * database then finds out once how a field is written, not once a record (measured: 55 ms for 10,000 commits, not 80).
 */
async function load<Record extends Told>(
  store: Store,
  kind: string,
  subjects: readonly string[],
  which: Which,
  asOf: Instant | null,
  own: { [Name in Exclude<keyof Record, keyof Told>]: Statement },
): Promise<Record[]> {
  const fields = Object.entries<Statement>({
    id: sql`e.id`,
    subject: sql`e.subject`,
    source: sql`e.source`,
    basis: sql`e.basis`,
    at: millis(sql`e.at`),
    ...own,
  })
  const parts = which.map(
    (condition) =>
      sql`select ${sql.join(fields.map(([name, value]) => sql`${value} as ${sql.id(name)}`))} from ${sql.table(`evidence_${kind}`)} e where e.subject = any(${[...subjects]}::text[]) and ${knownAt(asOf, 'e')} and ${condition}`,
  )
  const [lists] = await store.query<{ [Name in keyof Record & string]: Record[Name][] | null }>(
    sql`select ${sql.join(fields.map(([name]) => sql`json_agg(${sql.id(name)}) as ${sql.id(name)}`))} from (${sql.join(parts, sql` union all `)}) t`,
  )
  const names = fields.map(([name]) => name as keyof Record & string)
  // A copy of it has room for all fields from the start.
  const blank = Object.assign({} as Record, Object.fromEntries(names.map((name) => [name, null])))
  const records = (lists!.id ?? []).map((id, place) => {
    const record: Record = { ...blank }
    for (const name of names) record[name] = lists![name]![place]!
    record.id = `${kind}:${record.source}/${id}`
    return record
  })
  if (which.length === 1) return records
  return [...new Map(records.map((record) => [`${record.subject} ${record.id}`, record])).values()]
}

/** How a commit's files decide whether it touches the share, and how many lines of it. */
function shareOf({ path, except }: Scope): { touches: Statement; lines: Statement } {
  if (path === null && except.length === 0) return { touches: sql`true`, lines: sql`e.additions + e.deletions` }
  const below = (name: Statement, folder: string) => sql`(${name} = ${folder} or starts_with(${name}, ${`${folder}/`}))`
  const inside = (name: Statement) =>
    sql.join([path === null ? sql`true` : below(name, path), ...except.map((folder) => sql`not ${below(name, folder)}`)], sql` and `)
  const file = sql`(f.file ->> 0)`
  return {
    touches: sql`case when jsonb_typeof(e.files) = 'array' and jsonb_array_length(e.files) > 0 then exists (select 1 from jsonb_array_elements(e.files) as f(file) where ${inside(file)}) end`,
    lines: sql`(select sum(coalesce((f.file ->> 1)::bigint, 0) + coalesce((f.file ->> 2)::bigint, 0)) from jsonb_array_elements(case when jsonb_typeof(e.files) = 'array' then e.files end) with ordinality as f(file, place)
      where ${inside(file)} and not coalesce(e.extra -> 'generatedFiles' @> to_jsonb(f.place - 1), false))`,
  }
}
