import { formatInstant, type Instant, type Row } from '../../core/index.ts'
import { knownAt } from '../../ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import type { Collected } from '../collected.ts'
import type { CollectAsk, DeclaredMeasure, MeasureDefinition } from '../measures.ts'
import { piecesText } from '../pieces.ts'
import { type Keep, KEEP_WORDS } from '../sent-values.ts'
import { sentValues } from './sent.ts'

const KEPT: Record<Keep, Statement> = {
  mean: sql`avg(m.value)`,
  sum: sql`sum(m.value)`,
  last: sql`(array_agg(m.value order by m.at desc, m.source, m.id))[1]`,
}

/**
 * A measure nobody computes here: its values are sent in as `measurement` evidence. Its reading is the median of the
 * values in the window, so one stray value does not make it.
 * @param declared the organisation's own `Measure` entity, when there is one
 */
export function pushedMeasure(store: Store, id: string, declared: DeclaredMeasure | null): MeasureDefinition {
  const unit = declared?.unit ?? ''
  const keep = declared?.source.kind === 'series' ? declared.source.keep : undefined
  return {
    id,
    title: declared?.title ?? id,
    question: declared?.question ?? 'Sent in under this name; nobody has declared what it says.',
    unit,
    ...(declared?.better ? { better: declared.better } : {}),
    definition:
      declared?.definition ??
      (keep ? `Median of the days of the window; a day has ${KEEP_WORDS[keep]}.` : 'Median of the values sent in for the window.'),
    kinds: ['measurement'],
    anyDimension: true,
    collect: (ask) => collect(store, id, declared && (declared.title ?? id), keep, ask),
    rows: (ask) => rows(store, id, unit, ask),
    sent: sentValues(store, id, declared?.source.kind === 'series' ? (declared.source.keep ?? 'mean') : 'mean'),
  }
}

/** Ids that measurements carry that are known, now or as of a moment; sorted. */
export async function pushedMeasureIds(store: Store, asOf: Instant | null): Promise<string[]> {
  // Hops from one id to the next in the index instead of reading every measurement.
  const ids = await store.query<{ measure: string | null }>(sql`
    with recursive hop(measure) as (
      (select measure from evidence_measurement order by measure limit 1)
      union all
      select (select m.measure from evidence_measurement m where m.measure > hop.measure order by m.measure limit 1) from hop where hop.measure is not null
    )
    select measure from hop where measure is not null and exists (select 1 from evidence_measurement m where m.measure = hop.measure and ${knownAt(asOf, 'm')}) order by measure`)
  return ids.flatMap(({ measure }) => measure ?? [])
}

async function collect(store: Store, id: string, declared: string | null, keep: Keep | undefined, ask: CollectAsk): Promise<Collected[]> {
  const sent = sql`asked p join evidence_measurement m on m.subject = p.subject and m.at >= p."from" and m.at < p."to" and ${ofMeasure(id, ask)}`
  const counted = sql`count(*)::integer as n, count(distinct p.place)::integer as subjects`
  const found = await store.query<{ piece: number; data: number[]; n: number; subjects: number }>(sql`
    with asked as (select * from json_to_recordset(${piecesText(ask)}::json) as p(piece integer, subject text, place integer, "from" timestamptz, "to" timestamptz))
    ${
      keep
        ? sql`, day as (select p.piece, (m.at at time zone ${ask.zone})::date, ${KEPT[keep]} as value from ${sent} group by 1, 2)
          select piece, data, n, subjects from (select piece, array_agg(value) as data from day group by piece) days
            join (select p.piece, ${counted} from ${sent} group by p.piece) totals using (piece)`
        : sql`select p.piece, array_agg(m.value) as data, ${counted} from ${sent} group by p.piece`
    }`)
  const byPiece = new Map(found.map((one) => [one.piece, one]))
  const everPushed =
    found.length > 0 ||
    (await store.query(sql`select 1 from evidence_measurement m where m.measure = ${id} and ${knownAt(ask.asOf, 'm')} limit 1`)).length > 0
  return ask.pieces.map((_, piece): Collected => {
    const one = byPiece.get(piece)
    if (one) return { shape: 'values', values: one.data, n: one.n, excluded: {}, withData: one.subjects }
    return {
      shape: 'nothing',
      excluded: {},
      withData: 0,
      unknown: everPushed ? silent(id) : declared !== null ? neverSent(id, declared) : notRegistered(id),
    }
  })
}

function rows(store: Store, id: string, unit: string, ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  return store
    .query<{ source: string; id: string; subject: string; value: number; at: Instant; dimensions: Record<string, string> | null }>(sql`
      with asked as (select * from json_to_recordset(${piecesText(ask)}::json) as p(piece integer, subject text, place integer, "from" timestamptz, "to" timestamptz))
      select m.source, m.id, m.subject, m.value, m.at, m.dimensions
      from asked p join evidence_measurement m on m.subject = p.subject and m.at >= p."from" and m.at < p."to" and ${ofMeasure(id, ask)}
      order by m.at desc, m.source, m.id limit ${ask.limit} offset ${ask.offset}`)
    .then((found) =>
      found.map((one) => ({
        id: `measurement:${one.source}/${one.id}`,
        subject: one.subject,
        value: one.value,
        unit,
        at: formatInstant(one.at),
        title: [id, ...Object.entries(one.dimensions ?? {}).map(([name, value]) => `${name} ${value}`)].join(', '),
        parts: {},
        links: [],
        flags: [],
      })),
    )
}

function ofMeasure(id: string, { where, at, asOf }: CollectAsk): Statement {
  const limited = Object.keys(where).length ? sql`and m.dimensions @> ${JSON.stringify(where)}::jsonb` : sql``
  return sql`m.measure = ${id} and m.at < ${instant(at)} and ${knownAt(asOf, 'm')} ${limited}`
}

function silent(id: string) {
  return {
    code: 'no_data',
    why: `No measurement of ${id} lies in this window.`,
    fix: 'Choose a longer window or another subject, or send newer measurements.',
  }
}

function neverSent(id: string, title: string) {
  return {
    code: 'no_data',
    why: `Nobody has sent a value of "${title}" yet.`,
    fix: `Send one as a measurement (kind "measurement", measure "${id}"), or import a table of them.`,
  }
}

function notRegistered(id: string) {
  return {
    code: 'not_registered',
    why: `Nobody computes a measure called ${id}, and no measurement of it has been sent.`,
    fix: 'See "throughline measure" for all measures, or send a measurement under this name.',
  }
}
