/** Telemetry, counted as it comes in: what services do and how well, who calls whom, what their logs complain of. */
export { type Handed, Telemetry } from './take/telemetry.ts'
