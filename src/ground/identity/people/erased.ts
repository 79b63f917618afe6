import { createHmac } from 'node:crypto'
import { sql, type Store } from '../../store/index.ts'
import { BETWEEN, WORD, wordsOf } from './name.ts'

/** A name as it is remembered: nothing of it can be read. */
interface RememberedName {
  hash: string
  print: number
  words: number
}

/** Longer names are cut: their first words tell them apart. */
const MOST_WORDS = 8
/** Shorter names are found as fields that name a person only: in texts they are mostly something else. */
const SHORTEST = 3
const MAIL = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+\.[\p{L}\p{N}]+/gu
/** The beginning of a ref of something that is no person: its name is not theirs, whoever is called so. */
const OF_A_THING =
  /(?:^|[^\p{L}\p{N}])(?:component|system|repository|resource|api|domain|group|namespace|platform|capability|outcome|principle|decision|measure):(?:[a-z0-9-]+\/)?[a-z0-9_.-]*$/u
/** Longest beginning of a ref. */
const REF = 140
/** What stands where a name stood. */
const ERASED = 'erased'

/** Who was erased, known by keyed hashes: names are recognised when they come again, and cannot be told from the hashes. */
export class ErasedPeople {
  readonly #store: Store
  readonly #key: Buffer
  readonly #seed: number
  readonly #pseudonym: (person: string) => string
  #latest = 0
  #hashes = new Set<string>()
  #prints = new Uint8Array(65_536)
  #lengths: number[] = []

  constructor(store: Store, key: Buffer, pseudonym: (person: string) => string) {
    this.#store = store
    this.#key = key
    this.#seed = key.readUInt32LE(0)
    this.#pseudonym = pseudonym
  }

  /** Reads who was erased by other processes meanwhile; true when anybody was. */
  async catchUp(): Promise<boolean> {
    const news = await this.#store.query<RememberedName & { id: number }>(
      sql`select id, hash, print, words from person_erased where id > ${this.#latest}::bigint order by id`,
    )
    for (const name of news) {
      this.#note(name)
      this.#latest = Math.max(this.#latest, name.id)
    }
    return news.length > 0
  }

  /** Remembers names for good, in the open transaction. */
  async remember(names: Iterable<string>): Promise<void> {
    const rows = [...names].flatMap((name) => this.#remembered(name) ?? [])
    await this.#store.query(sql`
      insert into person_erased (hash, print, words)
      select r.hash, r.print, r.words from json_to_recordset(${JSON.stringify(rows)}::json) as r(hash text, print integer, words smallint)
      on conflict (hash) do nothing`)
  }

  /** One eye for these names alone, remembered by nobody: for looking before anything is erased. */
  static of(names: Iterable<string>, key: Buffer, pseudonym: (person: string) => string): ErasedPeople {
    const eye = new ErasedPeople(undefined as never, key, pseudonym) // it never asks the store
    for (const name of names) {
      const remembered = eye.#remembered(name)
      if (remembered) eye.#note(remembered)
    }
    return eye
  }

  /** Number of the last erasure this process knows. */
  get latest(): number {
    return this.#latest
  }

  get isEmpty(): boolean {
    return this.#hashes.size === 0
  }

  /** Whether a whole name (a ref, a pseudonym, a mail address) is one of an erased person. */
  isErased(name: string): boolean {
    const words = wordsOf(name).slice(0, MOST_WORDS)
    return words.length > 0 && this.#knows(words)
  }

  /** A value with every erased name in its texts replaced; the value itself when there is none. */
  without(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) {
      const inner = value.map((one) => this.without(one))
      return inner.some((one, index) => one !== value[index]) ? inner : value
    }
    if (typeof value !== 'object' || value === null) return value
    let changed = false
    const entries = Object.entries(value).map(([key, inner]) => {
      const entry = [this.text(key), this.without(inner)] as const
      changed ||= entry[0] !== key || entry[1] !== inner
      return entry
    })
    return changed ? Object.fromEntries(entries) : value
  }

  /** A text with every erased name replaced, the longest first. */
  text(text: string): string {
    if (this.isEmpty) return text
    const spans = this.#spans(text)
    if (spans.length === 0) return text
    let told = ''
    let from = 0
    for (const { start, end, put } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
      if (start < from) continue
      told += text.slice(from, start) + put
      from = end
    }
    return told + text.slice(from)
  }

  #spans(text: string): { start: number; end: number; put: string }[] {
    const spans: { start: number; end: number; put: string }[] = []
    // Addresses are known by their pseudonym as well: of an alias nobody has to know more than that.
    if (text.includes('@'))
      for (const { 0: mail, index } of text.matchAll(MAIL)) {
        if (this.isErased(this.#pseudonym(mail))) spans.push({ start: index, end: index + mail.length, put: ERASED })
      }
    const places = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
      word: word.normalize('NFC').toLowerCase(),
      index,
      end: index + word.length,
    }))
    for (let first = 0; first < places.length; first++) {
      const length = this.#lengths.find((count) => this.#standsAt(text, places, first, count))
      if (length === undefined) continue
      const words = places.slice(first, first + length)
      spans.push({ start: words[0]!.index, end: words.at(-1)!.end, put: putFor(words.map(({ word }) => word)) })
      first += length - 1
    }
    return spans
  }

  #standsAt(text: string, places: readonly { word: string; index: number; end: number }[], first: number, count: number): boolean {
    const last = first + count - 1
    if (last >= places.length) return false
    if (count === 1 && places[first]!.word.length < SHORTEST) return false
    const { index, word } = places[first]!
    if (count === 1 && word !== 'user' && OF_A_THING.test(text.slice(Math.max(0, index - REF), index))) return false
    for (let at = first; at < last; at++) if (!BETWEEN.test(text.slice(places[at]!.end, places[at + 1]!.index))) return false
    return this.#knows(places.slice(first, last + 1).map(({ word }) => word))
  }

  #knows(words: readonly string[]): boolean {
    return this.#prints[this.#printOf(words)] === 1 && this.#hashes.has(this.#hashOf(words))
  }

  #remembered(name: string): RememberedName | null {
    const words = wordsOf(name).slice(0, MOST_WORDS)
    return words.length === 0 ? null : { hash: this.#hashOf(words), print: this.#printOf(words), words: words.length }
  }

  #note({ hash, print, words }: RememberedName): void {
    this.#hashes.add(hash)
    this.#prints[print] = 1
    if (!this.#lengths.includes(words)) this.#lengths = [...this.#lengths, words].sort((a, b) => b - a)
  }

  #hashOf(words: readonly string[]): string {
    return createHmac('sha256', this.#key).update(words.join(' ')).digest('base64url')
  }

  /** FNV-1a (draft-eastlake-fnv) begun from the key, folded to 16 bits. */
  #printOf(words: readonly string[]): number {
    let hash = this.#seed
    for (const word of words) {
      for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
      hash = Math.imul(hash ^ 32, 0x01000193)
    }
    return (hash ^ (hash >>> 16)) & 0xffff
  }
}

/** Refs stay refs and pseudonyms pseudonyms, of nobody. */
function putFor(words: readonly string[]): string {
  if (words[0] === 'person' && words.length === 2) return `person:${ERASED}`
  if (words[0] === 'user' && words.length > 2) return `user:default/${ERASED}`
  return ERASED
}
