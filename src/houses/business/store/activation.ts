import type { DeclaredBy, CollectAsk, Collected, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { milliseconds } from './duration.ts'
import { type Base, done, happened, isActor, presenceOf, scopeOf, span } from './scope.ts'
import { type Outcome, startRows } from './start-rows.ts'
import { isSmall, nobodyBegan, TOO_FEW } from './unknown.ts'

/** Who began and who of them reached the event that shows value in time: a share of those whose time is over. */
export async function collectActivation(
  base: Base,
  { start, value, within }: DeclaredBy<'activation'>['source'],
  ask: CollectAsk,
): Promise<Collected[]> {
  const scope = await scopeOf(base, ask)
  const time = milliseconds(within)
  const found = await base.store.query<{ piece: number; of: number; hits: number; open: number; begun: number }>(sql`
    with ${scope.tables},
      begun as materialized (${done(scope, start, (actor) => sql`g.grp, ${actor} as actor, e.at`)}),
      first as materialized (select grp, actor, min(at) as at from begun group by grp, actor),
      cohort as materialized (
        select p.piece, f.grp, f.actor, f.at, f.at + ${span(time)} <= ${instant(scope.horizon)} as over
        from piece p join first f on f.grp = p.grp and f.at >= p."from" and f.at < p."to"),
      reached as materialized (
        select distinct c.piece, c.actor from cohort c
        join (${done(scope, value, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) v on v.grp = c.grp and v.actor = c.actor
        where c.over and v.at >= c.at and v.at < c.at + ${span(time)})
    select p.piece, count(c.actor) filter (where c.over)::int as of, count(c.actor) filter (where not c.over)::int as open,
      (select count(*)::int from reached r where r.piece = p.piece) as hits,
      (select count(*)::int from begun b where b.grp = p.grp and b.at >= p."from" and b.at < p."to") as begun
    from piece p left join cohort c on c.piece = p.piece group by p.piece, p.grp, p."from", p."to"`)
  const presence = await presenceOf(base, scope, start)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return ask.pieces.map(({ window }, piece): Collected => {
    const { of, hits, open, begun } = byPiece.get(piece)!
    const common = { excluded: { still_open: open, repeated_start: begun - of - open }, withData: presence[piece]!.withData }
    if (of === 0) return { shape: 'nothing', ...common, unknown: nobodyBegan(start, presence[piece]!, open, window.to + time) }
    if (isSmall(ask.pieces.length, of)) return { shape: 'nothing', ...common, unknown: TOO_FEW }
    return { shape: 'share', hits, of, ...common }
  })
}

/** How an organisation's own measure of activation is answered. */
export function activationMeasure(
  base: Base,
  declared: DeclaredBy<'activation'>,
): Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'> {
  const { source } = declared
  return {
    definition: `Share of those whose first "${source.start}" lies in the window that reached "${source.value}" less than ${source.within} after it. Only those whose ${source.within} are over count; the others are told apart.`,
    collect: (ask) => collectActivation(base, source, ask),
    rows: async (ask) => startRows(base, source.start, ask, await activationOutcome(base, source, ask)),
  }
}

async function activationOutcome(base: Base, { value, within }: DeclaredBy<'activation'>['source'], ask: CollectAsk): Promise<Outcome> {
  const scope = await scopeOf(base, ask)
  const time = milliseconds(within)
  return {
    reached: sql`(select min(e.at) from ${happened(scope, value)} and ${isActor(scope, sql`n.actor`)} and e.at >= n.at and e.at < n.at + ${span(time)})`,
    over: (at: number) => at + time <= scope.horizon,
    open: 'still_open',
  }
}
