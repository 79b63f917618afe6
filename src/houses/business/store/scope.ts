import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { namesOf, personBehind } from '../../../ground/identity/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import type { CollectAsk, Piece } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'

/** What measures of this house stand on. */
export type Base = Pick<Ground, 'store' | 'clock'>

/** A question as the statements of this house read it. */
export interface Scope {
  pieces: readonly Piece[]
  /** What has happened and is known ends here: nothing later is over. */
  horizon: Instant
  asOf: Instant | null
  /** Names of the product events' subjects. */
  subjects: readonly string[]
  /**
   * Two common table expressions: `grp (grp, subject)`, the subjects that are asked about together, and
   * `piece (piece, grp, "from", "to")`.
   */
  tables: Statement
  /** Who did it, as a column of what `happened`: the person where names were joined, else the actor. */
  actor: Statement
  /** How people are found behind actors; null where no names were ever joined. */
  who: ReturnType<typeof personBehind> | null
}

/**
 * Reads a question. Subjects asked about together in several windows are looked through once; those that never had a
 * product event are left out, so that the database does not look for each person in each of them.
 */
export async function scopeOf({ store, clock }: Base, { pieces, at, asOf }: Pick<CollectAsk, 'pieces' | 'at' | 'asOf'>): Promise<Scope> {
  const shares = [...new Set(pieces.map((piece) => piece.shares))]
  const named = [...new Set(shares.flatMap((own) => [...subjectsOf(own)]))]
  const told = await store.query<{ subject: string }>(
    sql`select distinct subject from evidence_subject where kind = 'product_event' and subject = any(${named}::text[])`,
  )
  const [people] = await store.query<{ joined: boolean }>(sql`select exists (select 1 from person_of) as joined`)
  const who = people!.joined ? personBehind(sql`e.actor`, asOf) : null
  const subjects = new Set(told.map(({ subject }) => subject))
  const groups = shares.flatMap((own, grp) =>
    [...subjectsOf(own)].filter((subject) => subjects.has(subject)).map((subject) => ({ grp, subject })),
  )
  const moments = (edge: 'from' | 'to') => sql`${pieces.map(({ window }) => formatInstant(window[edge]))}::timestamptz[]`
  return {
    pieces,
    horizon: Math.min(at, asOf ?? clock()),
    asOf,
    subjects: [...subjects],
    who,
    actor: who?.person ?? sql`e.actor`,
    // Arrays, because the planner counts them: of JSON it assumes a hundred rows and goes about it the long way.
    tables: sql`
      grp as not materialized (
        select * from unnest(${groups.map(({ grp }) => grp)}::integer[], ${groups.map(({ subject }) => subject)}::text[]) as g(grp, subject)),
      piece as not materialized (
        select * from unnest(${pieces.map((_, piece) => piece)}::integer[], ${pieces.map((piece) => shares.indexOf(piece.shares))}::integer[],
          ${moments('from')}, ${moments('to')}) as p(piece, grp, "from", "to"))`,
  }
}

function subjectsOf(shares: Piece['shares']): Set<string> {
  return new Set(shares.flatMap(({ subjects, repository }) => (repository ? [...subjects, repository] : subjects)))
}

/**
 * The product events `e` of a question, with `g.grp`, as what follows `from`; conditions may be added with `and`.
 * @param name of the event; any where null
 */
export function happened({ subjects, horizon, asOf, who }: Scope, name: string | null): Statement {
  return sql`evidence_product_event e join grp g on g.subject = e.subject
    ${who?.from ?? sql``}
    where e.subject = any(${[...subjects]}::text[]) and ${name === null ? sql`true` : sql`e.name = ${name}`}
      and e.at < ${instant(horizon)} and ${knownAt(asOf, 'e')}`
}

/** Whether an event is of somebody, as the index finds it: by each name of theirs. */
export function isActor({ who, asOf }: Scope, actor: Statement): Statement<boolean> {
  return who ? sql`e.actor = any(${namesOf(actor, asOf)})` : sql`e.actor = ${actor}`
}

/** A span of time as the database adds it: hours of equal length, whatever clocks do. */
export function span(milliseconds: number): Statement {
  return sql`${milliseconds}::double precision * interval '1 millisecond'`
}

/** What of a question has anything at all, piece by piece. */
export interface Presence {
  /** Components with at least one product event in the window. */
  withData: number
  /** Whether any product event of these subjects is known. */
  any: boolean
  /** Whether one of this name is. */
  named: boolean
}

/** Which components have events, and whether the named one was ever heard of. */
export async function presenceOf({ store }: Base, scope: Scope, name: string | null): Promise<Presence[]> {
  const places = scope.pieces.flatMap(({ shares, window }, piece) =>
    shares.flatMap((share, place) =>
      [...subjectsOf([share])]
        .filter((subject) => scope.subjects.includes(subject))
        .map((subject) => ({
          piece,
          place,
          subject,
          from: formatInstant(window.from),
          to: formatInstant(window.to),
        })),
    ),
  )
  const known = sql`e.at < ${instant(scope.horizon)} and ${knownAt(scope.asOf, 'e')}`
  const found = await store.query<{ piece: number } & Presence>(sql`
    with place as (select * from json_to_recordset(${JSON.stringify(places)}::json) as p(piece integer, place integer, subject text, "from" timestamptz, "to" timestamptz)),
      ever as materialized (
        select subject, exists (select 1 from (select 1 from evidence_product_event e where e.subject = s.subject and ${known} order by e.at limit 1) one) as any,
          ${name === null ? sql`true` : sql`exists (select 1 from evidence_product_event e where e.subject = s.subject and e.name = ${name} and ${known})`} as named
        from unnest(${[...scope.subjects]}::text[]) as s(subject))
    select p.piece, bool_or(ever.any) as any, bool_or(ever.named) as named,
      count(distinct p.place) filter (where exists (
        select 1 from (
          select 1 from evidence_product_event e where e.subject = p.subject and e.at >= p."from" and e.at < p."to" and ${known} order by e.at limit 1) one))::int as "withData"
    from place p join ever using (subject) group by p.piece`)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return scope.pieces.map((_, piece) => byPiece.get(piece) ?? { withData: 0, any: false, named: false })
}
