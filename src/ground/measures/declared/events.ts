import { formatInstant, type Instant, type Row, type Unknown } from '../../core/index.ts'
import { personBehind } from '../../identity/index.ts'
import { knownAt } from '../../ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import type { Collected } from '../collected.ts'
import type { CollectAsk, DeclaredBy, MeasureDefinition } from '../measures.ts'
import { piecesText } from '../pieces.ts'

/**
 * How often something happened in the product, or to how many different actors. None of it is zero only where the
 * product told of something else in the same window; otherwise nobody was listening, and it is unknown.
 */
export function eventsMeasure(store: Store, declared: DeclaredBy<'events'>): MeasureDefinition {
  const { id, title, question, unit, better, source } = declared
  const counted = source.count === 'actors' ? `Different actors of "${source.event}"` : `Events named "${source.event}"`
  return {
    id,
    title,
    question,
    unit,
    ...(better ? { better } : {}),
    definition: [declared.definition, `${counted} in the window, counted once each.`].filter(Boolean).join(' '),
    kinds: ['product_event'],
    collect: (ask) => collect(store, source, ask),
    rows: (ask) => rows(store, source.event, ask),
  }
}

async function collect(store: Store, { event, count }: DeclaredBy<'events'>['source'], ask: CollectAsk): Promise<Collected[]> {
  const who = personBehind(sql`e.actor`, ask.asOf)
  const found = await store.query<{ piece: number; events: number; actors: number; told: number; subjects: number }>(sql`
    with asked as (${asked(ask)})
    select p.piece, count(*) filter (where e.name = ${event})::integer as events,
      ${count === 'actors' ? sql`count(distinct ${who.person}) filter (where e.name = ${event})::integer` : sql`0`} as actors,
      count(*)::integer as told, count(distinct p.place)::integer as subjects
    from asked p join evidence_product_event e on e.subject = p.subject and e.at >= p."from" and e.at < p."to" and ${known(ask)}
    ${count === 'actors' ? who.from : sql``}
    group by p.piece`)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  const ever = found.some(({ events }) => events > 0) || (await everTold(store, event, ask.asOf))
  return ask.pieces.map((_, piece): Collected => {
    const one = byPiece.get(piece)
    if (!one || !ever) return { shape: 'nothing', excluded: {}, withData: 0, unknown: ever ? silent() : never(event) }
    return { shape: 'number', value: count === 'actors' ? one.actors : one.events, n: one.events, excluded: {}, withData: one.subjects }
  })
}

async function everTold(store: Store, event: string, asOf: Instant | null): Promise<boolean> {
  const found = await store.query(sql`select 1 from evidence_product_event e where e.name = ${event} and ${knownAt(asOf, 'e')} limit 1`)
  return found.length > 0
}

async function rows(store: Store, event: string, ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  const found = await store.query<{ source: string; id: string; subject: string; at: Instant }>(sql`
    with asked as (${asked(ask)})
    select e.source, e.id, e.subject, e.at
    from asked p join evidence_product_event e
      on e.subject = p.subject and e.at >= p."from" and e.at < p."to" and e.name = ${event} and ${known(ask)}
    order by e.at desc, e.source, e.id limit ${ask.limit} offset ${ask.offset}`)
  return found.map(({ source, id, subject, at }) => ({
    id: `product_event:${source}/${id}`,
    subject,
    value: 1,
    unit: 'count',
    at: formatInstant(at),
    title: event,
    parts: {},
    links: [],
    flags: [],
  }))
}

function asked(ask: CollectAsk): Statement {
  return sql`select * from json_to_recordset(${piecesText(ask)}::json) as p(piece integer, subject text, place integer, "from" timestamptz, "to" timestamptz)`
}

function known({ at, asOf }: CollectAsk): Statement {
  return sql`e.at < ${instant(at)} and ${knownAt(asOf, 'e')}`
}

function silent(): Unknown {
  return {
    code: 'no_data',
    why: 'The product told of nothing at all in this window.',
    fix: 'Choose a longer window or another subject, or see whether its source still sends.',
  }
}

function never(event: string): Unknown {
  return {
    code: 'no_data',
    why: `No event named "${event}" has ever been told of.`,
    fix: 'Check how the product names it, or send evidence of the kind "product_event" with this name.',
  }
}
