import type { Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import type { CollectAsk, Piece } from '../../../ground/measures/index.ts'
import { instant, instants, instantText, sql, type Statement } from '../../../ground/store/index.ts'

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
  /** Whether several sets of subjects are asked about, each with people of its own, who have a `grp` beside their name. */
  grouped: boolean
  /**
   * Two common table expressions: `grp (grp, subject)`, the subjects that are asked about together, and `cell (cell, grp, piece)`,
   * which of the spans of time between `edges` belong to which piece.
   */
  tables: Statement
  /** Every moment a piece begins or ends at. */
  edges: readonly Instant[]
  /** Names among the actors that stand for somebody who goes by another one. */
  joined: { alias: string; person: string }[]
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
  const subjects = new Set(told.map(({ subject }) => subject))
  const groups = shares.flatMap((own, grp) =>
    [...subjectsOf(own)].filter((subject) => subjects.has(subject)).map((subject) => ({ grp, subject })),
  )
  const edges = [...new Set(pieces.flatMap(({ window }) => [window.from, window.to]))].toSorted((one, other) => one - other)
  const place = new Map(edges.map((edge, index) => [edge, index]))
  const cells = pieces.flatMap(({ shares: own, window }, piece) => {
    const first = place.get(window.from)!
    const grp = shares.indexOf(own)
    return Array.from({ length: Math.max(0, place.get(window.to)! - first) }, (_, index) => ({ cell: first + index + 1, grp, piece }))
  })
  return {
    pieces,
    horizon: Math.min(at, asOf ?? clock()),
    asOf,
    subjects: [...subjects],
    grouped: shares.length > 1,
    edges,
    joined: await joinedActors(store, [...subjects], asOf),
    // Arrays, because the planner counts them: of JSON it assumes a hundred rows and goes about it the long way.
    tables: sql`
      grp as not materialized (
        select * from unnest(${groups.map(({ grp }) => grp)}::integer[], ${groups.map(({ subject }) => subject)}::text[]) as g(grp, subject)),
      cell as not materialized (
        select * from unnest(${cells.map(({ cell }) => cell)}::integer[], ${cells.map(({ grp }) => grp)}::integer[],
          ${cells.map(({ piece }) => piece)}::integer[]) as c(cell, grp, piece))`,
  }
}

function subjectsOf(shares: Piece['shares']): Set<string> {
  return new Set(shares.flatMap(({ subjects, repository }) => (repository ? [...subjects, repository] : subjects)))
}

/**
 * Joined names that have product events here. Few have, so they are looked up one by one, by each name an event has (found in
 * hops from one to the next), and a question without any is asked as if nobody had ever been joined.
 */
async function joinedActors(store: Ground['store'], subjects: readonly string[], asOf: Instant | null): Promise<Scope['joined']> {
  if (subjects.length === 0) return []
  return store.query<Scope['joined'][number]>(sql`
    with recursive hop as (
      select s.subject, (select min(e.name) from evidence_product_event e where e.subject = s.subject) as name from unnest(${[...subjects]}::text[]) as s(subject)
      where exists (select 1 from person_of)
      union all
      select hop.subject, (select min(e.name) from evidence_product_event e where e.subject = hop.subject and e.name > hop.name) from hop where hop.name is not null)
    select who.alias, who.person from person_of who
    where who.alias <> who.person and ${asOf === null ? sql`who.learned_to = 'infinity'` : sql`who.learned_from <= ${instant(asOf)} and who.learned_to > ${instant(asOf)}`}
      and exists (select 1 from hop join evidence_product_event e on e.subject = hop.subject and e.name = hop.name and e.actor = who.alias)
    order by who.alias`)
}

/**
 * The product events `e` of a question, as what follows `from`; conditions may be added with `and`. A subject alone is named as
 * such, because then the index gives people in order, and nobody has to sort or hash them.
 * @param name of the event; any where null
 */
export function happened({ subjects, grouped, horizon, asOf }: Scope, name: string | null): Statement {
  return sql`evidence_product_event e ${grouped ? sql`join grp g on g.subject = e.subject` : sql``}
    where ${subjects.length === 1 ? sql`e.subject = ${subjects[0]}` : sql`e.subject = any(${[...subjects]}::text[])`}
      and ${name === null ? sql`true` : sql`e.name = ${name}`} and e.at < ${instant(horizon)} and ${knownAt(asOf, 'e')}`
}

/**
 * What happened, with whoever did it: rows of `actor` and `at`, of `grp` too where there are several sets of subjects. Somebody is the person where the name was joined, else the name.
 * The few joined ones are looked for apart, so that the others are found by the index on their own name.
 * @param more columns after a comma, and conditions with `and`
 */
export function done(scope: Scope, name: string | null, more: { columns?: Statement; where?: Statement } = {}): Statement {
  const { columns = sql``, where = sql`` } = more
  const from = happened(scope, name)
  const of = (actor: Statement) => sql`${scope.grouped ? sql`g.grp, ` : sql``}${actor} as actor, e.at ${columns}`
  if (scope.joined.length === 0) return sql`select ${of(sql`e.actor`)} from ${from} ${where}`
  const aliases = scope.joined.map(({ alias }) => alias)
  return sql`select ${of(sql`e.actor`)} from ${from} ${where} and e.actor <> all(${aliases}::text[])
    union all select ${of(sql`m.person`)} from ${joinedTable(scope)}, ${from} ${where} and e.actor = m.alias`
}

/** The columns that tell people apart in what was `done`. */
export function who({ grouped }: Scope, table?: string): Statement {
  const column = (name: string) => sql.ref(table === undefined ? name : `${table}.${name}`)
  return grouped ? sql`${column('grp')}, ${column('actor')}` : column('actor')
}

/** Joins `c.piece`, the pieces a moment of somebody lies in. Of one piece the planner is told the window, and can count what lies in it. */
export function inPieces({ pieces, grouped, edges }: Scope, table: string, moment: string): Statement {
  const at = sql.ref(`${table}.${moment}`)
  if (pieces.length === 1)
    return sql`join (select 0 as piece) c on ${at} >= ${instant(pieces[0]!.window.from)} and ${at} < ${instant(pieces[0]!.window.to)}`
  return sql`join cell c on c.cell = width_bucket(${at}, ${instants(edges)})
    ${grouped ? sql`and c.grp = ${sql.ref(`${table}.grp`)}` : sql``}`
}

/** Whoever did `e`, as an expression: for lists, where `done` is for counts. */
export function actorOf(scope: Scope): Statement {
  if (scope.joined.length === 0) return sql`e.actor`
  return sql`coalesce((select m.person from ${joinedTable(scope)} where m.alias = e.actor), e.actor)`
}

/** Whether an event is of somebody: by each name of theirs. */
export function isActor(scope: Scope, actor: Statement): Statement<boolean> {
  if (scope.joined.length === 0) return sql`e.actor = ${actor}`
  return sql`e.actor = any(array(select ${actor} union all select m.alias from ${joinedTable(scope)} where m.person = ${actor}))`
}

function joinedTable({ joined }: Scope): Statement {
  return sql`unnest(${joined.map(({ alias }) => alias)}::text[], ${joined.map(({ person }) => person)}::text[]) as m(alias, person)`
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
          from: instantText(window.from),
          to: instantText(window.to),
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
