import { conventionalType } from './conventional.ts'
import type { WorkRecord } from './record.ts'
import type { OutcomeWords, Vocabulary } from './vocabulary.ts'
import { pathWords, tellingWords, wordsOf } from './words.ts'

/** An outcome's words by where it says them, made once for many records. */
export interface Profile {
  ref: string
  namespace: string
  named: ReadonlySet<string>
  stated: ReadonlySet<string>
  placed: ReadonlySet<string>
  /** Words that stand beside each other in its title or statement. */
  phrases: ReadonlySet<string>
  places: OutcomeWords['places']
  /** How many outcomes of its namespace share a word: what all share tells nothing. */
  holders: ReadonlyMap<string, number>
}

export function profilesOf({ outcomes }: Pick<Vocabulary, 'outcomes'>): Profile[] {
  const holdersIn = new Map<string, Map<string, number>>()
  return outcomes.map((outcome): Profile => {
    const title = wordsOf(`${outcome.title} ${outcome.tags.join(' ')}`)
    const statement = wordsOf(outcome.statement)
    const named = new Set([...title, ...wordsOf(outcome.ref.slice(outcome.ref.indexOf('/') + 1))])
    const stated = new Set(statement)
    const placed = new Set(outcome.places.flatMap((place) => wordsOf(place.name)))
    const holders = holdersIn.get(outcome.namespace) ?? new Map<string, number>()
    holdersIn.set(outcome.namespace, holders)
    for (const word of new Set([...named, ...stated, ...placed])) holders.set(word, (holders.get(word) ?? 0) + 1)
    const phrases = new Set([...pairs(title), ...pairs(statement)])
    return { ref: outcome.ref, namespace: outcome.namespace, named, stated, placed, phrases, places: outcome.places, holders }
  })
}

/** A record as words, made once for all outcomes. Words by their stem, as written. */
export interface Seen {
  record: WorkRecord
  /** Of the title without its type and scope: these say where and how, not what for. */
  title: ReadonlyMap<string, string>
  phrases: ReadonlySet<string>
  path: ReadonlyMap<string, string>
  scope: string | null
  /** It says that it brings something new. */
  feature: boolean
}

export function seenIn(record: WorkRecord): Seen {
  const stated = conventionalType(record.title)
  const words = tellingWords(stated ? record.title.slice(record.title.indexOf(':') + 1 || record.title.indexOf(']') + 1) : record.title)
  return {
    record,
    title: byStem(words),
    phrases: new Set(pairs(words.map((word) => word.stem))),
    path: byStem(record.paths.flatMap(pathWords)),
    scope: stated?.scope?.toLowerCase() ?? null,
    feature: stated?.type === 'feat' || stated?.type === 'feature' || stated?.type === 'perf',
  }
}

/** What speaks for a record serving an outcome. Words count less the more outcomes share them. */
export interface EvidenceFor {
  /** Words of the record that the outcome's title, statement or places have too. */
  named: number
  stated: number
  placed: number
  /** Words of paths that title or statement have. */
  inPath: number
  /** Pairs of neighbouring words both have. */
  phrases: number
  /** It touches what the outcome is measured on. */
  place: 0 | 1
  /** It is a feature there. */
  feature: 0 | 1
  /** Share of the title's telling words that are the outcome's: low where a title names the topic in passing. */
  coverage: number
  shared: string[]
  places: string[]
}

export function evidenceFor(profile: Profile, { record, title, phrases, path, scope, feature }: Seen): EvidenceFor {
  const found: EvidenceFor = {
    named: 0,
    stated: 0,
    placed: 0,
    inPath: 0,
    phrases: 0,
    place: 0,
    feature: 0,
    coverage: 0,
    shared: [],
    places: [],
  }
  const share = (word: string) => 1 / (profile.holders.get(word) ?? 1)
  for (const [word, written] of title) {
    const where = profile.named.has(word) ? 'named' : profile.stated.has(word) ? 'stated' : profile.placed.has(word) ? 'placed' : null
    if (!where) continue
    found[where] += share(word)
    found.shared.push(written)
  }
  found.coverage = title.size === 0 ? 0 : found.shared.length / title.size
  for (const [word, written] of path) {
    if (title.has(word) || !(profile.named.has(word) || profile.stated.has(word))) continue
    found.inPath += share(word)
    found.shared.push(written)
  }
  for (const phrase of phrases) if (profile.phrases.has(phrase)) found.phrases += 1
  // Only beside a shared word: work on a component is not yet work for what is measured there.
  if (found.shared.length > 0) found.places = placesOf(record, scope, profile)
  found.place = found.places.length > 0 ? 1 : 0
  found.feature = found.place === 1 && feature ? 1 : 0
  return found
}

/** Parts of what the outcome is measured on that the record touches or names as its scope. */
function placesOf(record: WorkRecord, scope: string | null, { places }: Profile): string[] {
  return places
    .filter(
      (place) =>
        record.subject === place.ref ||
        place.name === scope ||
        (place.repository === record.subject && (place.path === null || record.paths.some((path) => path.startsWith(`${place.path}/`)))),
    )
    .map((place) => place.name)
}

function byStem(words: readonly { stem: string; written: string }[]): Map<string, string> {
  return new Map(words.map(({ stem, written }) => [stem, written]))
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`)
}
