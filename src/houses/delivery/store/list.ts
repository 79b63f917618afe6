import type { Row, Unit } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { changeAsRow, deploymentAsRow } from '../tell/row.ts'
import { type Base, environmentOf, spread } from './base.ts'
import { cohortQuestion, listCohort } from './cohort.ts'
import { freshen, groupsOf } from './groups.ts'
import { changesOnce, deploymentsOnce, rowsInMemory } from './memory.ts'
import { placesOf } from './places.ts'
import type { Question } from './question.ts'
import { sayWhose } from './whose.ts'

/** The records behind an answer, newest first; those that do not count say why. */
export async function list(
  { store, ledger }: Base,
  question: Question,
  unit: Unit,
  ask: CollectAsk & { limit: number; offset: number },
): Promise<Row[]> {
  const cohort = cohortQuestion(question, ask)
  if (cohort) return listCohort({ store, ledger }, cohort, unit, ask)
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
  const about = question.of === 'duration' || question.of === 'size'
  const places = await placesOf(store, question, { scopes, apart, derived, span, at: ask.at, most })
  const sight = (place: number) => ({ scope: scopes[place]!, unit, span, at: ask.at })
  const found = about
    ? changesOnce(question, places).flatMap(({ place, row }) => changeAsRow(row, question, sight(place)) ?? [])
    : deploymentsOnce(question, places, ask.at).flatMap(({ place, row }) => deploymentAsRow(row, question, sight(place)) ?? [])
  const listed = found.sort((a, b) => (a.at! > b.at! ? -1 : a.at! < b.at! ? 1 : a.id < b.id ? -1 : 1)).slice(ask.offset, most)
  return sayWhose(store, listed, scopes)
}
