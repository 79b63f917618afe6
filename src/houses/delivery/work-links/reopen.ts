import { createHash } from 'node:crypto'
import { type Instant, type Ref, refName } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Older than any record: all of a subject is to be derived. */
export const BEGINNING: Instant = Date.parse('0001-01-01T00:00:00Z')
/** Names that are looked for in what records say; where more changed at once, all records are looked at again. */
const MOST_NAMES = 300

/** A subject whose records may be linked otherwise from a moment on. */
export interface Reopened {
  subject: Ref
  since: Instant
}

interface Named {
  name: string
  says: string
}

/** Everything that decides which links are found in a record, by name; in one order. */
export function namesIn({ outcomes, known, decisionsByNumber }: Vocabulary): Named[] {
  const words = Map.groupBy(outcomes, ({ namespace }) => namespace)
  return [
    ...[...words].map(([namespace, own]) => ({ name: `${WORDS}${namespace}`, says: hashOf(own) })),
    ...[...known].map((ref) => ({ name: ref, says: '' })),
    ...[...decisionsByNumber].map(([key, ref]) => ({ name: key, says: ref })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const WORDS = 'words of '

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}

/** Keeps the names records are linked by from now on; gives those that were not there before, say something else or are gone. */
export async function keepNames(store: Store, names: readonly Named[]): Promise<string[]> {
  const rows = await store.query<{ name: string }>(sql`
    with given as (select name, says from json_to_recordset(${JSON.stringify(names)}::text::json) as given(name text, says text)),
    gone as (delete from work_vocabulary kept where not exists (select 1 from given where given.name = kept.name) returning name),
    come as (
      insert into work_vocabulary as kept (name, says) select name, says from given
      on conflict (name) do update set says = excluded.says where kept.says <> excluded.says returning name)
    select name from gone union all select name from come`)
  return rows.map(({ name }) => name)
}

/** Where records may be linked otherwise once these names say something else. */
export async function reopenedBy(store: Store, names: readonly string[]): Promise<Reopened[]> {
  const namespaces = names.flatMap((name) => (name.startsWith(WORDS) ? [name.slice(WORDS.length)] : []))
  const patterns = names.filter((name) => !name.startsWith(WORDS)).map(patternOf)
  if (patterns.length > MOST_NAMES) return everything(store)
  const some = patterns.length > 0 ? await naming(store, patterns) : []
  const all = namespaces.length > 0 ? await wholeOf(store, sql`${NAMESPACE} = any(${namespaces}::text[])`) : []
  return [...new Map([...some, ...all].map((one) => [one.subject, one])).values()]
}

export function everything(store: Store): Promise<Reopened[]> {
  return wholeOf(store, sql`true`)
}

async function wholeOf(store: Store, which: Statement): Promise<Reopened[]> {
  const rows = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_subject where kind in ('commit', 'change', 'work_item', 'incident') and ${which}`)
  return rows.map(({ subject }) => ({ subject, since: BEGINNING }))
}

const NAMESPACE = sql`split_part(split_part(subject, ':', 2), '/', 1)`

interface Pattern {
  /** Whose records can mean it: a namespace, or a repository of that name; null for any. */
  home: string | null
  pattern: string
}

/** Finds whatever may name it, and now and then something else: looked at again, that is linked as before. */
function patternOf(name: string): Pattern {
  const numbered = /^(.+)#(\d+)$/.exec(name)
  if (numbered) return { home: numbered[1]!, pattern: `(adr|decision)[-_ #]?0*${numbered[2]}([^0-9]|$)` }
  return { home: null, pattern: refName(name).replace(/[^a-z0-9]/gi, '\\$&') }
}

/** From when on records of each subject name something. */
async function naming(store: Store, patterns: readonly Pattern[]): Promise<Reopened[]> {
  const byHome = [...Map.groupBy(patterns, ({ home }) => home)].map(([home, own]) => ({
    home,
    pattern: own.map(({ pattern }) => pattern).join('|'),
  }))
  return store.query<Reopened>(sql`
    select subject, min(at) as since from (
      select subject, at, concat_ws(' ', message, trailers::text) as said from evidence_commit where ${knownAt(null)}
      union all select subject, at, concat_ws(' ', title, body, branch, labels::text, refs::text) from evidence_change where ${knownAt(null)}
      union all select subject, at, concat_ws(' ', title, labels::text, refs::text) from evidence_work_item where ${knownAt(null)}
    ) record join json_to_recordset(${JSON.stringify(byHome)}::text::json) as named(home text, pattern text)
      on (home is null or home in (${NAMESPACE}, split_part(subject, '/', 2))) and said ~* pattern
    group by subject`)
}
