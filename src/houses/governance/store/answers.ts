import { type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { GateAnswer } from '../tell/answer.ts'
import { gateAnswer } from './gate.ts'

/** An answer as it was kept, and how often it was asked for. */
export interface KeptAnswer {
  answer: GateAnswer
  asks: number
  /** Who asked first. */
  person: Ref
}

/** Answers given in a namespace or about a component, newest first. */
export async function keptAnswers(
  {
    scope,
    component,
    verdict,
    before,
    limit,
  }: { scope: string; component: Ref | null; verdict: GateAnswer['verdict'] | null; before: Instant; limit: number },
  { store }: Pick<Ground, 'store'>,
): Promise<KeptAnswer[]> {
  const about = component === null ? sql`split_part(split_part(a.component, ':', 2), '/', 1) = ${scope}` : sql`a.component = ${component}`
  const rows = await store.query<{ answer: string; asks: number; person: Ref }>(sql`
    select a.answer, q.asks, q.person from gate_answer a
    cross join lateral (select count(*) as asks, (array_agg(person order by at, person))[1] as person from gate_ask q where q.component = a.component and q.answer = a.id) q
    where ${about} and a.at < ${instant(before)} and ${verdict === null ? sql`true` : sql`a.verdict = ${verdict}`}
    order by a.at desc, a.id limit ${limit}::bigint`)
  return rows.map(({ answer, asks, person }) => ({ answer: read(answer), asks, person }))
}

/** An answer played again: the same rules, the same question, only what was known then. */
export interface Replay {
  kept: GateAnswer
  replayed: GateAnswer
  /** Byte for byte. */
  same: boolean
}

/** Answers a kept question again as of its moment. */
export async function replay(id: string, context: Parameters<typeof gateAnswer>[2]): Promise<Replay> {
  const [row] = await context.store.query<{ answer: string }>(sql`select answer from gate_answer where id = ${id}`)
  if (!row)
    throw new Refusal('gate.no_such_answer', `The gate gave no answer ${id}.`, {
      status: 404,
      fix: 'See them with "throughline gate history".',
      path: 'id',
    })
  const kept = read(row.answer)
  const { component, environment, commit, fixes, purpose, at, asOf } = kept
  const moment = { at: Date.parse(at ?? asOf), asOf: Date.parse(asOf) }
  const replayed = await gateAnswer({ component, environment, commit, fixes, purpose }, moment, context)
  // It keeps the name it was given when somebody who is in it is erased since; else the name follows from the rest.
  return { kept, replayed, same: JSON.stringify({ ...replayed, id: kept.id }) === row.answer }
}

function read(text: string): GateAnswer {
  return JSON.parse(text) as GateAnswer // written by keepAnswer
}
