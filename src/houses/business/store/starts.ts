import { sql, type Statement } from '../../../ground/store/index.ts'
import { type Base, done, inPieces, type Scope, who } from './scope.ts'

/** What is hoped of those who began: another event, in time. Both conditions are of the start `b.at`; the second of `e.at`, too. */
export interface Hope {
  event: string
  /** Whether the time is over. */
  over: Statement
  /** Whether the event came in it. */
  inTime: Statement
}

/** Those who began, for one piece of a question. */
export interface StartCounts {
  /** People whose time is over. */
  of: number
  /** Of them, those who did what was hoped. */
  hits: number
  /** People who still have time. */
  open: number
  /** Starts of somebody who had begun before. */
  repeated: number
}

/** Every start, and whether it is somebody's first: `begun (actor, at, first)`, with `grp` as `done` has it. */
export function begunTable(scope: Scope, start: string): Statement {
  return sql`begun as materialized (
    select ${who(scope)}, at, row_number() over (partition by ${who(scope)} order by at) = 1 as first from (${done(scope, start)}) d)`
}

/** Counts who began and who of them did what was hoped. */
export async function countStarts({ store }: Base, scope: Scope, start: string, { event, over, inTime }: Hope): Promise<StartCounts[]> {
  const found = await store.query<StartCounts & { piece: number }>(sql`
    with ${scope.tables}, ${begunTable(scope, start)},
      reached as (
        select c.piece, count(*)::int as hits from begun b ${inPieces(scope, 'b', 'at')}
        where b.first and ${over} and exists (select 1 from (${done(scope, event)}) e where (${who(scope, 'e')}) = (${who(scope, 'b')}) and ${inTime})
        group by c.piece),
      counted as (
        select c.piece, count(*) filter (where b.first and ${over})::int as of, count(*) filter (where b.first and not ${over})::int as open,
          count(*) filter (where not b.first)::int as repeated
        from begun b ${inPieces(scope, 'b', 'at')} group by c.piece)
    select piece, "of", open, repeated, coalesce(hits, 0) as hits from counted left join reached using (piece)`)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return scope.pieces.map((_, piece) => byPiece.get(piece) ?? { of: 0, hits: 0, open: 0, repeated: 0 })
}
