/** Reads what GitHub pushes. */
export { github } from './source.ts'
