import { type Instant, Refusal, type Window } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected, DeclaredBy, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instantText, sql, type Statement } from '../../../ground/store/index.ts'
import { type Calendar, calendarOf } from './periods.ts'
import { type Base, done, happened, isActor, presenceOf, type Scope, scopeOf } from './scope.ts'
import { startRows } from './start-rows.ts'
import { isSmall, nobodyBegan, TOO_FEW } from './unknown.ts'

type Source = DeclaredBy<'retention'>['source']

/** The intervals from the first cohort until now. */
function calendarFor({ interval, zone }: Source, ask: Pick<CollectAsk, 'pieces' | 'zone'>, horizon: Instant): Calendar {
  const from = Math.min(...ask.pieces.map(({ window }) => window.from))
  return calendarOf({ from, to: Math.max(horizon, from + 1) }, interval, zone ?? ask.zone)
}

function bordersText({ borders }: Calendar): Statement {
  return sql`${borders.map(instantText)}::timestamptz[]`
}

/** Cohorts by the interval of their first start: `cohort (piece, grp, actor, place)`. */
function cohortTables(scope: Scope, start: string, calendar: Calendar): Statement {
  return sql`${scope.tables},
    begun as materialized (${done(scope, start, (actor) => sql`g.grp, ${actor} as actor, e.at`)}),
    first as materialized (select grp, actor, min(at) as at from begun group by grp, actor),
    cohort as materialized (
      select p.piece, f.grp, f.actor, f.at, width_bucket(f.at, ${bordersText(calendar)}) as place
      from piece p join first f on f.grp = p.grp and f.at >= p."from" and f.at < p."to")`
}

/** Of those who began, who came back in the interval that is so many after the one they began in. */
export async function collectRetention(base: Base, source: Source, ask: CollectAsk): Promise<Collected[]> {
  const { start, period = 1 } = source
  const scope = await scopeOf(base, ask)
  const calendar = calendarFor(source, ask, scope.horizon)
  const over = calendar.lastOver(scope.horizon) - period
  const found = await base.store.query<{ piece: number; of: number; hits: number; cut: number; begun: number }>(sql`
    with ${cohortTables(scope, start, calendar)},
      back as materialized (
        select distinct c.piece, c.actor from cohort c
        join (${done(scope, source.return, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) r on r.grp = c.grp and r.actor = c.actor
        where c.place <= ${over} and r.at > c.at and width_bucket(r.at, ${bordersText(calendar)}) = c.place + ${period})
    select p.piece, count(c.actor) filter (where c.place <= ${over})::int as of, count(c.actor) filter (where c.place > ${over})::int as cut,
      (select count(*)::int from back b where b.piece = p.piece) as hits,
      (select count(*)::int from begun b where b.grp = p.grp and b.at >= p."from" and b.at < p."to") as begun
    from piece p left join cohort c on c.piece = p.piece group by p.piece, p.grp, p."from", p."to"`)
  const presence = await presenceOf(base, scope, start)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return ask.pieces.map((_, piece): Collected => {
    const { of, hits, cut, begun } = byPiece.get(piece)!
    const common = { excluded: { incomplete_cohort: cut, repeated_start: begun - of - cut }, withData: presence[piece]!.withData }
    if (of === 0) return { shape: 'nothing', ...common, unknown: nobodyBegan(start, presence[piece]!, cut, null) }
    if (isSmall(ask.pieces.length, of)) return { shape: 'nothing', ...common, unknown: TOO_FEW }
    return { shape: 'share', hits, of, ...common }
  })
}

/** How an organisation's own measure of retention is answered. */
export function retentionMeasure(
  base: Base,
  { source }: DeclaredBy<'retention'>,
): Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'> {
  const { start, return: back, interval, period = 1, zone } = source
  return {
    definition: `Share of those whose first "${start}" lies in the window that did "${back}" in the ${ordinal(period)} ${interval} after the ${interval} they began in${zone ? ` (${zone})` : ''}. Cohorts for which that ${interval} is not over are cut, and said.`,
    collect: (ask) => collectRetention(base, source, ask),
    async rows(ask) {
      const scope = await scopeOf(base, ask)
      const calendar = calendarFor(source, ask, scope.horizon)
      const over = calendar.lastOver(scope.horizon) - period
      const borders = bordersText(calendar)
      return startRows(base, start, ask, {
        reached: sql`(select min(e.at) from ${happened(scope, back)} and ${isActor(scope, sql`n.actor`)} and e.at > n.at
          and width_bucket(e.at, ${borders}) = width_bucket(n.at, ${borders}) + ${period})`,
        over: (at) => calendar.placeOf(at) <= over,
        open: 'incomplete_cohort',
      })
    },
  }
}

function ordinal(count: number): string {
  return ['first', 'second', 'third'][count - 1] ?? `${count}th`
}

/** How many began in each interval, and how many of them came back in each one after. */
export interface CohortCounts {
  /** The interval each cohort began in. */
  cohorts: { window: Window; size: number; returned: number[] }[]
  /** Where the intervals begin, from that of the first cohort on. */
  borders: readonly Instant[]
  /** Place in `borders` up to which intervals are over; none at -1. */
  lastOver: number
  repeated: number
  horizon: Instant
}

const MOST_COHORTS = 400

/** Counts the cohorts of a window, widened to whole intervals. */
export async function countCohorts(
  base: Base,
  source: Source,
  ask: Pick<CollectAsk, 'at' | 'asOf' | 'zone' | 'pieces'>,
  periods: number,
): Promise<CohortCounts> {
  const [asked] = ask.pieces as [CollectAsk['pieces'][number]]
  const zone = source.zone ?? ask.zone
  const whole = calendarOf(asked.window, source.interval, zone)
  if (whole.borders.length - 1 > MOST_COHORTS)
    throw new Refusal('business.too_many_cohorts', `This window has ${whole.borders.length - 1} cohorts.`, {
      fix: `Choose a shorter window; at most ${MOST_COHORTS} are shown.`,
      path: 'from',
    })
  const window = { from: whole.borders[0]!, to: whole.borders.at(-1)! }
  const pieces = [{ ...asked, window }]
  const scope = await scopeOf(base, { ...ask, pieces })
  const calendar = calendarFor(source, { ...ask, pieces }, scope.horizon)
  const over = calendar.lastOver(scope.horizon)
  const found = await base.store.query<{ place: number; ahead: number; people: number; begun: number }>(sql`
    with ${cohortTables(scope, source.start, calendar)},
      back as materialized (
        select distinct c.actor, c.place, width_bucket(r.at, ${bordersText(calendar)}) - c.place as ahead from cohort c
        join (${done(scope, source.return, (actor) => sql`g.grp, ${actor} as actor, e.at`)}) r on r.grp = c.grp and r.actor = c.actor
        where r.at > c.at and width_bucket(r.at, ${bordersText(calendar)}) between c.place + 1 and least(c.place + ${periods}, ${over}))
    select place, 0 as ahead, count(*)::int as people,
      (select count(*)::int from begun b join piece p on p.grp = b.grp and b.at >= p."from" and b.at < p."to") as begun
    from cohort group by place
    union all select place, ahead, count(*)::int, 0 from back group by place, ahead`)
  const count = new Map(found.map(({ place, ahead, people }) => [`${place} ${ahead}`, people]))
  const begun = Math.max(0, ...found.map((one) => one.begun))
  const cohorts = whole.borders.slice(0, -1).flatMap((from, index) => {
    if (from >= scope.horizon) return []
    const size = count.get(`${index + 1} 0`) ?? 0
    const returned = Array.from({ length: periods }, (_, ahead) => count.get(`${index + 1} ${ahead + 1}`) ?? 0)
    return [{ window: { from, to: whole.borders[index + 1]! }, size, returned }]
  })
  const people = cohorts.reduce((sum, { size }) => sum + size, 0)
  return {
    cohorts,
    borders: bordersAhead(source, zone, window.from, window.to, periods),
    lastOver: over - 1,
    repeated: begun - people,
    horizon: scope.horizon,
  }
}

/** Borders of every interval a cell may lie in, those to come included. */
function bordersAhead({ interval }: Source, zone: string, from: Instant, to: Instant, periods: number): readonly Instant[] {
  const days = { day: 1, week: 7, month: 31 }[interval] * (periods + 1)
  return calendarOf({ from, to: to + days * 86_400_000 }, interval, zone).borders
}
