import type { Instant } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { Facts } from '../assess/index.ts'
import type { Scope } from './scope.ts'

/** Commits named by fewer than 40 digits are given their full name where the repository has exactly one that begins so. */
export async function withFullNames(store: Store, scope: Scope, facts: Facts, asOf: Instant | null = null): Promise<Facts> {
  const short = new Set<string>()
  const note = (sha: string | null | undefined) => {
    if (sha && sha.length < 40 && /^[0-9a-f]{7,}$/.test(sha)) short.add(sha)
  }
  for (const { commit, commits } of facts.deployments) [commit, ...(commits ?? [])].forEach(note)
  for (const { mergeCommit, commits, reverts } of facts.changes)
    [mergeCommit, reverts, ...(commits ?? []).map(({ sha }) => sha)].forEach(note)
  for (const { reverts } of facts.commits) note(reverts)
  for (const { causedBy, commit } of facts.incidents) [causedBy, commit].forEach(note)
  if (short.size === 0) return facts
  const found = await store.query<{ short: string; sha: string }>(sql`
    select s.short, min(c.sha) as sha from unnest(${[...short]}::text[]) as s(short) join evidence_commit c on c.sha >= s.short and c.sha < s.short || 'g' and c.subject = any(${[...scope.code]}::text[]) and ${asOf === null ? sql`true` : sql`c.learned_from <= ${instant(asOf)}`}
    group by s.short having count(distinct c.sha) = 1`)
  const names = new Map(found.map(({ short: prefix, sha }) => [prefix, sha]))
  const full = <Sha extends string | null>(sha: Sha): Sha | string => (sha === null ? sha : (names.get(sha) ?? sha))
  return {
    ...facts,
    commits: facts.commits.map((one) => ({ ...one, reverts: full(one.reverts) })),
    changes: facts.changes.map((one) => ({
      ...one,
      mergeCommit: full(one.mergeCommit),
      reverts: full(one.reverts),
      commits: one.commits?.map(({ sha, authoredAt }) => ({ sha: full(sha), authoredAt })) ?? null,
    })),
    deployments: facts.deployments.map((one) => ({ ...one, commit: full(one.commit), commits: one.commits?.map(full) ?? null })),
    incidents: facts.incidents.map((one) => ({ ...one, causedBy: full(one.causedBy), commit: full(one.commit) })),
  }
}
