import type { Link } from '../../../ground/catalog/index.ts'
import { type Ref, refNamespace } from '../../../ground/core/index.ts'
import { conventionalType, UPKEEP_TYPES } from './conventional.ts'
import type { WorkRecord } from './record.ts'
import type { OutcomeWords, Vocabulary } from './vocabulary.ts'
import { pathWords, tellingWords, wordsOf } from './words.ts'

/** Points for what a record and an outcome have in common; see `confidenceOf` for what they come to. */
const POINTS = { namedWord: 1.3, statedWord: 0.9, placeWord: 0.5, inPath: 0.6, phrase: 0.9, place: 1 }
/** Fitted on planted histories (suggest.test.ts states precision, recall and calibration). */
const INTERCEPT = -3.3
const SLOPE = 1.9
/** Below this a suggestion costs more attention than it gives. */
export const LEAST_CONFIDENCE = 0.5

/** An outcome's words by where it says them, made once for many records. */
export interface Profile {
  ref: Ref
  namespace: string
  title: string
  named: ReadonlySet<string>
  stated: ReadonlySet<string>
  placed: ReadonlySet<string>
  /** Words that stand beside each other in its title or statement. */
  phrases: ReadonlySet<string>
  places: OutcomeWords['places']
}

/** Prepares the outcomes of a vocabulary, and counts how many share each word: a word all share tells nothing. */
export function profilesOf({ outcomes }: Pick<Vocabulary, 'outcomes'>): { profiles: Profile[]; holders: Map<string, number> } {
  const profiles = outcomes.map((outcome): Profile => {
    const title = wordsOf(`${outcome.title} ${outcome.tags.join(' ')}`)
    const statement = wordsOf(outcome.statement)
    return {
      ref: outcome.ref,
      namespace: outcome.namespace,
      title: outcome.title,
      named: new Set([...title, ...wordsOf(outcome.ref.slice(outcome.ref.indexOf('/') + 1))]),
      stated: new Set(statement),
      placed: new Set(outcome.places.flatMap((place) => wordsOf(place.name))),
      phrases: new Set([...pairs(title), ...pairs(statement)]),
      places: outcome.places,
    }
  })
  const holders = new Map<string, number>()
  for (const { named, stated, placed } of profiles) for (const word of new Set([...named, ...stated, ...placed])) holders.set(word, (holders.get(word) ?? 0) + 1)
  return { profiles, holders }
}

/**
 * The outcome a record without links most probably serves, by the words of its title and paths and by what it touches.
 * Null when nothing speaks for one, or two are equally likely. Upkeep by its own words, merges and programs are left alone.
 */
export function suggestOutcome(record: WorkRecord, { profiles, holders }: ReturnType<typeof profilesOf>, least = LEAST_CONFIDENCE): Link | null {
  if (record.bot || record.merge || UPKEEP_TYPES.has(conventionalType(record.title)?.type ?? '')) return null
  const namespace = refNamespace(record.subject)
  const title = tellingWords(record.title)
  const seen: Seen = { title: byStem(title), phrases: new Set(pairs(title.map((word) => word.stem))), path: byStem(record.paths.flatMap(pathWords)), record }
  const scored = profiles
    .filter((profile) => profile.namespace === namespace)
    .map((profile) => ({ profile, ...pointsFor(profile, seen, holders) }))
    .sort((a, b) => b.points - a.points)
  const [best, second] = scored
  if (!best || best.points === 0) return null
  const confidence = confidenceOf(best.points, second?.points ?? 0)
  if (confidence < least) return null
  return { from: record.node, type: 'serves', to: best.profile.ref, origin: 'inferred', confidence: Math.round(confidence * 100) / 100, status: 'suggested', because: because(best.shared, best.places), at: record.at }
}

/** How probable it is that a person would accept: logistic in the points, less where another outcome comes near. */
export function confidenceOf(points: number, rival: number): number {
  return 1 / (1 + Math.exp(-(INTERCEPT + SLOPE * (points - 0.7 * rival))))
}

/** Words by their stem, as written. */
interface Seen { title: ReadonlyMap<string, string>; phrases: ReadonlySet<string>; path: ReadonlyMap<string, string>; record: WorkRecord }

function byStem(words: readonly { stem: string; written: string }[]): Map<string, string> {
  return new Map(words.map(({ stem, written }) => [stem, written]))
}

function pointsFor(profile: Profile, { title, phrases, path, record }: Seen, holders: ReadonlyMap<string, number>) {
  const shared: string[] = []
  let points = 0
  const share = (word: string) => 1 / (holders.get(word) ?? 1)
  let inTitle = 0
  for (const [word, written] of title) {
    const worth = profile.named.has(word) ? POINTS.namedWord : profile.stated.has(word) ? POINTS.statedWord : profile.placed.has(word) ? POINTS.placeWord : 0
    if (worth === 0) continue
    shared.push(written)
    inTitle += 1
    points += worth * share(word)
  }
  for (const [word, written] of path) {
    if (title.has(word) || !(profile.named.has(word) || profile.stated.has(word))) continue
    shared.push(written)
    points += POINTS.inPath * share(word)
  }
  for (const phrase of phrases) if (profile.phrases.has(phrase)) points += POINTS.phrase
  // A title that is mostly about something else names the topic in passing.
  points *= 0.5 + 0.5 * (title.size === 0 ? 0 : inTitle / title.size)
  // Only beside a shared word: work on a component is not yet work for what is measured there.
  const places = shared.length > 0 ? placesOf(record, profile) : []
  if (places.length > 0) points += POINTS.place
  return { points, shared, places }
}

/** Parts of what the outcome is measured on that the record touches. */
function placesOf(record: WorkRecord, { places }: Profile): string[] {
  return places
    .filter((place) => record.subject === place.ref || (place.repository === record.subject && (place.path === null || record.paths.some((path) => path.startsWith(`${place.path}/`)))))
    .map((place) => place.name)
}

function because(shared: readonly string[], places: readonly string[]): string {
  const words = shared.slice(0, 4).map((word) => `"${word}"`)
  const named = `Shares ${words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0]} with the outcome`
  return places.length > 0 ? `${named}, and changes ${places[0]}, which it is measured on` : named
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`)
}
