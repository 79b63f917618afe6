import type { Problem } from '../../ground/core/index.ts'
import type { Parsed } from '../../ground/intake/index.ts'

/** What came of the rows of a table. */
export interface TableSummary extends Counts {
  /** Null where nothing was begun. */
  importId: number | null
  /** The mapping they were read by. */
  mapping: string
  rows: number
  /** Times the clocks skipped or showed twice, by column, with how often. */
  remarks: (Problem & { count: number })[]
  /** Set for bills: what each came to. */
  bills?: TakenBill[]
}

/** How many records of a batch became what. */
export interface Counts {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  byKind: Partial<Record<string, number>>
  problems: Problem[]
}

/** Where rows go: over HTTP or in process. */
export interface TableSink {
  begin(wish: { label: string; format: string; fingerprint?: string }): Promise<{ importId: number; done: number }>
  batch(importId: number, parsed: Parsed[], done: number): Promise<Counts>
  finish(importId: number): Promise<unknown>
}

/** What a bill came to. */
export interface TakenBill {
  bill: string
  lines: number
  costs: number
  /** Costs an earlier version held that are not in this one. */
  gone: number
  /** Sums by currency, exact; compare them with the invoice. */
  sums: { currency: string; billed: string | null; effective: string | null }[]
}

export const MOST_PROBLEMS = 1_000

export function noCounts(): Counts {
  return { accepted: 0, revised: 0, duplicates: 0, rejected: 0, byKind: {}, problems: [] }
}

/** Adds what came of a batch. */
export function addCounts(total: Counts, batch: Counts): void {
  total.accepted += batch.accepted
  total.revised += batch.revised
  total.duplicates += batch.duplicates
  total.rejected += batch.rejected
  for (const [kind, amount] of Object.entries(batch.byKind)) total.byKind[kind] = (total.byKind[kind] ?? 0) + (amount ?? 0)
  total.problems.push(...batch.problems.slice(0, MOST_PROBLEMS - total.problems.length))
}
