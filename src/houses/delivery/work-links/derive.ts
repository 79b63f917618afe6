import type { Catalog, Link } from '../../../ground/catalog/index.ts'
import { type Instant, parseInstant, type Ref } from '../../../ground/core/index.ts'
import type { DerivedTable, Evidence, Ledger } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { directLinks } from './direct.ts'
import { keepMentions, resolvedMentions } from './keys.ts'
import { formerParts, holdersOf, keepParts, nodesIn, partsAmong } from './parts.ts'
import { recordsOf, sliceFrom, type SubjectRecords } from './records.ts'
import { profilesOf } from './evidence-for.ts'
import { suggestOutcome } from './suggest.ts'
import type { Vocabulary } from './vocabulary.ts'
import { loadVocabulary, vocabularyFingerprint } from './vocabulary-store.ts'

interface Grounds {
  store: Store
  catalog: Catalog
  ledger: Ledger
}

const NAME = 'work_links'
/** Older than any record: all of a subject is to be derived. */
const BEGINNING = Date.parse('0001-01-02T00:00:00Z')
/** Links found by rule are nobody's statement. */
const BY = 'user:default/throughline'

/** The owner of the links found in one subject's records. */
function ownerOf(subject: Ref): string {
  return `${NAME}/${subject}`
}

/** Keeps links of records in the catalogue in step with the records, a slice of time after the other. */
export function workLinksTable({ store, catalog }: Grounds): DerivedTable {
  const present = presentVocabulary({ store, catalog })
  /** Whatever was found in a subject's records, also those that are erased by now. */
  const forget = async (subject: Ref) => {
    await catalog.replaceLinks(ownerOf(subject), [], { by: BY })
    await store.query(sql`delete from work_mention where subject = ${subject}`)
    await store.query(sql`delete from work_part where subject = ${subject}`)
  }
  const isErased = async (subject: Ref) =>
    (await store.query(sql`select 1 from evidence_subject where subject = ${subject} limit 1`)).length === 0
  return {
    name: NAME,
    kinds: ['commit', 'change', 'work_item', 'incident'],
    learns: true,
    since: earliestEffect,
    async refresh(subject, since) {
      const { vocabulary, profiles } = await present()
      if (since <= BEGINNING && (await isErased(subject))) return forget(subject)
      const slice = await sliceFrom(store, subject, since)
      const touched = await nodesIn(store, subject, slice)
      const further = { shas: await formerParts(store, subject, touched), changes: await holdersOf(store, subject, slice) }
      const records = await recordsOf(store, subject, slice, further)
      const all = [...records.commits, ...records.changes, ...records.items]
      await keepParts(store, subject, touched, records.parts)
      for (const { node } of all) touched.add(node)

      const direct = all.map((record) => ({ record, ...directLinks(record, vocabulary) }))
      await keepMentions(
        store,
        subject,
        [...touched],
        direct.flatMap(({ record, keys }) => keys.map((key) => ({ ...key, at: record.at }))),
      )
      const resolved = await resolvedMentions(store, subject, [...touched])

      const own = [...direct.flatMap(({ links }) => links), ...(resolved.get(subject) ?? [])]
      const held = await partsAmong(
        store,
        subject,
        records.commits.flatMap(({ sha }) => sha ?? []),
      )
      const suggestions = suggestionsFor(records, held, new Set(own.map((link) => link.from)), profiles)
      await catalog.replaceLinks(ownerOf(subject), [...own.filter((link) => touched.has(link.from)), ...suggestions], {
        by: BY,
        from: [...touched],
      })
      for (const [other, links] of resolved)
        await catalog.addLinks(
          ownerOf(other),
          links.filter((link) => other !== subject || !touched.has(link.from)),
          { by: BY },
        )
      return slice.to ?? undefined
    },
    // Links stay until the records they were found in are looked at again: what is found again was not learned anew.
    async clear() {
      const subjects = await store.query<{ subject: Ref }>(
        sql`select subject from work_part union select subject from work_mention except select subject from evidence_subject`,
      )
      for (const { subject } of subjects) await forget(subject)
    },
  }
}

/** Brings links up to date with the records and with what the catalogue now knows to link to. */
export async function freshWorkLinks({ store, catalog, ledger }: Grounds, subjects?: readonly Ref[]): Promise<void> {
  const revision = await catalog.revision()
  const [basis] = await store.query<{ fingerprint: string; revision: string }>(sql`select fingerprint, revision from work_links_basis`)
  if (basis?.revision === revision) return ledger.fresh(NAME, subjects)
  const fingerprint = await vocabularyFingerprint(store)
  // Most changes of the catalogue are nothing that work can be linked to.
  if (basis?.fingerprint === fingerprint) await ledger.fresh(NAME, subjects)
  else await ledger.rebuild(NAME)
  await store.query(sql`
    insert into work_links_basis (fingerprint, revision) values (${fingerprint}, ${revision})
    on conflict (one) do update set fingerprint = excluded.fingerprint, revision = excluded.revision`)
}

/** The vocabulary as of now; made again only when the catalogue changed. */
function presentVocabulary(grounds: { store: Store; catalog: Catalog }) {
  let kept: { revision: string; vocabulary: Vocabulary; profiles: ReturnType<typeof profilesOf> } | null = null
  return async () => {
    const revision = await grounds.catalog.revision()
    if (kept?.revision !== revision) {
      const vocabulary = await loadVocabulary(grounds)
      kept = { revision, vocabulary, profiles: profilesOf(vocabulary) }
    }
    return kept
  }
}

/** A record changes links of what happened from its own time on; commits of a change are looked up whenever they were made. */
function earliestEffect(record: Evidence): Instant | null {
  const at = parseInstant(record.at)
  return at.ok ? at.value : null
}

/** Links for records nobody linked. Of a change and its commits only the change is asked about. */
function suggestionsFor(
  { commits, changes, items }: SubjectRecords,
  held: ReadonlySet<string>,
  linked: ReadonlySet<string>,
  profiles: ReturnType<typeof profilesOf>,
): Link[] {
  const own = commits.filter((commit) => !held.has(commit.sha ?? commit.id))
  return [...own, ...changes, ...items]
    .filter((record) => !linked.has(record.node))
    .flatMap((record) => suggestOutcome(record, profiles) ?? [])
}
