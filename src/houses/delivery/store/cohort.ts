import { recordParts } from '../../../ground/catalog/index.ts'
import { inWindow, Refusal, type Row, type Unit, type Window } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected } from '../../../ground/measures/index.ts'
import { KeptBriefly } from '../../../ground/store/index.ts'
import {
  AUTHOR_KINDS,
  type AuthorKind,
  authorKind,
  type ChangeRow,
  type Counted,
  countDuration,
  countSize,
  countWaiting,
  isTellable,
  SMALLEST_COHORT,
} from '../assess/index.ts'
import type { Scope } from '../evidence/index.ts'
import { changeAsRow } from '../tell/row.ts'
import { type Authors, authorsOf } from '../work-links/week/authors.ts'
import { type Base, environmentOf, spread } from './base.ts'
import { freshen, type Group, groupsOf, namesOf } from './groups.ts'
import { placesOf } from './places.ts'
import { changesOnce, rowsInMemory } from './memory.ts'
import type { AboutChanges, Question } from './question.ts'
import { sayWhose } from './whose.ts'

/** The question where it is asked of the changes of one cohort of authors; otherwise null. */
export function cohortQuestion(question: Question, { where }: CollectAsk): AboutChanges | null {
  return (question.of === 'duration' || question.of === 'size') && where.author_kind !== undefined ? question : null
}

/** A change of a cohort, as the question counts it. */
interface Member {
  place: number
  row: ChangeRow
  counted: Counted
  people: readonly string[]
}

/** Answers a question for the changes of one cohort; where it is too small, nothing is told of it. */
export async function collectCohort(base: Base, question: AboutChanges, ask: CollectAsk): Promise<Collected[]> {
  const kind = kindAsked(ask)
  const groups = await groupsOf(base.store, ask.pieces, environmentOf(ask), ask.asOf)
  const members = new Map<readonly unknown[], Member[]>()
  const unnamed = new Map<readonly unknown[], Member[]>()
  for (const group of groups) {
    const found = await membersIn(base, question, ask, group)
    members.set(
      group.shares,
      found.filter((one) => one.kind === kind),
    )
    unnamed.set(
      group.shares,
      found.filter((one) => one.kind === null),
    )
  }
  return ask.pieces.map(({ shares, window }): Collected => {
    const within = (all: readonly Member[]) => all.filter(({ counted }) => inWindow(window, counted.time))
    const own = within(members.get(shares)!)
    const counted = own.filter(({ counted: { value } }) => value !== null)
    if (own.length > 0 && !isTellable(counted)) return { shape: 'nothing', excluded: {}, withData: 0, unknown: tooSmall(kind) }
    const excluded: Record<string, number> = {}
    for (const {
      counted: { excluded: code },
    } of own)
      if (code !== null) excluded[code] = (excluded[code] ?? 0) + 1
    const unknownAuthors = within(unnamed.get(shares)!).length
    if (unknownAuthors > 0) excluded.author_not_known = unknownAuthors
    const withData = new Set(counted.map(({ place }) => place)).size
    if (counted.length === 0) return { shape: 'nothing', excluded, withData, unknown: noneOf(kind) }
    return { shape: 'values', values: counted.map(({ counted: { value } }) => value!), excluded, withData }
  })
}

/** The records behind it, newest first; none where nothing is told. */
export async function listCohort(
  base: Base,
  question: AboutChanges,
  unit: Unit,
  ask: CollectAsk & { limit: number; offset: number },
): Promise<Row[]> {
  const kind = kindAsked(ask)
  const groups = await groupsOf(base.store, ask.pieces, environmentOf(ask), ask.asOf)
  const scopes = [...new Set(groups.flatMap((group) => group.scopes))]
  const span = spanOf(ask)
  const own = (await membersIn(base, question, ask, { shares: [], scopes })).filter(
    (one) => one.kind === kind && inWindow(span, one.counted.time),
  )
  if (!isTellable(own.filter(({ counted }) => counted.value !== null))) return []
  const rows = own.flatMap(({ place, row }) => changeAsRow(row, question, { scope: scopes[place]!, unit, span, at: ask.at }) ?? [])
  const listed = rows
    .sort((a, b) => (a.at! > b.at! ? -1 : a.at! < b.at! ? 1 : a.id < b.id ? -1 : 1))
    .slice(ask.offset, ask.offset + ask.limit)
  return sayWhose(base.store, listed, scopes)
}

function spanOf({ pieces, at }: CollectAsk): { from: number; to: number } {
  return {
    from: Math.min(...pieces.map(({ window }) => window.from)),
    to: Math.min(at, Math.max(...pieces.map(({ window }) => window.to))),
  }
}

/** A change with who made it, null where nobody says. */
interface Authored {
  place: number
  row: ChangeRow
  made: Authors | null
}

/** A page asks for all cohorts and several measures of one moment: the changes and their authors are read once for them. */
const kept = new KeptBriefly<Authored[]>()

async function membersIn(
  base: Base,
  question: AboutChanges,
  ask: CollectAsk,
  { scopes }: Group,
): Promise<(Member & { kind: AuthorKind | null })[]> {
  const span = spanOf(ask)
  const which = question.of === 'size' ? 'size' : `duration ${question.waiting}`
  const key = JSON.stringify([ask.moment, ask.asOf, ask.at, span, which, namesOf(scopes)])
  const look = () => authored(base, question, { ...ask, span }, scopes)
  const changes = await (ask.moment === undefined ? look() : kept.find(base.store, key, look))
  return changes.flatMap(({ place, row, made }) => {
    const found =
      question.of === 'size'
        ? [countSize(row, ask.at)]
        : [countDuration(row, question.duration, ask.at), question.waiting ? countWaiting(row, ask.at) : null]
    return found.flatMap((counted) =>
      counted && inWindow(span, counted.time)
        ? [{ place, row, counted, people: made?.people ?? [], kind: made ? authorKind(made) : null }]
        : [],
    )
  })
}

async function authored(
  { store, ledger }: Base,
  question: AboutChanges,
  { at, asOf, span }: Pick<CollectAsk, 'at' | 'asOf'> & { span: Window },
  scopes: readonly Scope[],
): Promise<Authored[]> {
  const apart = asOf === null ? await freshen(store, ledger, [{ shares: [], scopes }], at) : new Set(scopes)
  spread(scopes, question, apart)
  const derived = await rowsInMemory(store, apart, { at, asOf })
  const places = await placesOf(store, question, { scopes, apart, derived, span, at })
  const changes = changesOnce(question, places)
  const authors = await authorsOf(
    store,
    changes.map(({ place, row }) => ({
      key: `${place} ${row.id}`,
      code: scopes[place]!.code,
      changes: row.records.filter((record) => record.startsWith('change:')).map(recordParts),
      shas: row.commits,
    })),
    asOf,
  )
  return changes.map(({ place, row }) => ({ place, row, made: authors.get(`${place} ${row.id}`) ?? null }))
}

function kindAsked({ where }: CollectAsk): AuthorKind {
  const asked = (where.author_kind ?? '').trim().toLowerCase()
  const known = AUTHOR_KINDS.find((kind) => kind === asked)
  if (known) return known
  throw new Refusal('measure.unknown_author_kind', `"${asked.slice(0, 60)}" is no kind of author.`, {
    fix: `Ask for one of ${AUTHOR_KINDS.join(', ')}; changes of one person are never told apart.`,
    path: 'where',
  })
}

const WORDS: Record<AuthorKind, string> = {
  people: 'people alone',
  agents: 'coding agents alone',
  mixed: 'people together with coding agents',
  bots: 'other programs',
}

function tooSmall(kind: AuthorKind) {
  return {
    code: 'cohort_too_small',
    why: `Fewer than ${SMALLEST_COHORT} people, or fewer than ${SMALLEST_COHORT} changes, stand behind the changes by ${WORDS[kind]}; of so few nothing is told.`,
    fix: 'Ask for a longer span or for more components together.',
  }
}

function noneOf(kind: AuthorKind) {
  return {
    code: 'no_data',
    why: `No change by ${WORDS[kind]} counts in this span.`,
    fix: 'Choose a longer span, or scan repositories whose commits name who made them ("throughline scan").',
  }
}
