import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock, Ref } from '../core/index.ts'
import { createMoments, type Moments, type Store } from '../store/index.ts'
import { appendTaken } from './append.ts'
import { eraseNamespace } from './erase.ts'
import { countBefore, forgetBefore } from './forget/old.ts'
import { erasePerson, eraseSubjects } from './forget/person.ts'
import { keepable, type RecordPeople } from './gone.ts'
import { historyOf } from './history.ts'
import { learnedSince } from './learned-since.ts'
import type { Ledger } from './ledger.ts'
import { leaveWithLast } from './moved.ts'
import { recordsNamed } from './named.ts'
import type { Pseudonym } from './people.ts'
import { retract } from './retract.ts'
import { DerivedTables } from './stale.ts'
import { summaryOf } from './summary.ts'
import { isToldOf } from './told.ts'
import { take } from './take.ts'

/**
 * The ledger on a store.
 * @param pseudonym what people are called in records; the ledger keeps no names
 * @param people who is who and who was erased; left out where neither is asked
 * @param moments shared with whatever else learns on this store, so that one moment holds for all of it
 */
export function createLedger({
  store,
  clock,
  pseudonym,
  people = null,
  moments = createMoments({ store, clock }),
}: {
  store: Store
  clock: Clock
  pseudonym: Pseudonym
  people?: RecordPeople | null
  moments?: Moments
}): Ledger {
  const tables = new DerivedTables(store, moments)
  const listeners: ((subjects: ReadonlySet<Ref>) => void)[] = []
  return {
    async append(records, { by, basis = 'explicit', importId = null }) {
      if (records.length === 0) return { accepted: 0, revised: 0, duplicates: 0, byKind: {} }
      const taken = records.map((record) => take(record, record.basis ?? basis, pseudonym))
      const result = await store.transaction(async () => {
        const moment = await moments.learn()
        const { kept, not } = await keepable(store, taken, { people, now: clock() })
        const appended = await appendTaken(store, kept, { moment, importId, marks: tables.marks() })
        await people?.learnt(by)
        return kept.length === taken.length ? appended : { ...appended, notKept: not }
      })
      if (listeners.length > 0) {
        const subjects = new Set(records.map(({ subject }) => subject))
        for (const listener of listeners) listener(subjects)
      }
      return result
    },
    hears(listener) {
      // Out of the transaction of whoever appends.
      const outside = AsyncLocalStorage.snapshot()
      listeners.push((subjects) => outside(listener, subjects))
    },
    leaveWithLast: (kind, names, { by }) =>
      leaveWithLast(store, kind, names, (which, at, undo) => retract(store, moments, tables, which, { by, at, undo })),
    retract: async (which, { undo = false, ...how }) => ({ retracted: await retract(store, moments, tables, which, { ...how, undo }) }),
    erase: (namespace) => eraseNamespace(store, moments, tables, namespace),
    forget: (kind, before) => forgetBefore(store, moments, kind, before),
    countBefore: (kind, before) => countBefore(store, kind, before),
    async erasePerson(eye, how) {
      const records = await erasePerson(store, moments, eye, how.suspect, how)
      if (!how.dryRun) await eraseSubjects(store, how.subjects)
      return records
    },
    derives: (table) => tables.register(table),
    fresh: (name, subjects) => tables.refresh(name, subjects),
    reopen: (name, subjects) => tables.reopen(name, subjects),
    isBehind: () => tables.anyBehind(),
    rebuild: (name) => tables.rebuild(name),
    history: (id, subject) => historyOf(store, id, subject),
    named: (text, how) => recordsNamed(store, text, how),
    isToldOf: (subject, importIds) => isToldOf(store, subject, importIds),
    summary: () => summaryOf(store, clock()),
    learnedSince: (ask) => learnedSince(store, ask),
    now: moments.now,
    present: moments.present,
    readAsOf: moments.read,
    catchUp: moments.catchUp,
  }
}
