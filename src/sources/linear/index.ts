/** Reads what Linear pushes, and its past. */
export { linear } from './source.ts'
