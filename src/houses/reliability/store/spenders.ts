import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { type Spending, spentIn } from '../assess/index.ts'

/** A deployment and what was spent of the budget from it until the next. */
export interface Spender {
  /** `deployment:<source>/<id>`; null for what was spent before the first one of the window. */
  id: string | null
  of: Ref | null
  commit: string | null
  at: Instant
  until: Instant
  /** Of the whole budget; a minute belongs to the span it begins in. */
  share: number
  /** Minutes of being wholly bad. */
  minutes: number
}

/** Successful deployments to production of a service, each with what was spent until the next; the biggest spender first. */
export async function spendersOf(
  { store, catalog }: Pick<Ground, 'store' | 'catalog'>,
  service: Ref,
  spending: Spending,
  minutesTotal: number,
  asOf: Instant | null,
): Promise<Spender[]> {
  const { from, to } = spending.period
  const shares = await catalog.shares(service, asOf ?? undefined)
  const subjects = [
    ...new Set([
      service,
      ...shares.flatMap((share) => (share.repository && !share.path ? [...share.subjects, share.repository] : share.subjects)),
    ]),
  ]
  const rows = await store.query<{ id: string; subject: Ref; commit: string; at: Instant }>(sql`
    select 'deployment:' || source || '/' || id as id, subject, commit, finished_at as at from evidence_deployment e
    where subject = any(${subjects}::text[]) and ${knownAt(asOf, 'e')} and lower(environment) = 'production' and outcome = 'success'
      and finished_at < ${instant(to)} and finished_at >= ${instant(from)}
    order by finished_at, id`)
  const starts = [{ id: null, subject: null, commit: null, at: from }, ...rows]
  return starts
    .map(({ id, subject: of, commit, at }, place): Spender => {
      const until = starts[place + 1]?.at ?? to
      const share = spentIn(spending, { from: at, to: until })
      return { id, of, commit, at, until, share, minutes: share * minutesTotal }
    })
    .sort((a, b) => b.share - a.share || a.at - b.at)
}
