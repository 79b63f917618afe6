import { formatInstant, type Instant, type Row } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected, DeclaredBy, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { milliseconds } from './duration.ts'
import { type Base, done, happened, inPieces, isActor, presenceOf, type Scope, scopeOf, span, who } from './scope.ts'
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
 * step and the others after it, in order, less than the time allowed after the first. Each takes every step as early as it
 * can: whatever comes in time after a later one comes in time after the earliest, too. So attempts are followed once, and
 * only then laid into the pieces.
 */
export async function countFunnel({ store }: Base, { steps, within }: Source, scope: Scope): Promise<FunnelCounts[]> {
  const time = span(milliseconds(within))
  const [first, ...further] = steps as [string, ...string[]]
  const level = (step: number) => sql.ref(`step_${step}`)
  const levels = further.map(
    (event, index): Statement => sql`
      ${level(index + 1)} as materialized (
        select ${who(scope, 't')}, t.begun, min(e.at) as at from ${level(index)} t
        join (${done(scope, event)}) e on (${who(scope, 'e')}) = (${who(scope, 't')}) and e.at >= t.at and e.at < t.begun + ${time}
        ${index === 0 ? sql`where t.over` : sql``} group by ${who(scope, 't')}, t.begun)`,
  )
  const taken = further.map((_, index): Statement => sql`union all select ${who(scope)}, begun, ${index + 1}::int from ${level(index + 1)}`)
  const found = await store.query<{ piece: number; step: number; people: number }>(sql`
    with ${scope.tables},
      ${level(0)} as materialized (
        select ${who(scope)}, at, at as begun, at + ${time} <= ${instant(scope.horizon)} as over from (${done(scope, first, {
          where: sql`
          and e.at >= ${instant(scope.edges[0]!)} and e.at < ${instant(scope.edges.at(-1)!)}`,
        })}) d),
      ${sql.join(levels)},
      furthest as (
        select c.piece, t.actor, max(t.step) as step
        from (select ${who(scope)}, begun, case when over then 0 else -1 end as step from ${level(0)} ${sql.join(taken, sql` `)}) t
        ${inPieces(scope, 't', 'begun')} group by c.piece, t.actor)
    select piece, step, count(*)::int as people from furthest group by piece, step`)
  const byPiece = Map.groupBy(found, ({ piece }) => piece)
  return scope.pieces.map((_, piece) => {
    const own = byPiece.get(piece) ?? []
    const people = (from: number) => own.reduce((sum, one) => (one.step >= from ? sum + one.people : sum), 0)
    return { steps: steps.map((__, step) => people(step)), open: people(-1) - people(0) }
  })
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
        from (${done(scope, first, {
          columns: sql`, e.subject, e.source, e.id`,
          where: sql`and e.at >= ${instant(window.from)} and e.at < ${instant(window.to)}`,
        })}) began),
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
