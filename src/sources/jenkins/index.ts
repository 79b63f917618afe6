/** Reads what Jenkins pushes. */
export { jenkins } from './source.ts'
