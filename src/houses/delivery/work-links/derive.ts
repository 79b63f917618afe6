import type { Catalog, Link } from '../../../ground/catalog/index.ts'
import { type Instant, parseInstant, type Ref } from '../../../ground/core/index.ts'
import type { DerivedTable, Evidence, Ledger } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { directLinks } from './direct.ts'
import { keepMentions, resolvedMentions } from './keys.ts'
import { formerParts, holdersOf, keepParts, nodesIn, partsAmong } from './parts.ts'
import { recordsOf, sliceFrom, type SubjectRecords } from './records.ts'
import { type Profile, profilesOf } from './evidence-for.ts'
import { suggestOutcome } from './suggest.ts'
import type { Vocabulary } from './vocabulary.ts'
import { BEGINNING, everything, hashOf, keepNames, namesIn, reopenedBy } from './reopen.ts'
import { loadVocabulary } from './vocabulary-store.ts'

interface Grounds {
  store: Store
  catalog: Catalog
  ledger: Ledger
}

const NAME = 'work_links'
/** Raised when the matcher finds other links in the same records, so that kept ones are derived again. */
const FORM = 4
/** Links found by rule are nobody's statement. */
const BY = 'user:default/throughline'

/** The owner of the links found in one subject's records. */
function ownerOf(subject: Ref): string {
  return `${NAME}/${subject}`
}

/** Keeps links of records in the catalogue in step with the records, a slice of time after the other. */
export function workLinksTable({ store, catalog }: Pick<Grounds, 'store' | 'catalog'>): DerivedTable {
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
      const { vocabulary, profiles } = await presentVocabulary({ store, catalog })
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
export async function freshWorkLinks(grounds: Grounds, subjects?: readonly Ref[]): Promise<void> {
  const { store, catalog, ledger } = grounds
  const revision = await catalog.revision()
  const [basis] = await store.query<{ revision: string }>(sql`select revision from work_links_basis`)
  if (basis?.revision !== revision) await followVocabulary(grounds)
  await ledger.fresh(NAME, subjects)
}

/**
 * Reopens what a changed catalogue may link otherwise: most changes touch nothing that work can be linked to, a new decision
 * what names it, other words of an outcome all records of its namespace.
 */
async function followVocabulary(grounds: Grounds): Promise<void> {
  const { store, catalog, ledger } = grounds
  await store.transaction(async () => {
    const [basis] = await store.query<{ fingerprint: string }>(sql`select fingerprint from work_links_basis for update`)
    const revision = await catalog.revision()
    const names = namesIn((await presentVocabulary(grounds)).vocabulary)
    const fingerprint = `${FORM} ${hashOf(names)}`
    if (basis?.fingerprint !== fingerprint) {
      const changed = await keepNames(store, names)
      const sameForm = basis?.fingerprint.startsWith(`${FORM} `) ?? false
      await ledger.reopen(NAME, await (sameForm ? reopenedBy(store, changed) : everything(store)))
    }
    await store.query(sql`
      insert into work_links_basis (fingerprint, revision) values (${fingerprint}, ${revision})
      on conflict (one) do update set fingerprint = excluded.fingerprint, revision = excluded.revision`)
  })
}

interface Present {
  revision: string
  vocabulary: Vocabulary
  profiles: Profile[]
}

const present = new WeakMap<Store, Present>()

/** The vocabulary as of now; made again only when the catalogue changed. */
async function presentVocabulary(grounds: Pick<Grounds, 'store' | 'catalog'>): Promise<Present> {
  const revision = await grounds.catalog.revision()
  const kept = present.get(grounds.store)
  if (kept?.revision === revision) return kept
  const vocabulary = await loadVocabulary(grounds)
  const made = { revision, vocabulary, profiles: profilesOf(vocabulary) }
  present.set(grounds.store, made)
  return made
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
  profiles: readonly Profile[],
): Link[] {
  const own = commits.filter((commit) => !held.has(commit.sha ?? commit.id))
  return [...own, ...changes, ...items]
    .filter((record) => !linked.has(record.node))
    .flatMap((record) => suggestOutcome(record, profiles) ?? [])
}
