import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { GateAnswer } from '../tell/answer.ts'

/** An answer that waits to be written, and whoever waits for that. */
interface Waiting {
  answer: GateAnswer
  person: Ref
  at: Instant
}

/** What waits while others are written: all of it goes with the next statement, so that each need not have one of its own. */
const queues = new WeakMap<Store, { waiting: Waiting[]; next: Promise<void> | null; writing: Promise<void> }>()

/** Keeps an answer and that somebody asked for it; it is durable when this returns. */
export function keepAnswer(answer: GateAnswer, by: { person: Ref; at: Instant }, { store }: Pick<Ground, 'store'>): Promise<void> {
  const queue = queues.get(store) ?? { waiting: [], next: null, writing: Promise.resolve() }
  queues.set(store, queue)
  queue.waiting.push({ answer, ...by })
  queue.next ??= queue.writing.then(() => {
    const all = queue.waiting
    queue.waiting = []
    queue.next = null
    const written = write(all, store)
    queue.writing = written.catch(() => undefined) // told to those who wait for it
    return written
  })
  return queue.next
}

async function write(all: readonly Waiting[], store: Store): Promise<void> {
  const rows = all.map(({ answer, person, at }) => ({
    component: answer.component,
    id: answer.id,
    environment: answer.environment,
    commit: answer.commit,
    at: answer.asOf,
    verdict: answer.verdict,
    overridden: answer.overridden,
    answer: JSON.stringify(answer),
    asked: formatInstant(at),
    person,
  }))
  await store.query(sql`
    with told as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(component text, id text, environment text, commit text, at timestamptz, verdict text, overridden boolean, answer text, asked timestamptz, person text)
    ), kept as (
      insert into gate_answer (component, id, environment, commit, at, verdict, overridden, answer)
      select distinct on (component, id) component, id, environment, commit, at, verdict, overridden, answer from told order by component, id
      on conflict do nothing)
    insert into gate_ask (component, answer, at, person) select component, id, asked, person from told`)
}
