import type { Instant } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { ChangeRecord, CommitRecord, DeploymentRecord, Facts, IncidentRecord } from '../assess/index.ts'
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
  const fields = sql`e.subject, e.id, e.source, e.basis, ${millis(sql`e.at`)}, e.sha, e.parents, ${millis(sql`e.authored_at`)}, ${millis(sql`e.committed_at`)}, left(split_part(e.message, chr(10), 1), 300),
    ${lines}, (e.extra ->> 'generatedLines')::bigint, e.reverts, coalesce(e.bot, false), ${touches}, case when e.extra -> 'mainline' = 'true'::jsonb then true when e.source = 'git' then false end`
  const rows = await load<
    [
      string,
      string,
      string,
      number,
      number,
      string,
      string[],
      number,
      number,
      string | null,
      number | null,
      number | null,
      string | null,
      boolean,
      boolean | null,
      boolean | null,
    ]
  >(store, 'commit', scope.code, fields, which, asOf)
  return rows.map(
    ([
      subject,
      id,
      source,
      basis,
      at,
      sha,
      parents,
      authoredAt,
      committedAt,
      title,
      lineCount,
      generatedLines,
      reverts,
      bot,
      touched,
      mainline,
    ]) => ({
      id: `commit:${source}/${id}`,
      subject,
      source,
      basis,
      at,
      sha,
      parents,
      authoredAt,
      committedAt,
      title,
      lines: lineCount,
      generatedLines,
      reverts,
      bot,
      touches: touched,
      mainline,
    }),
  )
}

export async function loadChanges(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<ChangeRecord[]> {
  const fields = sql`e.subject, e.id, e.source, e.basis, ${millis(sql`e.at`)}, e.number, e.title, e.url, e.branch, e.labels, ${sql.join(['opened_at', 'first_review_at', 'approved_at', 'merged_at', 'closed_at'].map((column) => millis(sql.ref(`e.${column}`))))},
    e.merge_commit, e.commits, e.additions + e.deletions, (e.extra ->> 'generatedLines')::bigint, e.reverts, coalesce(e.bot, false)`
  const rows = await load<
    [
      string,
      string,
      string,
      number,
      number,
      number | null,
      string | null,
      string | null,
      string | null,
      string[] | null,
      number | null,
      number | null,
      number | null,
      number | null,
      number | null,
      string | null,
      { sha: string; authoredAt: string }[] | null,
      number | null,
      number | null,
      string | null,
      boolean,
    ]
  >(store, 'change', scope.code, fields, which, asOf)
  return rows.map(
    ([
      subject,
      id,
      source,
      basis,
      at,
      number,
      title,
      url,
      branch,
      labels,
      openedAt,
      firstReviewAt,
      approvedAt,
      mergedAt,
      closedAt,
      mergeCommit,
      commits,
      lines,
      generatedLines,
      reverts,
      bot,
    ]) => ({
      id: `change:${source}/${id}`,
      subject,
      source,
      basis,
      at,
      number,
      title,
      url,
      branch,
      labels,
      openedAt,
      firstReviewAt,
      approvedAt,
      mergedAt,
      closedAt,
      mergeCommit,
      commits: commits?.map(({ sha, authoredAt }) => ({ sha, authoredAt: Date.parse(authoredAt) })) ?? null,
      // A part of a repository is as large as what lies in its folder, which only the commits tell.
      lines: scope.repository === null ? lines : null,
      generatedLines: scope.repository === null ? generatedLines : null,
      reverts,
      bot,
      own: scope.repository !== null && subject !== scope.repository && scope.troubled.includes(subject),
    }),
  )
}

export async function loadDeployments(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<DeploymentRecord[]> {
  const fields = sql`e.subject, e.id, e.source, e.basis, ${millis(sql`e.at`)}, e.commit, e.commits, ${millis(sql`e.started_at`)}, ${millis(sql`e.finished_at`)}, e.outcome, e.planned, e.fixes, e.rollback_of, e.artifact, e.url`
  const here = which.map((condition) => sql`${condition} and lower(e.environment) = ${scope.environment}`)
  const rows = await load<
    [
      string,
      string,
      string,
      number,
      number,
      string,
      string[] | null,
      number | null,
      number,
      DeploymentRecord['outcome'],
      boolean | null,
      string | null,
      string | null,
      string | null,
      string | null,
    ]
  >(store, 'deployment', scope.deployed, fields, here, asOf)
  return rows.map(
    ([subject, id, source, basis, at, commit, commits, startedAt, finishedAt, outcome, planned, fixes, rollbackOf, artifact, url]) => ({
      id: `deployment:${source}/${id}`,
      subject,
      source,
      basis,
      at,
      commit,
      commits,
      startedAt,
      finishedAt,
      outcome,
      planned,
      fixes,
      rollbackOf,
      artifact,
      url,
    }),
  )
}

export async function loadIncidents(store: Store, scope: Scope, which: Which, asOf: Instant | null = null): Promise<IncidentRecord[]> {
  const fields = sql`e.subject, e.id, e.source, e.basis, ${millis(sql`e.at`)}, e.title, e.url, ${millis(sql`e.opened_at`)}, ${millis(sql`e.resolved_at`)}, e.caused_by, e.extra ->> 'commit', e.extra ->> 'artifact', e.aliases`
  const rows = await load<
    [
      string,
      string,
      string,
      number,
      number,
      string,
      string | null,
      number,
      number | null,
      string | null,
      string | null,
      string | null,
      string[] | null,
    ]
  >(store, 'incident', scope.troubled, fields, which, asOf)
  return rows.map(([subject, id, source, basis, at, title, url, openedAt, resolvedAt, causedBy, commit, artifact, aliases]) => ({
    id: `incident:${source}/${id}`,
    subject,
    source,
    basis,
    at,
    title,
    url,
    openedAt,
    resolvedAt,
    causedBy,
    commit,
    artifact,
    aliases,
  }))
}

/** Records as tuples in one JSON text; one found by two conditions comes once. */
async function load<Tuple extends readonly unknown[]>(
  store: Store,
  kind: string,
  subjects: readonly string[],
  fields: Statement,
  which: Which,
  asOf: Instant | null,
): Promise<Tuple[]> {
  const parts = which.map(
    (condition) =>
      sql`select json_build_array(${fields}) as tuple from ${sql.table(`evidence_${kind}`)} e where e.subject = any(${[...subjects]}::text[]) and ${knownAt(asOf, 'e')} and ${condition}`,
  )
  const [answer] = await store.query<{ tuples: Tuple[] }>(
    sql`select coalesce(json_agg(tuple), '[]') as tuples from (${sql.join(parts, sql` union all `)}) t`,
  )
  if (which.length < 2) return answer!.tuples
  return [...new Map(answer!.tuples.map((tuple) => [JSON.stringify(tuple.slice(0, 3)), tuple])).values()]
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
