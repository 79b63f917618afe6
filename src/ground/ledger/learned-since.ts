import { formatInstant, type Instant, type Ref } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import { RECORD_KINDS, type RecordKind } from './columns.ts'

/** What became of a record after a moment: nobody knew it before, it says something else, or it was taken back. */
export type LateNews = 'added' | 'revised' | 'retracted'

/** Records that were told or changed after a report was made, about what it tells of. */
export interface LearnedSince {
  /** By kind and source, most first. */
  counts: { kind: RecordKind; source: string; added: number; revised: number; retracted: number }[]
  /** Some of them, changed ones first, then the latest. */
  examples: { id: string; subject: Ref; what: LateNews; at: string; learned: string }[]
}

/** Records named one by one. */
const NAMED = 20

/**
 * What was learned about a namespace after one moment and by another, of what had happened before a third.
 * Only subjects that anything was learned of since are looked at.
 */
export async function learnedSince(
  store: Store,
  { namespace, after, by, before }: { namespace: string; after: Instant; by: Instant; before: Instant },
): Promise<LearnedSince> {
  const told = await store.query<{ kind: string; subjects: Ref[] }>(sql`
    select kind, array_agg(distinct subject) as subjects from evidence_subject
    where learned_at > ${instant(after)} and split_part(split_part(subject, ':', 2), '/', 1) = ${namespace} group by kind`)
  const found = await Promise.all(
    told.flatMap(({ kind, subjects }) => (isRecordKind(kind) ? [ofKind(store, kind, { subjects, after, by, before })] : [])),
  )
  const rows = found.flat()
  return {
    counts: rows
      .map(({ examples: _examples, ...counts }) => counts)
      .sort((a, b) => total(b) - total(a) || (`${a.kind} ${a.source}` < `${b.kind} ${b.source}` ? -1 : 1)),
    examples: rows
      .flatMap(({ kind, source, examples }) =>
        examples.map(({ id, subject, what, at, learned }) => ({
          id: `${kind}:${source}/${id}`,
          subject,
          what,
          at: formatInstant(Date.parse(at)),
          learned: formatInstant(Date.parse(learned)),
        })),
      )
      .sort((a, b) => ORDER[a.what] - ORDER[b.what] || (a.learned < b.learned ? 1 : a.learned > b.learned ? -1 : a.id < b.id ? -1 : 1))
      .slice(0, NAMED),
  }
}

const ORDER: Record<LateNews, number> = { retracted: 0, revised: 1, added: 2 }

interface OfSource {
  kind: RecordKind
  source: string
  added: number
  revised: number
  retracted: number
  examples: { id: string; subject: Ref; what: LateNews; at: string; learned: string }[]
}

function ofKind(
  store: Store,
  kind: RecordKind,
  { subjects, after, by, before }: { subjects: readonly Ref[]; after: Instant; by: Instant; before: Instant },
): Promise<OfSource[]> {
  const table = sql.table(`evidence_${kind}`)
  return store.query<OfSource>(sql`
    with late as (
      select subject, source, id, at, retracted, learned_from from ${table}
      where subject = any(${[...subjects]}::text[]) and at < ${instant(before)}
        and learned_from > ${instant(after)} and learned_from <= ${instant(by)} and learned_to > ${instant(by)}
    ), told as (
      select late.*, exists (
        select 1 from ${table} e where e.subject = late.subject and e.source = late.source and e.id = late.id
          and e.learned_to <> 'infinity' and e.learned_from <= ${instant(after)} and e.learned_to > ${instant(after)} and not e.retracted
      ) as known from late
    ), named as (
      select *, case when not known then 'added' when retracted then 'retracted' else 'revised' end as what from told where known or not retracted
    ), ranked as (
      select *, row_number() over (partition by source order by what = 'added', learned_from desc, subject, id) as place from named
    )
    select ${kind} as kind, source, count(*) filter (where what = 'added') as added, count(*) filter (where what = 'revised') as revised,
      count(*) filter (where what = 'retracted') as retracted,
      json_agg(json_build_object('id', id, 'subject', subject, 'what', what, 'at', at, 'learned', learned_from) order by place) filter (where place <= ${NAMED}) as examples
    from ranked group by source`)
}

function total({ added, revised, retracted }: Pick<OfSource, 'added' | 'revised' | 'retracted'>): number {
  return added + revised + retracted
}

function isRecordKind(kind: string): kind is RecordKind {
  return RECORD_KINDS.some((one) => one === kind)
}
