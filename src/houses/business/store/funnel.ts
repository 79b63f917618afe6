import { formatInstant, type Instant, type Row } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected, DeclaredBy, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { milliseconds } from './duration.ts'
import { type Base, done, happened, isActor, presenceOf, type Scope, scopeOf, span } from './scope.ts'
import { isSmall, nobodyBegan, TOO_FEW } from './unknown.ts'

type Source = DeclaredBy<'funnel'>['source']

/** How far people came, for one piece of a question. */
export interface FunnelCounts {
  /** People at each step, the first included: those whose time is over. */
  steps: number[]
  /** People whose every attempt still has time. */
  open: number
}

/**
 * Counts people by the furthest step of any attempt that began in the window and whose time is over. An attempt is a first
 * step and the others after it, in order, less than the time allowed after the first. For each event of a step the latest
 * attempt that leads to it is carried along, which finds an attempt in time wherever there is one (the sliding window of
 * ClickHouse's windowFunnel).
 */
export async function countFunnel({ store }: Base, { steps, within }: Source, scope: Scope): Promise<FunnelCounts[]> {
  const time = span(milliseconds(within))
  const [first, ...further] = steps as [string, ...string[]]
  const level = (step: number) => sql.ref(`step_${step}`)
  const levels = further.map(
    (event, index): Statement => sql`
      ${level(index + 1)} as materialized (
        select piece, grp, actor, at, begun from (
          select piece, grp, actor, at, later, max(begun) over (partition by piece, actor collate "C" order by at, later rows unbounded preceding) as begun
          from (
            select piece, grp, actor, at, begun, false as later from ${level(index)}
            union all
            select w.piece, w.grp, w.actor, h.at, null, true from (select piece, grp, actor, min(at) as since, max(begun) + ${time} as until from ${level(index)} group by piece, grp, actor) w
            join (${done(scope, event, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) h on h.grp = w.grp and h.actor = w.actor and h.at >= w.since and h.at < w.until
          ) both_steps
        ) carried
        where later and at < begun + ${time})`,
  )
  const tallies = steps.map(
    (_, step): Statement =>
      sql`select piece, ${step}::int as step, count(distinct actor)::int as people from ${level(step)} group by piece`,
  )
  const found = await store.query<{ piece: number; step: number; people: number }>(sql`
    with ${scope.tables},
      attempt as materialized (
        select p.piece, b.grp, b.actor, b.at, b.at + ${time} <= ${instant(scope.horizon)} as over
        from piece p join (${done(scope, first, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) b on b.grp = p.grp and b.at >= p."from" and b.at < p."to"),
      ${level(0)} as materialized (select piece, grp, actor, at, at as begun from attempt where over),
      ${sql.join(levels)}
    ${sql.join(tallies, sql` union all `)}
    union all select piece, -1, count(*)::int from (select piece, actor from attempt group by piece, actor having not bool_or(over)) still group by piece`)
  const count = new Map(found.map(({ piece, step, people }) => [`${piece} ${step}`, people]))
  return scope.pieces.map((_, piece) => ({
    steps: steps.map((__, step) => count.get(`${piece} ${step}`) ?? 0),
    open: count.get(`${piece} -1`) ?? 0,
  }))
}

async function collectFunnel(base: Base, source: Source, ask: CollectAsk): Promise<Collected[]> {
  const scope = await scopeOf(base, ask)
  const counts = await countFunnel(base, source, scope)
  const [first] = source.steps as [string]
  const presence = await presenceOf(base, scope, first)
  return counts.map(({ steps, open }, piece): Collected => {
    const of = steps[0]!
    const common = { excluded: { still_open: open }, withData: presence[piece]!.withData }
    const over = ask.pieces[piece]!.window.to + milliseconds(source.within)
    if (of === 0) return { shape: 'nothing', ...common, unknown: nobodyBegan(first, presence[piece]!, open, over) }
    if (isSmall(ask.pieces.length, of)) return { shape: 'nothing', ...common, unknown: TOO_FEW }
    return { shape: 'share', hits: steps.at(-1)!, of, ...common }
  })
}

/** How an organisation's own funnel is answered: the share of those who began that took its last step. */
export function funnelMeasure(base: Base, { source }: DeclaredBy<'funnel'>): Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'> {
  return {
    definition: `Share of those who did "${source.steps[0]}" in the window that went on to ${source.steps
      .slice(1)
      .map((step) => `"${step}"`)
      .join(
        ', ',
      )}, in this order and less than ${source.within} after they began. Somebody counts once, with the attempt that got furthest; attempts that still have time are left out. Records are attempts.`,
    collect: (ask) => collectFunnel(base, source, ask),
    rows: (ask) => funnelRows(base, source, ask),
  }
}

/** The attempts that began in the window, newest first, and how many steps each took. */
async function funnelRows(base: Base, { steps, within }: Source, ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  const scope = await scopeOf(base, ask)
  const [{ window }] = ask.pieces as [CollectAsk['pieces'][number]]
  const [first, ...further] = steps as [string, ...string[]]
  const name = (step: number) => sql.ref(`t${step}`)
  const next = further.map(
    (event, index): Statement => sql`
      left join lateral (
        select min(e.at) as at from ${happened(scope, event)} and ${isActor(scope, sql`t0.actor`)} and e.at >= ${name(index)}.at and e.at < t0.at + ${span(milliseconds(within))}
      ) ${name(index + 1)} on true`,
  )
  const taken = sql.join(
    steps.map((_, step) => sql`(${name(step)}.at is not null)::int`),
    sql` + `,
  )
  const found = await base.store.query<{ subject: string; source: string; id: string; at: Instant; taken: number; again: boolean }>(sql`
    with ${scope.tables},
      begun as (
        select *, row_number() over (partition by actor order by at, subject, source, id) > 1 as again
        from (${done(
          scope,
          first,
          (actor) => sql`e.subject, e.source, e.id, e.at, ${actor} as actor`,
          sql`and e.at >= ${instant(window.from)} and e.at < ${instant(window.to)}`,
        )}) began),
      listed as materialized (select * from begun order by at desc, subject, source, id limit ${ask.limit} offset ${ask.offset})
    select t0.subject, t0.source, t0.id, t0.at, t0.again, ${taken} as taken from listed t0 ${sql.join(next, sql` `)}
    order by t0.at desc, t0.subject, t0.source, t0.id`)
  return found.map((one): Row => {
    const open = one.at + milliseconds(within) > scope.horizon
    return {
      id: `product_event:${one.source}/${one.id}`,
      subject: one.subject,
      value: open ? null : one.taken === steps.length ? 1 : 0,
      unit: 'ratio',
      at: formatInstant(one.at),
      title: first,
      parts: { steps_taken: one.taken },
      links: [],
      flags: one.again ? ['began_again'] : [],
      ...(open ? { excluded: 'still_open' } : {}),
    }
  })
}
