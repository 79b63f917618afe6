import { type Link, recordNode, recordParts } from '../../../ground/catalog/index.ts'
import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { NamedKey } from './direct.ts'

/** Notes which issues the records of a subject name, in place of what these records named before. */
export async function keepMentions(
  store: Store,
  subject: Ref,
  from: readonly string[],
  keys: readonly (NamedKey & { at: Instant })[],
): Promise<void> {
  await store.query(
    sql`delete from work_mention where subject = ${subject} and from_id in (select value from json_array_elements_text(${JSON.stringify(from)}::text::json))`,
  )
  if (keys.length === 0) return
  const rows = keys.map(({ at, ...key }) => ({ ...key, at: formatInstant(at) }))
  await store.query(sql`
    insert into work_mention (subject, from_id, key, fixes, origin, confidence, at)
    select ${subject}, "from", key, fixes, origin, confidence, at
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given("from" text, key text, fixes boolean, origin text, confidence real, at timestamptz)
    on conflict (subject, from_id, key) do nothing`)
}

interface Resolved {
  /** Named by a record that was looked at; otherwise what it names was. */
  own: boolean
  subject: Ref
  from: string
  source: string
  id: string
  target: Ref
  incident: boolean
  origin: Link['origin']
  confidence: number
  at: Instant
}

/**
 * Links from records to the work items and incidents they name, wherever either arrived first: what these records
 * name, and who names these records, by their ids or by other names they have. A bare number means the same subject.
 * @param touched nodes of one subject, records and what may be named alike
 * @returns links by the subject of the record that names
 */
export async function resolvedMentions(store: Store, subject: Ref, touched: readonly string[]): Promise<Map<Ref, Link[]>> {
  const items = touched.filter((node) => /^(?:work_item|incident):/.test(node)).map((node) => recordParts(node))
  const rows = await store.query<Resolved>(sql`
    with named as (
      select *, true as own from work_mention where subject = ${subject} and from_id in (select value from json_array_elements_text(${JSON.stringify(touched)}::text::json))
      union
      select work_mention.*, false from (
        select id from json_to_recordset(${JSON.stringify(items)}::text::json) as item(id text)
        union
        select alias from json_to_recordset(${JSON.stringify(items)}::text::json) as item(source text, id text)
          join evidence_work_item e on e.subject = ${subject} and e.source = item.source and e.id = item.id and ${knownAt(null, 'e')}
          cross join lateral jsonb_array_elements_text(e.aliases) alias
      ) called join work_mention on key in (upper(id), id) or (subject = ${subject} and key = '#' || ltrim(id, '#'))
    ), names as (
      select *, unnest(case when key like '#%' then array[substr(key, 2), key] else array[upper(key)] end) as name from named
    )
    select own, names.subject, from_id as "from", target.source, target.id, target.subject as target, false as incident, origin, confidence, names.at
    from names join evidence_work_item target on upper(target.id) = names.name and ${knownAt(null, 'target')}
    where key not like '#%' or target.subject = names.subject
    union
    select own, names.subject, from_id, target.source, target.id, target.subject, false, origin, confidence, names.at
    from names join evidence_work_item target on target.aliases @> to_jsonb(names.key) and ${knownAt(null, 'target')}
    where key not like '#%'
    union
    select own, names.subject, from_id, target.source, target.id, target.subject, true, origin, confidence, names.at
    from names join evidence_incident target on upper(target.id) = names.name and ${knownAt(null, 'target')}
    where fixes and (key not like '#%' or target.subject = names.subject)`)
  // A record may name one thing by two of its names: the surer one counts.
  const known = new Set(touched)
  const links = new Map<string, { subject: Ref; link: Link }>()
  for (const row of rows.sort(surestLast)) {
    const to = recordNode(row.incident ? 'incident' : 'work_item', row.source, row.id, row.target)
    // Of what others name only these items are known by all their names here.
    if (to === row.from || (!row.own && !known.has(to))) continue
    const link: Link = {
      from: row.from,
      type: row.incident ? 'fixes' : 'implements',
      to,
      origin: row.origin,
      confidence: row.confidence,
      status: 'accepted',
      at: row.at,
    }
    links.set(JSON.stringify([row.subject, link.from, link.type, link.to]), { subject: row.subject, link })
  }
  const bySubject = Map.groupBy(links.values(), ({ subject: naming }) => naming)
  return new Map([...bySubject].map(([naming, its]) => [naming, its.map(({ link }) => link)]))
}

function surestLast(a: Resolved, b: Resolved): number {
  return a.confidence - b.confidence || (a.origin < b.origin ? -1 : 1)
}
