import { formatInstant, type Instant, type Row } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { type Base, done, scopeOf } from './scope.ts'

/** What became of somebody who began. */
export interface Outcome {
  /** When they did what was hoped for, or null; an expression over `n (actor, at)`. */
  reached: Statement
  /** Whether their time is over. */
  over(at: Instant): boolean
  /** Reason code of those whose time is not. */
  open: string
}

/** The records of those who began in the window, newest first: 1 where they reached it, 0 where not. Nobody is named. */
export async function startRows(
  base: Base,
  event: string,
  ask: CollectAsk & { limit: number; offset: number },
  { reached, over, open }: Outcome,
): Promise<Row[]> {
  const scope = await scopeOf(base, ask)
  const [{ window }] = ask.pieces as [CollectAsk['pieces'][number]]
  const found = await base.store.query<{
    subject: string
    source: string
    id: string
    at: Instant
    place: number
    reached: Instant | null
  }>(sql`
    with ${scope.tables},
      numbered as (
        select *, row_number() over (partition by actor order by at, subject, source, id)::int as place
        from (${done(scope, event, { columns: sql`, e.subject, e.source, e.id` })}) began),
      listed as materialized (
        select * from numbered where at >= ${instant(window.from)} and at < ${instant(window.to)}
        order by at desc, subject, source, id limit ${ask.limit} offset ${ask.offset})
    select n.subject, n.source, n.id, n.at, n.place, case when n.place = 1 then ${reached} end as reached
    from listed n order by n.at desc, n.subject, n.source, n.id`)
  return found.map((one): Row => {
    const excluded = one.place > 1 ? 'repeated_start' : over(one.at) ? undefined : open
    return {
      id: `product_event:${one.source}/${one.id}`,
      subject: one.subject,
      value: excluded ? null : one.reached === null ? 0 : 1,
      unit: 'ratio',
      at: formatInstant(one.at),
      title: event,
      parts: one.reached === null ? {} : { after_seconds: (one.reached - one.at) / 1000 },
      links: [],
      flags: [],
      ...(excluded ? { excluded } : {}),
    }
  })
}
