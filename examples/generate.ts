import { accounts } from './generator/accounts.ts'
import { yearBefore } from './generator/calendar.ts'
import { costs } from './generator/costs.ts'
import { History } from './generator/history.ts'
import type { ExampleRecord } from './generator/record.ts'
import { pageSpeed } from './generator/page-speed.ts'
import { REPOSITORIES } from './generator/services.ts'
import { customers, signals } from './generator/signals.ts'
import type { Telling } from './generator/telling.ts'
import { trials } from './generator/trials.ts'
import { noTruth, type Truth } from './generator/truth.ts'

export interface ExampleWish {
  /** Same seed, same records. */
  seed?: number
  /** How many records; from 27,000 on every planted truth is there. Default 50,000. */
  events?: number
  /** Records end at the midnight (UTC) before this moment and reach back a year; only samples of service levels go on until it. */
  now: number
}

const BATCH = 1_000
/** Records that deliver the planted truths at the usual amount of work, and the size that amount is meant for. */
const WORK = 27_000
const USUAL = 50_000

/**
 * A year of Nordlys Parcel as evidence in its wire form, all in namespace `example`, in batches of up to 1,000. Streams:
 * memory does not grow with the number of records. What is planted in them is written in planted.yaml.
 */
export function* generateExample({ seed = 1, events = USUAL, now }: ExampleWish): Generator<ExampleRecord[]> {
  yield* batches(recordsOf({ seed, events, now }, noTruth()))
}

/** What the generator knows about the records it makes for the same wish: what tests and demonstrations compare with. */
export function plantedTruth({ seed = 1, events = USUAL, now }: ExampleWish): Truth {
  const truth = noTruth()
  for (const _ of recordsOf({ seed, events, now }, truth, (served, hidden) => {
    truth.serves.push(served)
    if (hidden) truth.hidden.push(served)
  }))
    continue
  return truth
}

function* recordsOf({ seed, events, now }: Required<ExampleWish>, truth: Truth, onServed?: Telling['onServed']): Generator<ExampleRecord> {
  const year = yearBefore(now)
  const amount = events < WORK ? events / WORK : Math.max(1, events / USUAL)
  let left = events
  for (const repository of REPOSITORIES) {
    for (const records of new History(repository, { seed, year, amount, truth, ...(onServed ? { onServed } : {}) }).records()) {
      for (const record of records) if (left-- > 0) yield record
    }
  }
  for (const record of signals(seed, year, now, truth)) if (left-- > 0) yield record
  for (const record of costs(seed, year)) if (left-- > 0) yield record
  for (const record of accounts(seed, year)) if (left-- > 0) yield record
  for (const record of trials(seed, year)) if (left-- > 0) yield record
  for (const record of pageSpeed(seed, year)) if (left-- > 0) yield record
  yield* customers(seed, year, Math.max(0, left))
}

function* batches(records: Iterable<ExampleRecord>): Generator<ExampleRecord[]> {
  let batch: ExampleRecord[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
