import type { Instant } from '../../core/index.ts'

export interface Gap {
  /** `outcome_without_work`, `work_without_outcome`, `principle_uncited`, … */
  code: string
  ref: string
  message: string
  fix: string
}
/** Where holes are looked for: at a moment, with what was known by `asOf` (now when left out). */
export interface GapScope {
  namespace: string
  at: Instant
  asOf?: Instant
  /** Only what this finder finds. */
  finder?: string
}
/** Finds holes; houses register theirs. */
export interface GapFinder {
  code: string
  find(scope: GapScope): Promise<Gap[]>
}
