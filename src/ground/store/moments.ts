import type { Clock, Instant } from '../core/index.ts'
import { instant, sql } from './statement.ts'
import type { Store } from './store.ts'

/**
 * Moments of learning: never backwards, across restarts and between processes that share a store. Whatever is known is
 * known from such a moment on, so that a report can be made again as of the moment it states.
 */
export interface Moments {
  /** The present moment by what was learned. What is learned after this call is learned later than the moment it gave. */
  now(): Instant
  /**
   * The moment to state for a report made now: everything learned by then can be read already. On a server that is a
   * little before the present while somebody is writing, since what is being written is learned but not there yet; where
   * that would be long ago, it waits for the writer.
   */
  present(): Promise<Instant>
  /** The moment of what is written in the open transaction; other writers wait until it ends. Take it before any row that others write. */
  learn(): Promise<Instant>
  /** Reads the last moment of learning from the store, so that `now` is right from the start. */
  catchUp(): Promise<Instant>
  /**
   * Reads as of a moment. What is kept for the present answers (`null`) where nothing was learned since, also not
   * meanwhile; otherwise what was known at the moment does.
   */
  read<T>(asOf: Instant, work: (asOf: Instant | null) => Promise<T>): Promise<T>
}

/** Held by whoever is writing, so that others can tell that somebody is. */
const WRITING = sql`7264, 2`

/** Whoever asks for the present waits for those who write rather than be given a moment longer ago. */
const LONG_AGO_MS = 1_000

/** What a process learned last in an embedded store, which it alone has open, so that nobody has to be asked. */
const learnedLast = new WeakMap<Store, Instant>()

/** Keeps the last moment in one row of the store, which each writer locks. */
export function createMoments({ store, clock }: { store: Store; clock: Clock }): Moments {
  let learned = 0
  let told = 0
  /** Everything learned by then can be read: found at a time when nobody wrote. */
  let settled = 0
  function now(): Instant {
    told = Math.max(clock(), learned, told)
    return told
  }
  function note(moment: Instant): Instant {
    learned = Math.max(learned, moment)
    learnedLast.set(store, Math.max(learnedLast.get(store) ?? moment, moment))
    return moment
  }
  async function last(): Promise<Instant> {
    const kept = store.mode === 'embedded' ? learnedLast.get(store) : undefined
    if (kept !== undefined) return kept
    const [row] = await store.query<{ learned: Instant }>(sql`select learned from ledger_clock`)
    return note(row!.learned)
  }
  return {
    now,
    async present() {
      if (store.mode === 'embedded') return now() // one connection: whoever reads waits until what is written is there
      // Taken before it is asked whether somebody writes: whoever begins to write after that learns later.
      const wish = now()
      const [row] = await store.query<{ learned: Instant; quiet: boolean }>(
        sql`select learned, pg_try_advisory_xact_lock_shared(${WRITING}) as quiet from ledger_clock`,
      )
      note(row!.learned)
      const before = Math.max(settled, row!.learned - 1)
      if (!row!.quiet && wish - before < LONG_AGO_MS) return before
      if (!row!.quiet) await store.query(sql`select pg_advisory_xact_lock_shared(${WRITING})`)
      settled = Math.max(settled, wish)
      return wish
    },
    async learn() {
      // First alone, then the moment: one taken before others were through could be earlier than one they were told meanwhile.
      if (store.mode === 'server') await store.query(sql`select pg_advisory_xact_lock(${WRITING})`)
      const wish = Math.max(clock(), told + 1)
      const [row] = await store.query<{ learned: Instant }>(
        sql`update ledger_clock set learned = greatest(learned, ${instant(wish)}) returning learned`,
      )
      return note(row!.learned)
    },
    async catchUp() {
      const [row] = await store.query<{ learned: Instant }>(sql`select learned from ledger_clock`)
      note(row!.learned)
      return now()
    },
    read: (asOf, work) => readAsOf(asOf, last, work),
  }
}

/**
 * Reads from what is kept for the present where that still is what was known at a moment, else from what was known then.
 * @param last when something was learned last that the answer may rest on
 */
export async function readAsOf<T>(asOf: Instant, last: () => Promise<Instant>, work: (asOf: Instant | null) => Promise<T>): Promise<T> {
  if ((await last()) > asOf) return work(asOf)
  const answer = await work(null)
  return (await last()) > asOf ? work(asOf) : answer
}
