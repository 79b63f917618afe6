import { type Instant, windowDays } from '../../../ground/core/index.ts'
import type { CollectAsk, Collected } from '../../../ground/measures/index.ts'
import { type Base, environmentOf, spread } from './base.ts'
import { type Cell, cellsOf } from './cells.ts'
import { collectCohort, cohortQuestion } from './cohort.ts'
import { type Evidence, evidenceOf } from './ever.ts'
import { freshen, groupsOf } from './groups.ts'
import { cellsInMemory, rowsInMemory } from './memory.ts'
import type { Question } from './question.ts'
import { reasonFor, speaksForItself } from './unknown.ts'

/** Answers a question for all pieces: kept rows where they hold, rows derived in memory for an earlier moment. */
export async function collect({ store, ledger }: Base, question: Question, ask: CollectAsk): Promise<Collected[]> {
  const cohort = cohortQuestion(question, ask)
  if (cohort) return collectCohort({ store, ledger }, cohort, ask)
  const groups = await groupsOf(store, ask.pieces, environmentOf(ask), ask.asOf)
  const apart =
    ask.asOf === null ? await freshen(store, ledger, groups, ask.at, ask.moment) : new Set(groups.flatMap(({ scopes }) => scopes))
  for (const group of groups) spread(group.scopes, question, apart)
  const derived = await rowsInMemory(store, apart, ask)
  const borders = [...new Set(ask.pieces.flatMap(({ window }) => [window.from, window.to]))].sort((a, b) => a - b)
  const cells = [
    ...(await cellsOf(store, question, { groups, borders, at: ask.at }, apart)),
    ...cellsInMemory(question, { groups, borders, at: ask.at }, derived),
  ]
  const byGroup = Map.groupBy(cells, ({ group }) => group)
  const places = new Map(groups.map((group, index) => [group.shares, index]))
  const spans = new Map(borders.map((border, index) => [border, index]))
  const counts = ask.pieces.map(({ shares, window }) => {
    const group = places.get(shares)!
    const own = (byGroup.get(group) ?? []).filter(({ span }) => span >= spans.get(window.from)! && span < spans.get(window.to)!)
    return { group, window: { from: window.from, to: Math.min(window.to, ask.at) }, ...countOf(own) }
  })
  const silent = new Set(counts.filter((count) => !speaksForItself(question, count)).map(({ group }) => group))
  const ever = await evidenceOf(
    store,
    groups.map((group, index) => (silent.has(index) ? group : { ...group, scopes: [] })),
    derived,
    ask,
  )
  return counts.map((count) => collected(question, count, ever[count.group]!))
}

/** What the cells of one piece come to. */
interface Count {
  counted: readonly Cell[]
  n: number
  hits: number
  excluded: Record<string, number>
}

function countOf(cells: readonly Cell[]): Count {
  const counted = cells.filter(({ excluded }) => excluded === null)
  const excluded: Record<string, number> = {}
  for (const cell of cells) if (cell.excluded !== null) excluded[cell.excluded] = (excluded[cell.excluded] ?? 0) + cell.count
  const sum = (of: (cell: Cell) => number) => counted.reduce((total, cell) => total + of(cell), 0)
  return { counted, n: sum(({ count }) => count), hits: sum(({ hits }) => hits), excluded }
}

function collected(question: Question, count: Count & { window: { from: Instant; to: Instant } }, ever: Evidence): Collected {
  const { counted, n, hits, excluded, window } = count
  const unknown = reasonFor(question, { n, hits, excluded, ever, window })
  const common = { excluded, withData: new Set(counted.flatMap(({ scopes }) => scopes)).size, ...(unknown ? { unknown } : {}) }
  const values = counted.flatMap((cell) => cell.values)
  switch (question.of) {
    case 'duration':
    case 'size':
      return { ...common, shape: 'values', values }
    case 'recovery':
      return {
        ...common,
        shape: 'durations',
        durations: values.map((value) => ({ seconds: Math.abs(value), ended: value > 0 || Object.is(value, 0) })),
      }
    case 'deployments':
      if (question.side === 'all') return { ...common, shape: 'rate', events: n, days: Math.max(0, windowDays(window)) }
      return { ...common, shape: 'share', hits, of: n }
  }
}
