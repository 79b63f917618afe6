import type { Instant } from '../../core/index.ts'

export interface Gap {
  /** `outcome_without_work`, `work_without_outcome`, `principle_uncited`, … */
  code: string
  ref: string
  message: string
  fix: string
}
/** Finds holes; houses register theirs. */
export interface GapFinder {
  code: string
  find(scope: { namespace: string; at: Instant }): Promise<Gap[]>
}
