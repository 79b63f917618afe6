/** Series of Prometheus and what speaks like it. */
export { prometheus } from './source.ts'
