import { addDecimals, type Decimal, type Ref, refKind, ZERO_DECIMAL } from '../../../ground/core/index.ts'
import { allocate, customerOf } from './allocate.ts'
import type { ClaimKind, Claims, CostGroup, CostKind } from './cost.ts'
import { addTo, type Split, splitShared } from './split.ts'

/** What rows are told by. */
export type CostBy = 'component' | 'team' | 'customer' | 'service'

/** What one component, team, customer or service costs in a window. */
export interface CostRow {
  /** A ref, or the name of a customer or service. */
  key: string
  amount: Decimal
  /** Of it, shares of components that others share. */
  shared: Decimal
  lines: number
  records: number
  /** What it is allocated by, and how much. */
  by: Map<ClaimKind, Decimal>
  /** Of it by component, for who answers for several. */
  parts: Map<Ref, Decimal>
}

/** A cost nobody claims, or several do. */
export interface Unallocated {
  service: string | null
  account: Ref
  /** Tags it has, which nobody claims. */
  tags: Readonly<Record<string, string>>
  /** Who claims it, where they are several. */
  claimed: readonly Ref[]
  amount: Decimal
  lines: number
}

/** A window rolled up: rows and what is left add up to the total exactly. */
export interface RolledUp {
  total: Decimal
  lines: number
  records: number
  /** Records that do not state this amount. */
  without: number
  rows: Map<string, CostRow>
  unallocated: { amount: Decimal; lines: number; parts: Unallocated[] }
  split: Split
}

export interface RollUpWish {
  by: CostBy
  cost: CostKind
  claims: Claims
  weights: ReadonlyMap<string, ReadonlyMap<Ref, number>>
}

/** Rolls up the costs of one window in one currency. */
export function rollUp(groups: readonly CostGroup[], { by, cost, claims, weights }: RollUpWish): RolledUp {
  const told: RolledUp = {
    total: ZERO_DECIMAL,
    lines: 0,
    records: 0,
    without: 0,
    rows: new Map(),
    unallocated: { amount: ZERO_DECIMAL, lines: 0, parts: [] },
    split: { shares: [], kept: [] },
  }
  const own = new Map<Ref, Decimal>()
  const left = new Map<string, Unallocated>()
  for (const group of groups) {
    told.without += group.without[cost]
    if (group.without[cost] >= group.records) continue
    const amount = group[cost]
    told.total = addDecimals(told.total, amount)
    told.lines += group.lines
    told.records += group.records
    const whose = allocate(group, claims)
    const key = by === 'customer' ? customerOf(group) : by === 'service' ? group.service : whose.to && ownerIn(by, whose.to, claims)
    if (key === null) {
      leave(left, group, amount, whose.to === null ? whose.claimed : [])
      told.unallocated.amount = addDecimals(told.unallocated.amount, amount)
      told.unallocated.lines += group.lines
      continue
    }
    const row = rowOf(told.rows, key)
    row.amount = addDecimals(row.amount, amount)
    row.lines += group.lines
    row.records += group.records
    if (whose.to === null) continue
    addTo(row.by, whose.by, amount)
    addTo(row.parts, whose.to, amount)
    addTo(own, whose.to, amount)
  }
  told.unallocated.parts = [...left.values()].sort((a, b) => compare(b.amount, a.amount))
  if (by === 'component' || by === 'team') {
    told.split = splitShared(claims.shared, own, weights)
    for (const { of, to, amount } of told.split.shares) {
      const [from, into] = [rowOf(told.rows, ownerIn(by, of, claims) ?? of), rowOf(told.rows, ownerIn(by, to, claims) ?? to)]
      from.amount = addDecimals(from.amount, negative(amount))
      from.shared = addDecimals(from.shared, negative(amount))
      into.amount = addDecimals(into.amount, amount)
      into.shared = addDecimals(into.shared, amount)
    }
  }
  return told
}

/** The team that answers for a component; a component nobody answers for stands for itself. */
function ownerIn(by: CostBy, ref: Ref, { owners }: Claims): string {
  return by === 'team' && refKind(ref) !== 'group' ? (owners.get(ref) ?? ref) : ref
}

function rowOf(rows: Map<string, CostRow>, key: string): CostRow {
  let row = rows.get(key)
  if (!row)
    rows.set(key, (row = { key, amount: ZERO_DECIMAL, shared: ZERO_DECIMAL, lines: 0, records: 0, by: new Map(), parts: new Map() }))
  return row
}

function leave(
  left: Map<string, Unallocated>,
  { service, subject: account, tags, lines }: CostGroup,
  amount: Decimal,
  claimed: readonly Ref[],
): void {
  const key = JSON.stringify([service, account, Object.entries(tags).sort(), claimed])
  const known = left.get(key)
  left.set(
    key,
    known
      ? { ...known, amount: addDecimals(known.amount, amount), lines: known.lines + lines }
      : { service, account, tags, claimed, amount, lines },
  )
}

export function negative({ units, scale }: Decimal): Decimal {
  return { units: -units, scale }
}

/** Less, equal or more, for sorting. */
export function compare(a: Decimal, b: Decimal): number {
  const { units } = addDecimals(a, negative(b))
  return units < 0n ? -1 : units > 0n ? 1 : 0
}
