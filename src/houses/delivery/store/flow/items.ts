import type { Instant, Ref, Window } from '../../../../ground/core/index.ts'
import { recordNode } from '../../../../ground/catalog/index.ts'
import { instant, sql, type Store } from '../../../../ground/store/index.ts'
import { type Said, saidBy, type WorkItem } from '../../assess/index.ts'

/** A work item as its tracker tells it; its changes are found apart. */
export type ToldItem = Omit<WorkItem, 'changes'>

/** One revision of an item as it is kept: its state from then on, and what the revision itself said. */
interface Row {
  place: number
  source: string
  id: string
  at: Instant
  hash: string
  current: boolean
  retracted: boolean
  title: string
  type: string | null
  state: string
  created: Instant
  started: Instant | null
  done: Instant | null
  parent: string | null
  labels: string[] | null
  url: string | null
  planned: unknown
  says: { state?: string; doneAt?: string; at?: string; $retract?: boolean } | null
}

/**
 * The work items of some subjects as known at a moment, each with all its tracker said of its state, in order of time.
 * The rows come as one text: fifty thousand of them take a third of the time they take one by one.
 * @param ask.created only items written down then
 */
export async function toldItems(
  store: Store,
  subjects: readonly Ref[],
  { at, asOf, created }: { at: Instant; asOf: Instant | null; created?: Window },
): Promise<ToldItem[]> {
  if (subjects.length === 0) return []
  const known = asOf === null ? sql`true` : sql`learned_from <= ${instant(asOf)}`
  const current = asOf === null ? sql`learned_to = 'infinity'` : sql`(learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)})`
  const which =
    created === undefined
      ? sql`true`
      : sql`(subject, source, id) in (select subject, source, id from evidence_work_item
          where subject = any(${[...subjects]}::text[]) and ${current} and created_at >= ${instant(created.from)} and created_at < ${instant(created.to)})`
  const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`
  const [answer] = await store.query<{ rows: Row[] }>(sql`
    select coalesce(json_agg(json_build_object('place', array_position(${[...subjects]}::text[], subject), 'source', source, 'id', id, 'at', ${ms('at')}, 'hash', hash, 'current', ${current}, 'retracted', retracted,
      'title', title, 'type', type, 'state', state, 'created', ${ms('created_at')}, 'started', ${ms('started_at')}, 'done', ${ms('done_at')}, 'parent', parent, 'labels', labels, 'url', url,
      'planned', extra -> 'planned', 'says', case when said is null then null else json_build_object('state', said -> 'state', 'doneAt', said -> 'doneAt', 'at', said -> 'at', '$retract', said -> '$retract') end)
      order by subject, source, id), '[]') as rows
    from evidence_work_item where subject = any(${[...subjects]}::text[]) and ${known} and ${which}`)
  const byItem = Map.groupBy(answer!.rows, ({ place, source, id }) => `${place} ${source} ${id}`)
  return [...byItem.values()].flatMap((rows) => itemOf(rows, subjects, at) ?? [])
}

function itemOf(rows: readonly Row[], subjects: readonly Ref[], at: Instant): ToldItem | null {
  const now = rows.find(({ current }) => current)
  if (!now || now.retracted || now.created >= at) return null
  const subject = subjects[now.place - 1]!
  const id = `work_item:${now.source}/${now.id}`
  return {
    id,
    node: recordNode('work_item', now.source, now.id, subject),
    subject,
    title: now.title,
    url: now.url,
    type: now.type,
    labels: now.labels ?? [],
    planned: typeof now.planned === 'boolean' ? now.planned : null,
    parent: now.parent,
    createdAt: now.created,
    startedAt: now.started,
    said: rows
      .flatMap(toldBy)
      // As the ledger merges them: by when each was said, whichever came first.
      .sort((a, b) => a.told - b.told || (a.hash < b.hash ? -1 : 1))
      .map(({ said }) => said),
  }
}

/** What a revision said of the state, and when it said so; nothing where it spoke of other things, or took the item back. */
function toldBy({ says, state, done, at, hash }: Row): { told: Instant; hash: string; said: Said }[] {
  // The first revision equals its row.
  if (says === null) return [{ told: at, hash, said: saidBy(state, done, at) }]
  if (!says.state || (says.$retract !== undefined && says.$retract !== null)) return []
  const told = says.at ? Date.parse(says.at) : at
  return [{ told, hash, said: saidBy(says.state, says.doneAt ? Date.parse(says.doneAt) : null, told) }]
}
