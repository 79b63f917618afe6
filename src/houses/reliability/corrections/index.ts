/** Spans that do not count: signed, with a reason, and taken back when somebody says so. */
export { correctionsFor } from './corrections.ts'
export { correctionOperations } from './operations.ts'
