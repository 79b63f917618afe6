import { type Clock, type Instant } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'

/** Moments of learning: never backwards, across restarts and between processes that share a store. */
export interface Moments {
  /** The present moment by what was learned. What is learned after this call is learned later than the moment it gave. */
  now(): Instant
  /** The moment of what is written in the open transaction; other writers wait until it ends. */
  learn(): Promise<Instant>
  /** Reads the last moment of learning from the store, so that `now` is right from the start. */
  catchUp(): Promise<Instant>
}

/** Keeps the last moment in one row of the store, which each writer locks. */
export function createMoments({ store, clock }: { store: Store; clock: Clock }): Moments {
  let learned = 0
  let told = 0
  function now(): Instant {
    told = Math.max(clock(), learned, told)
    return told
  }
  return {
    now,
    async learn() {
      const wish = Math.max(clock(), told + 1)
      const [row] = await store.query<{ learned: Instant }>(
        sql`update ledger_clock set learned = greatest(learned, ${instant(wish)}) returning learned`,
      )
      learned = Math.max(learned, row!.learned)
      return row!.learned
    },
    async catchUp() {
      const [row] = await store.query<{ learned: Instant }>(sql`select learned from ledger_clock`)
      learned = Math.max(learned, row!.learned)
      return now()
    },
  }
}
