/** Reads what Opsgenie pushes. */
export { opsgenie } from './source.ts'
