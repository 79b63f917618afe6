import { type Instant, windowDays } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { CollectAsk, Collected } from '../../../ground/measures/index.ts'
import type { Scope } from '../evidence/index.ts'
import { type Cell, cellsOf } from './cells.ts'
import { type Evidence, evidenceOf } from './ever.ts'
import { freshen, groupsOf, PRODUCTION, shelfOf } from './groups.ts'
import { cellsInMemory, rowsInMemory } from './memory.ts'
import type { Question } from './question.ts'
import { reasonFor } from './unknown.ts'

/** What delivery measures stand on. */
export type Base = Pick<Ground, 'store' | 'ledger'>

/** Answers a question for all pieces: kept rows where they hold, rows derived in memory for an earlier moment. */
export async function collect({ store, ledger }: Base, question: Question, ask: CollectAsk): Promise<Collected[]> {
  const groups = await groupsOf(store, ask.pieces, environmentOf(ask), ask.asOf)
  const apart = ask.asOf === null ? await freshen(store, ledger, groups, ask.at) : new Set(groups.flatMap(({ scopes }) => scopes))
  for (const group of groups) spread(group.scopes, question, apart)
  const derived = await rowsInMemory(store, apart, ask)
  const borders = [...new Set(ask.pieces.flatMap(({ window }) => [window.from, window.to]))].sort((a, b) => a - b)
  const cells = [
    ...(await cellsOf(store, question, { groups, borders, at: ask.at }, apart)),
    ...cellsInMemory(question, { groups, borders, at: ask.at }, derived),
  ]
  const byGroup = Map.groupBy(cells, ({ group }) => group)
  const ever = await evidenceOf(store, groups, derived, ask)
  const places = new Map(groups.map((group, index) => [group.shares, index]))
  const spans = new Map(borders.map((border, index) => [border, index]))
  return ask.pieces.map(({ shares, window }) => {
    const group = places.get(shares)!
    const own = (byGroup.get(group) ?? []).filter(({ span }) => span >= spans.get(window.from)! && span < spans.get(window.to)!)
    return collected(question, own, ever[group]!, { from: window.from, to: Math.min(window.to, ask.at) })
  })
}

/** The environment asked about, in small letters. */
export function environmentOf({ where }: Pick<CollectAsk, 'where'>): string {
  return (where.environment ?? PRODUCTION).trim().toLowerCase()
}

/** Where one of several scopes on a shelf has to be derived in memory, the others of the shelf are too: they are compared. */
export function spread(scopes: readonly Scope[], question: Question, apart: Set<Scope>): void {
  const shelves = new Set(scopes.filter((scope) => apart.has(scope)).map((scope) => shelfOf(scope, question)))
  for (const scope of scopes) if (shelves.has(shelfOf(scope, question))) apart.add(scope)
}

function collected(question: Question, cells: readonly Cell[], ever: Evidence, window: { from: Instant; to: Instant }): Collected {
  const counted = cells.filter(({ excluded }) => excluded === null)
  const excluded: Record<string, number> = {}
  for (const cell of cells) if (cell.excluded !== null) excluded[cell.excluded] = (excluded[cell.excluded] ?? 0) + cell.count
  const common = { excluded, withData: new Set(counted.flatMap(({ scopes }) => scopes)).size }
  const n = counted.reduce((sum, { count }) => sum + count, 0)
  const unknown = reasonFor(question, { n, hits: counted.reduce((sum, { hits }) => sum + hits, 0), excluded, ever, window })
  const reason = unknown ? { unknown } : {}
  const values = counted.flatMap((cell) => cell.values)
  switch (question.of) {
    case 'duration':
    case 'size':
      return { ...common, ...reason, shape: 'values', values }
    case 'recovery':
      return {
        ...common,
        ...reason,
        shape: 'durations',
        durations: values.map((value) => ({ seconds: Math.abs(value), ended: value > 0 || Object.is(value, 0) })),
      }
    case 'deployments':
      if (question.side === 'all') return { ...common, ...reason, shape: 'rate', events: n, days: Math.max(0, windowDays(window)) }
      return { ...common, ...reason, shape: 'share', hits: counted.reduce((sum, { hits }) => sum + hits, 0), of: n }
  }
}
