import { type Clock, HOUR, type Instant, MINUTE } from '../../ground/core/index.ts'
import { sql, type Store } from '../../ground/store/index.ts'

/** How long an answer may be repeated, in milliseconds: it says itself which moment it speaks of. */
const HOLDS_MS = 30_000
/** An answer made sooner than this is made anew, also for those who would take an older one. */
const COSTLY_MS = 300
/** Characters of answers kept altogether. */
const MOST_CHARACTERS = 32 * 1024 * 1024
/** An answer made sooner than this is not made before somebody asks. */
const SLOW_MS = 1_000
/** Answers are made before somebody asks for at most so large a part of the time. */
const WARMING_SHARE = 1 / 10
/** Questions whose answers are made before somebody asks, as long as somebody asked in the last hour. */
const MOST_WANTED = 8
/** Entries of the audit trail that are looked at: more than are ever written at once. */
const LATE_ENTRIES = 100

/** What an answer was read from. */
interface Standing {
  /** The state of the whole store. */
  store: string
  /** When something was learned last. */
  learned: Instant
  /** What people did so far. */
  acts: string
}

interface Making {
  standing: Standing
  begun: Instant
  text: Promise<string>
  /** Somebody asked since it was begun who may know of records that it does not count. */
  overtaken: boolean
}

interface Made {
  standing: Standing
  begun: Instant
  tookMs: number
  text: string
}

interface Wanted {
  make: () => Promise<unknown>
  asked: Instant
}

/** An answer as JSON. */
export interface Answered {
  text: string
  /** How old it is, in milliseconds, where records may wait that whoever asks knows of; 0 where it counts all of those. */
  ageMs: number
}

/**
 * Answers of costly operations, each as JSON, repeated for a short while as long as nothing at all was written to the
 * store, by whichever process. Two callers with one question share the work. Who says so is given an older answer at
 * once while records come in, and a new one is made meanwhile; what people do is in every answer.
 * @decision 0033
 */
export class KeptAnswers {
  readonly #store: Store
  readonly #clock: Clock
  readonly #made = new Map<string, Made>()
  readonly #making = new Map<string, Making>()
  /** Begun as soon as what is being made is there: for all who asked meanwhile and know more than it counts. */
  readonly #next = new Map<string, Promise<string>>()
  readonly #wanted = new Map<string, Wanted>()
  #learned: Instant | null = null
  #size = 0

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** @param maxStaleMs how much older than the present the answer may be */
  async answer(question: string, make: () => Promise<unknown>, maxStaleMs = 0): Promise<Answered> {
    const standing = await this.#standing()
    const now = this.#clock()
    const oldest = now - maxStaleMs
    const made = this.#made.get(question)
    const making = this.#making.get(question)
    if (made?.standing.store === standing.store && now - made.begun < HOLDS_MS) return { text: made.text, ageMs: 0 }
    const older = made && made.tookMs > COSTLY_MS && made.standing.acts === standing.acts ? made : undefined
    if (older && older.begun >= oldest) {
      // Nobody waits for it: whoever asks next hears of its failure.
      if (!making) this.#make(question, standing, make).catch(() => undefined)
      else making.overtaken ||= making.standing.store !== standing.store
      return { text: older.text, ageMs: Math.max(1, now - older.begun) }
    }
    if (making?.standing.acts !== standing.acts) return { text: await this.#make(question, standing, make), ageMs: 0 }
    // Who asks for the newest after an older one was given has said so then: what was begun since counts all they know of.
    const counts = making.standing.store === standing.store || (older !== undefined && making.begun > oldest && !making.overtaken)
    return { text: await (counts ? making.text : this.#makeNext(question, making, make)), ageMs: 0 }
  }

  /** Notes a question that people come back to: `warm` answers it before they do. */
  want(question: string, make: () => Promise<unknown>): void {
    this.#wanted.delete(question)
    this.#wanted.set(question, { make, asked: this.#clock() })
    if (this.#wanted.size > MOST_WANTED) this.#wanted.delete(this.#wanted.keys().next().value!)
  }

  /**
   * Makes answers to wanted questions anew, one at a time, where something was learned or done since; to be called every few
   * seconds. It waits until nothing was learned between two calls, but no longer than a minute after the last answer; and
   * longer the longer an answer takes, so that a store that is written to all day has time for other things.
   */
  async warm(): Promise<void> {
    const standing = await this.#standing()
    const isSettled = standing.learned === this.#learned
    this.#learned = standing.learned
    for (const [question, { make, asked }] of this.#wanted) {
      const now = this.#clock()
      const made = this.#made.get(question)
      if (now - asked > HOUR) this.#wanted.delete(question)
      else if (this.#making.has(question) || (made && made.tookMs <= SLOW_MS)) continue
      else if (made?.standing.learned === standing.learned && made.standing.acts === standing.acts) continue
      else if (made && now - made.begun < made.tookMs / WARMING_SHARE) continue
      else if (isSettled || (made && now - made.begun > MINUTE)) {
        this.#wanted.delete(question) // for good where it fails
        await this.#make(question, standing, make)
        if (!this.#wanted.has(question)) this.#wanted.set(question, { make, asked })
      }
    }
  }

  /** Made once what is being made is there, so that many who ask while records come in never have more than one made at a time. */
  #makeNext(question: string, making: Making, make: () => Promise<unknown>): Promise<string> {
    const next =
      this.#next.get(question) ??
      making.text
        .catch(() => undefined)
        .then(() => this.#standing())
        .then((standing) => {
          this.#next.delete(question)
          return this.#make(question, standing, make)
        })
        .finally(() => this.#next.get(question) === next && this.#next.delete(question))
    this.#next.set(question, next)
    return next
  }

  async #make(question: string, standing: Standing, make: () => Promise<unknown>): Promise<string> {
    const begun = this.#clock()
    const making = { standing, begun, text: make().then((answer) => JSON.stringify(answer)), overtaken: false }
    this.#making.set(question, making)
    try {
      const text = await making.text
      this.#keep(question, { standing, begun, tookMs: this.#clock() - begun, text })
      return text
    } finally {
      if (this.#making.get(question) === making) this.#making.delete(question)
    }
  }

  /**
   * Which transactions had ended when this was asked: differs as soon as one that writes begins or ends
   * (PostgreSQL, "System Information Functions", pg_current_snapshot). What people do changes an entity or is in the audit
   * trail, whose numbers are added up, since an entry may appear after one with a higher number.
   */
  async #standing(): Promise<Standing> {
    const [row] = await this.#store.query<Standing>(sql`
      select pg_current_snapshot()::text as store, (select learned from ledger_clock) as learned,
        (select token from catalog_revision) || ' ' || (select coalesce(sum(id), 0) from (select id from audit order by id desc limit ${LATE_ENTRIES}::bigint) late) as acts`)
    return row!
  }

  #keep(question: string, made: Made): void {
    if (made.begun < (this.#made.get(question)?.begun ?? -Infinity)) return
    this.#drop(question)
    this.#made.set(question, made)
    this.#size += made.text.length
    for (const oldest of this.#made.keys()) {
      if (this.#size <= MOST_CHARACTERS) return
      this.#drop(oldest)
    }
  }

  #drop(question: string): void {
    this.#size -= this.#made.get(question)?.text.length ?? 0
    this.#made.delete(question)
  }
}
