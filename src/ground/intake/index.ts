/** The way in: imports, rejects, watches. */
export type { ImportResult, Intake, Parsed, Reject, Watch } from './intake.ts'
