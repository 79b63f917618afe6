import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
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
}

/** Reads a question; subjects asked about together in several windows are looked through once. */
export function scopeOf({ clock }: Pick<Base, 'clock'>, { pieces, at, asOf }: Pick<CollectAsk, 'pieces' | 'at' | 'asOf'>): Scope {
  const shares = [...new Set(pieces.map((piece) => piece.shares))]
  const groups = shares.flatMap((own, grp) => [...subjectsOf(own)].map((subject) => ({ grp, subject })))
  const windows = pieces.map(({ shares: own, window }, piece) => ({
    piece,
    grp: shares.indexOf(own),
    from: formatInstant(window.from),
    to: formatInstant(window.to),
  }))
  return {
    pieces,
    horizon: Math.min(at, asOf ?? clock()),
    asOf,
    subjects: [...new Set(groups.map(({ subject }) => subject))],
    tables: sql`
      grp as materialized (select * from json_to_recordset(${JSON.stringify(groups)}::json) as g(grp integer, subject text)),
      piece as materialized (select * from json_to_recordset(${JSON.stringify(windows)}::json) as p(piece integer, grp integer, "from" timestamptz, "to" timestamptz))`,
  }
}

function subjectsOf(shares: Piece['shares']): Set<string> {
  return new Set(shares.flatMap(({ subjects, repository }) => (repository ? [...subjects, repository] : subjects)))
}

/**
 * The product events `e` of a question, with `g.grp`, as what follows `from`; conditions may be added with `and`.
 * @param name of the event; any where null
 */
export function happened({ subjects, horizon, asOf }: Scope, name: string | null): Statement {
  return sql`evidence_product_event e join grp g on g.subject = e.subject
    where e.subject = any(${[...subjects]}::text[]) and ${name === null ? sql`true` : sql`e.name = ${name}`}
      and e.at < ${instant(horizon)} and ${knownAt(asOf, 'e')}`
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
      [...subjectsOf([share])].map((subject) => ({
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
        select subject, exists (select 1 from evidence_product_event e where e.subject = s.subject and ${known}) as any,
          exists (select 1 from evidence_product_event e where e.subject = s.subject and ${name === null ? sql`true` : sql`e.name = ${name}`} and ${known}) as named
        from unnest(${[...scope.subjects]}::text[]) as s(subject))
    select p.piece, bool_or(ever.any) as any, bool_or(ever.named) as named,
      count(distinct p.place) filter (where exists (
        select 1 from evidence_product_event e where e.subject = p.subject and e.at >= p."from" and e.at < p."to" and ${known}))::int as "withData"
    from place p join ever using (subject) group by p.piece`)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  return scope.pieces.map((_, piece) => byPiece.get(piece) ?? { withData: 0, any: false, named: false })
}
