import { type Instant, Refusal, type Window } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected, DeclaredBy, MeasureDefinition } from '../../../ground/measures/index.ts'
import { instants, sql } from '../../../ground/store/index.ts'
import { type Calendar, calendarOf } from './periods.ts'
import { type Base, done, happened, inPieces, isActor, presenceOf, scopeOf, who } from './scope.ts'
import { startRows } from './start-rows.ts'
import { begunTable, countStarts } from './starts.ts'
import { isSmall, nobodyBegan, TOO_FEW } from './unknown.ts'

type Source = DeclaredBy<'retention'>['source']

/** The intervals from the first cohort until now. */
function calendarFor({ interval, zone }: Source, ask: Pick<CollectAsk, 'pieces' | 'zone'>, horizon: Instant): Calendar {
  const from = Math.min(...ask.pieces.map(({ window }) => window.from))
  return calendarOf({ from, to: Math.max(horizon, from + 1) }, interval, zone ?? ask.zone)
}

/** Of those who began, who came back in the interval that is so many after the one they began in. */
export async function collectRetention(base: Base, source: Source, ask: CollectAsk): Promise<Collected[]> {
  const { start, period = 1 } = source
  const scope = await scopeOf(base, ask)
  const calendar = calendarFor(source, ask, scope.horizon)
  const borders = instants(calendar.borders)
  const place = sql`width_bucket(b.at, ${borders})`
  const counts = await countStarts(base, scope, start, {
    event: source.return,
    over: sql`${place} <= ${calendar.lastOver(scope.horizon) - period}`,
    // The borders themselves, because the index finds what lies between two moments.
    inTime: sql`e.at >= (${borders})[${place} + ${period}] and e.at < (${borders})[${place} + ${period + 1}]`,
  })
  const presence = await presenceOf(base, scope, start)
  return counts.map(({ of, hits, open, repeated }, piece): Collected => {
    const common = { excluded: { incomplete_cohort: open, repeated_start: repeated }, withData: presence[piece]!.withData }
    if (of === 0) return { shape: 'nothing', ...common, unknown: nobodyBegan(start, presence[piece]!, open, null) }
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
      const borders = instants(calendar.borders)
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
  const borders = instants(calendar.borders)
  const found = await base.store.query<{ place: number; ahead: number; people: number; repeated: number }>(sql`
    with ${scope.tables}, ${begunTable(scope, source.start)},
      placed as (select ${who(scope, 'b')}, b.at, b.first, width_bucket(b.at, ${borders}) as place from begun b ${inPieces(scope, 'b', 'at')}),
      back as (
        select distinct ${who(scope, 'p')}, p.place, width_bucket(r.at, ${borders}) as returned from placed p
        join (${done(scope, source.return)}) r on (${who(scope, 'r')}) = (${who(scope, 'p')}) and r.at > p.at
        where p.first)
    select place, 0 as ahead, count(*) filter (where first)::int as people, count(*) filter (where not first)::int as repeated
    from placed group by place
    union all select place, returned - place, count(*)::int, 0 from back
    where returned > place and returned <= least(place + ${periods}, ${over}) group by place, returned`)
  const count = new Map(found.map(({ place, ahead, people }) => [`${place} ${ahead}`, people]))
  const cohorts = whole.borders.slice(0, -1).flatMap((from, index) => {
    if (from >= scope.horizon) return []
    const size = count.get(`${index + 1} 0`) ?? 0
    const returned = Array.from({ length: periods }, (_, ahead) => count.get(`${index + 1} ${ahead + 1}`) ?? 0)
    return [{ window: { from, to: whole.borders[index + 1]! }, size, returned }]
  })
  return {
    cohorts,
    borders: bordersAhead(source, zone, window.from, window.to, periods),
    lastOver: over - 1,
    repeated: found.reduce((sum, { repeated }) => sum + repeated, 0),
    horizon: scope.horizon,
  }
}

/** Borders of every interval a cell may lie in, those to come included. */
function bordersAhead({ interval }: Source, zone: string, from: Instant, to: Instant, periods: number): readonly Instant[] {
  const days = { day: 1, week: 7, month: 31 }[interval] * (periods + 1)
  return calendarOf({ from, to: to + days * 86_400_000 }, interval, zone).borders
}
