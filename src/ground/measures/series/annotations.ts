import * as z from 'zod'
import { type Catalog, entityAt, inScope, linkAt } from '../../catalog/index.ts'
import { formatInstant, type Instant, type Ref, refNamespace, type Window } from '../../core/index.ts'
import { knownAt } from '../../ledger/index.ts'
import { instant, instants, sql, type Store } from '../../store/index.ts'

/** What else happened: one thing, or several of one kind in one bucket. */
export const Annotation = z.object({
  at: z.string(),
  kind: z.enum(['deployment', 'incident', 'decision', 'investment']),
  title: z.string(),
  /** How many; the others are told by the last of them. */
  count: z.number().int(),
  /** The record or entity; of several the last. */
  id: z.string(),
  /** Whose record it is. */
  of: z.string().optional(),
})
export type Annotation = z.infer<typeof Annotation>

export interface AnnotationAsk {
  subject: Ref
  /** One annotation a kind and bucket, in order. */
  buckets: readonly Window[]
  /** Only what happened before this. */
  at: Instant
  /** Only what was known by then. */
  asOf: Instant
}

interface Found {
  at: Instant
  kind: Annotation['kind']
  title: string | null
  count: number
  id: string
  subject: string | null
}

/**
 * Deployments to production and incidents of a subject, decisions and investments of its namespace (of a component or
 * system those that affect it), one a bucket and kind; in order of time.
 */
export async function annotationsOf(
  { buckets, subject, at, asOf }: AnnotationAsk,
  { store, catalog }: { store: Store; catalog: Catalog },
): Promise<Annotation[]> {
  if (buckets.length === 0) return []
  const shares = await catalog.shares(subject, asOf)
  const subjects = [...new Set(shares.flatMap((share) => (share.repository ? [...share.subjects, share.repository] : share.subjects)))]
  const [from, to] = [buckets[0]!.from, Math.min(buckets.at(-1)!.to, at)]
  const borders = instants(buckets.map((bucket) => bucket.from))
  const happened = sql`e.subject = any(${subjects}::text[]) and e.at >= ${instant(from)} and e.at < ${instant(to)} and ${knownAt(asOf, 'e')}`
  const last = sql`order by e.at desc, e.source, e.id`
  const records = await store.query<Found>(sql`
    select 'deployment' as kind, max(e.at) as at, count(*)::integer as count, null as title,
      (array_agg('deployment:' || e.source || '/' || e.id ${last}))[1] as id, (array_agg(e.subject ${last}))[1] as subject
    from evidence_deployment e where ${happened} and e.environment = 'production' and e.outcome = 'success' group by width_bucket(e.at, ${borders})
    union all
    select 'incident', max(e.at), count(*)::integer, (array_agg(e.title ${last}))[1],
      (array_agg('incident:' || e.source || '/' || e.id ${last}))[1], (array_agg(e.subject ${last}))[1]
    from evidence_incident e where ${happened} group by width_bucket(e.at, ${borders})`)
  const intents = await store.query<Found>(sql`
    select kind, count(*)::integer as count, max(at) as at, null as subject,
      (array_agg(title order by at desc, ref))[1] as title, (array_agg(ref order by at desc, ref))[1] as id
    from (${datedEntities(subject, asOf)}) dated where at >= ${instant(from)} and at < ${instant(to)}
    group by kind, width_bucket(at, ${borders})`)
  return [...records, ...intents]
    .sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1))
    .map(({ at: moment, kind, title, count, id, subject: of }) => ({
      at: formatInstant(moment),
      kind,
      title: count > 1 ? `${count} ${kind}s` : (title ?? id),
      count,
      id,
      ...(of ? { of } : {}),
    }))
}

/** The day a decision was made; the days an investment began and ended. */
function datedEntities(subject: Ref, asOf: Instant) {
  const everything = subject.startsWith('namespace:')
  const namespace = everything ? subject.slice('namespace:'.length) : refNamespace(subject)
  const affected = everything
    ? sql``
    : sql`and exists (select 1 from ${linkAt(asOf)} where link.from_id = entity.ref and link.type = 'affects' and link.to_id = ${subject} and link.status = 'accepted')`
  return sql`
    select entity.kind, entity.ref, coalesce(entity.title, entity.name) || dated.words as title, (entity.doc->'spec'->>dated.field)::timestamptz as at
    from ${entityAt(asOf)}
    join (values ('decision', 'date', ''), ('investment', 'start', ' begins'), ('investment', 'end', ' is finished')) dated (kind, field, words)
      on dated.kind = entity.kind
    where ${inScope({ namespace, asOf })} ${affected} and entity.doc->'spec'->>dated.field ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}'`
}
