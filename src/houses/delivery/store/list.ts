import type { Instant, Row, Unit, Window } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { instant, sql, type Statement } from '../../../ground/store/index.ts'
import { CHANGE_COLUMNS, DEPLOYMENT_COLUMNS, rowsOf } from '../evidence/index.ts'
import { changeAsRow, deploymentAsRow } from '../tell/row.ts'
import { type Base, environmentOf, spread } from './collect.ts'
import { freshen, groupsOf, shelfOf } from './groups.ts'
import { changesOnce, deploymentsOnce, type Place, rowsInMemory } from './memory.ts'
import { type First, FIRST_CHANGE, firstDeployment, isFirst, type Member, memberTable, membersOf, overlap } from './once.ts'
import type { AboutChanges, AboutDeployments, Question } from './question.ts'
import { sayWhose } from './whose.ts'

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
  spread(scopes, question, apart)
  const derived = await rowsInMemory(store, apart, ask)
  const span = {
    from: Math.min(...ask.pieces.map(({ window }) => window.from)),
    to: Math.min(ask.at, Math.max(...ask.pieces.map(({ window }) => window.to))),
  }
  const most = ask.offset + ask.limit
  const members = membersOf(0, scopes, question, apart)
  const about = question.of === 'duration' || question.of === 'size'
  const places: Place[] = []
  for (const [place, scope] of scopes.entries()) {
    const kept = { members, place, span, at: ask.at, most }
    places.push({
      place,
      shelf: shelfOf(scope, question),
      rows: derived.get(scope) ?? {
        changes: about ? await rowsOf(store, CHANGE_COLUMNS, changesIn(question, kept)) : [],
        deployments: about ? [] : await rowsOf(store, DEPLOYMENT_COLUMNS, deploymentsIn(question, kept)),
      },
    })
  }
  const sight = (place: number) => ({ scope: scopes[place]!, unit, span, at: ask.at })
  const found = about
    ? changesOnce(question, places).flatMap(({ place, row }) => changeAsRow(row, question, sight(place)) ?? [])
    : deploymentsOnce(question, places, ask.at).flatMap(({ place, row }) => deploymentAsRow(row, question, sight(place)) ?? [])
  const listed = found.sort((a, b) => (a.at! > b.at! ? -1 : a.at! < b.at! ? 1 : a.id < b.id ? -1 : 1)).slice(ask.offset, most)
  return sayWhose(store, listed, scopes)
}

/** One member whose kept rows are asked for, newest first and no more than are shown. */
interface Kept {
  members: readonly Member[]
  place: number
  span: Window
  at: Instant
  most: number
}

function changesIn(question: AboutChanges, kept: Kept): Statement {
  const { span, at } = kept
  const within = (column: string) => sql`${sql.ref(column)} >= ${instant(span.from)} and ${sql.ref(column)} < ${instant(span.to)}`
  if (question.of === 'size') return keptRows('change', kept, sql`r.here and ${within('r.merged_at')}`, sql`r.merged_at`, null)
  return keptRows(
    'change',
    kept,
    question.waiting
      ? sql`r.here and (${within('r.deployed_at')} or (${within('r.merged_at')} and r.deployed_at >= ${instant(at)}))`
      : sql`r.here and ${within('r.deployed_at')}`,
    sql`least(r.deployed_at, case when r.deployed_at >= ${instant(at)} then r.merged_at end)`,
    FIRST_CHANGE,
  )
}

function deploymentsIn(question: AboutDeployments, kept: Kept): Statement {
  const { span, at } = kept
  return keptRows(
    'deployment',
    kept,
    sql`r.finished_at >= ${instant(span.from)} and r.finished_at < ${instant(span.to)}`,
    sql`r.finished_at`,
    firstDeployment(question, at),
  )
}

function keptRows(
  table: 'change' | 'deployment',
  { members, place, most }: Kept,
  which: Statement,
  order: Statement,
  first: First | null,
): Statement {
  return sql`with ${memberTable(members)}
    select r.* from member m join ${sql.table(`delivery_${table}`)} r on r.scope = m.scope
    where m.place = ${place} and ${which} and ${first && overlap(members) ? isFirst(table, first) : sql`true`} order by ${order} desc, r.id limit ${most}`
}
