/** The way in: imports, rejects, watches. */
export { createIntake } from './create.ts'
export type { Import, ImportResult, Intake, Parsed, Reject, Watch } from './intake.ts'
export { intakeOperations } from './operations/index.ts'
export { MOST_BYTES, MOST_REJECTS } from './rejects.ts'
