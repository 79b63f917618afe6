/** Reads what Linear pushes. */
export { linear } from './source.ts'
