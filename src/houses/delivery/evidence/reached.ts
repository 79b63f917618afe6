import type { Instant } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { ofScope } from './rows.ts'
import type { Scope } from './scope.ts'

/** Commits from which history is walked again. */
export interface Tips {
  /** Of merges: the walk ends where commits were on the main line before. */
  merged: readonly string[]
  /** Of deployments that succeeded: the walk ends where commits were deployed before. */
  deployed: readonly string[]
}

/**
 * Kept commits that walks from these tips come through. What no walk reaches stays as it is, however long it waits to be
 * deployed: a part of a repository that is hardly ever deployed has thousands of such commits.
 */
export async function reachedFrom(store: Store, scope: Scope, cut: Instant, { merged, deployed }: Tips): Promise<string[]> {
  const tips = [
    ...[...new Set(merged)].map((sha) => ({ sha, deploys: false })),
    ...[...new Set(deployed)].map((sha) => ({ sha, deploys: true })),
  ]
  if (tips.length === 0) return []
  const isOpen = sql`case when r.deploys then c.deployed_at else c.integrated_at end >= ${instant(cut)}`
  const rows = await store.query<{ sha: string }>(sql`
    with recursive reached(sha, deploys) as (
      select sha, deploys from json_to_recordset(${JSON.stringify(tips)}::text::json) as tip(sha text, deploys boolean)
      union
      select parent.sha, r.deploys from reached r
        left join lateral (select * from delivery_commit c where ${ofScope(scope)} and c.sha = r.sha) c on true
        cross join lateral (select e.parents from evidence_commit e where e.sha = r.sha and e.subject = any(${[...scope.code]}::text[]) and ${knownAt(null, 'e')} offset 0) e
        cross join lateral jsonb_array_elements_text(e.parents) as parent(sha)
      where c.sha is null or ${isOpen}
    )
    select distinct r.sha from reached r join lateral (select * from delivery_commit c where ${ofScope(scope)} and c.sha = r.sha) c on true
    where ${isOpen}`)
  return rows.map(({ sha }) => sha)
}
