import type { Instant, Row, Unit, Window } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { CHANGE_COLUMNS, DEPLOYMENT_COLUMNS, rowsOf, type Scope } from '../evidence/index.ts'
import { changeAsRow, deploymentAsRow } from '../tell/row.ts'
import { type Base, environmentOf } from './collect.ts'
import { freshen, groupsOf } from './groups.ts'
import { rowsInMemory } from './memory.ts'
import type { Question } from './question.ts'

/** The records behind an answer, newest first; those that do not count say why. */
export async function list(
  { store, ledger }: Base,
  question: Question,
  unit: Unit,
  ask: CollectAsk & { limit: number; offset: number },
): Promise<Row[]> {
  const groups = await groupsOf(store, ask.pieces, environmentOf(ask), ask.asOf)
  const scopes = [...new Set(groups.flatMap((group) => group.scopes))]
  const apart = ask.asOf === null ? await freshen(store, ledger, groups, ask.at) : new Set(scopes)
  const derived = await rowsInMemory(store, apart, ask)
  const span = {
    from: Math.min(...ask.pieces.map(({ window }) => window.from)),
    to: Math.min(ask.at, Math.max(...ask.pieces.map(({ window }) => window.to))),
  }
  const most = ask.offset + ask.limit
  const found: Row[] = []
  for (const scope of scopes) {
    const kept = derived.get(scope)
    if (question.of === 'duration' || question.of === 'size') {
      const rows = kept
        ? kept.changes.filter(({ here }) => here)
        : await rowsOf(store, CHANGE_COLUMNS, changesIn(scope, question, span, ask.at, most))
      found.push(...rows.flatMap((row) => changeAsRow(row, question, { scope, unit, span, at: ask.at }) ?? []))
    } else {
      const rows = kept ? kept.deployments : await rowsOf(store, DEPLOYMENT_COLUMNS, deploymentsIn(scope, span, most))
      found.push(...rows.flatMap((row) => deploymentAsRow(row, question, { scope, unit, span, at: ask.at }) ?? []))
    }
  }
  return withoutRepeats(found)
    .sort((a, b) => (a.at! > b.at! ? -1 : a.at! < b.at! ? 1 : a.id < b.id ? -1 : 1))
    .slice(ask.offset, most)
}

/** A record that several parts of a repository share is listed once, for the part that has it first. */
function withoutRepeats(rows: readonly Row[]): Row[] {
  const seen = new Map<string, Row>()
  for (const row of rows) {
    const key = `${row.id} ${row.at}`
    if (!seen.has(key)) seen.set(key, row)
  }
  return [...seen.values()]
}

function changesIn(
  { subject, environment }: Scope,
  question: Extract<Question, { of: 'duration' | 'size' }>,
  span: Window,
  at: Instant,
  most: number,
): Statement {
  const within = (column: string) => sql`${sql.ref(column)} >= ${instant(span.from)} and ${sql.ref(column)} < ${instant(span.to)}`
  const which =
    question.of === 'size'
      ? within('merged_at')
      : question.waiting
        ? sql`(${within('deployed_at')} or (${within('merged_at')} and deployed_at >= ${instant(at)}))`
        : within('deployed_at')
  const order =
    question.of === 'size' ? sql`merged_at` : sql`least(deployed_at, case when deployed_at >= ${instant(at)} then merged_at end)`
  return sql`select * from delivery_change where subject = ${subject} and environment = ${environment} and here and ${which} order by ${order} desc, id limit ${most}`
}

function deploymentsIn({ subject, environment }: Scope, span: Window, most: number): Statement {
  return sql`select * from delivery_deployment where subject = ${subject} and environment = ${environment} and finished_at >= ${instant(span.from)} and finished_at < ${instant(span.to)} order by finished_at desc, id limit ${most}`
}
