import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'

/** An indicator that somebody counts, whether or not anything is promised of it. */
export interface SeenIndicator {
  subject: Ref
  indicator: string
  good: number
  total: number
  /** End of the last minute of which something was said. */
  lastAt: Instant
}

/** Days that are looked back on. */
export const SEEN_DAYS = 28
const MOST = 1_000

/**
 * Indicators of which samples came in the last four weeks, by service and name.
 * @param of a service, or all of a namespace
 */
export async function seenIndicators(store: Store, of: { service: Ref } | { scope: string }, now: Instant): Promise<SeenIndicator[]> {
  const whose = 'service' in of ? sql`subject = ${of.service}` : sql`split_part(split_part(subject, ':', 2), '/', 1) = ${of.scope}`
  return store.query<SeenIndicator>(sql`
    select subject, indicator, sum(good) as good, sum(total) as total, max(last_at) as "lastAt"
    from sli_day where ${whose} and day >= ${instant(now - SEEN_DAYS * DAY)}
    group by subject, indicator order by subject, indicator limit ${MOST}`)
}
