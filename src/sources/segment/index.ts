/** Reads what Segment, and libraries that speak its protocol, push. */
export { segment } from './source.ts'
