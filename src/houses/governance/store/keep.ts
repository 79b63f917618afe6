import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { GateAnswer } from '../tell/answer.ts'
import { type Standing, STANDING_COLUMNS, standingRow, STANDS } from './standing.ts'

/** An answer that waits to be written. */
interface Waiting {
  answer: GateAnswer
  /** What must still hold for it to be given. */
  standing: Standing | null
  person: Ref
  at: Instant
}

/** What waits while others are written: all of it goes with the next statement, so that each need not have one of its own. */
interface Queue {
  waiting: Waiting[]
  next: Promise<ReadonlySet<Waiting>> | null
  writing: Promise<unknown>
}

const queues = new WeakMap<Store, Queue>()

/**
 * Keeps an answer and that somebody asked for it, unless what it rests on changed since it was read; it is durable when
 * this returns. Looking and keeping are one statement: a question mostly needs no other.
 * @returns whether it was kept
 */
export async function keepAnswer(
  answer: GateAnswer,
  by: { person: Ref; at: Instant },
  standing: Standing | null,
  { store }: Pick<Ground, 'store'>,
): Promise<boolean> {
  const queue = queues.get(store) ?? { waiting: [], next: null, writing: Promise.resolve() }
  queues.set(store, queue)
  const one: Waiting = { answer, standing, ...by }
  queue.waiting.push(one)
  queue.next ??= queue.writing.then(() => {
    const all = queue.waiting
    queue.waiting = []
    queue.next = null
    const written = write(all, store)
    queue.writing = written.catch(() => undefined) // told to those who wait for it
    return written
  })
  return (await queue.next).has(one)
}

async function write(all: readonly Waiting[], store: Store): Promise<ReadonlySet<Waiting>> {
  const rows = all.map(({ answer, standing, person, at }, place) => ({
    place,
    component: answer.component,
    id: answer.id,
    environment: answer.environment,
    commit: answer.commit,
    at: answer.at ?? answer.asOf,
    verdict: answer.verdict,
    overridden: answer.overridden,
    answer: JSON.stringify(answer),
    asked: formatInstant(at),
    person,
    ...standingRow(standing),
  }))
  const kept = await store.query<{ place: number }>(sql`
    with standing as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(place integer, component text, id text, environment text, commit text,
        at timestamptz, verdict text, overridden boolean, answer text, asked timestamptz, person text, ${STANDING_COLUMNS}) where ${STANDS}
    ), answers as (
      insert into gate_answer (component, id, environment, commit, at, verdict, overridden, answer)
      select distinct on (component, id) component, id, environment, commit, at, verdict, overridden, answer from standing order by component, id
      on conflict do nothing
    ), asks as (
      insert into gate_ask (component, answer, at, person) select component, id, asked, person from standing)
    select place from standing`)
  return new Set(kept.map(({ place }) => all[place]!))
}
