import type { Caller, Clock } from '../../core/index.ts'
import type { Intake } from '../intake.ts'

/** What intake's operations need of the ground. */
export interface Context {
  intake: Intake
  caller: Caller
  clock: Clock
}
