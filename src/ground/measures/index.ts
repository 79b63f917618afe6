/** Named questions and their answers. */
export type { Collected } from './collected.ts'
export type { CollectAsk, DeclaredBy, ListedMeasure, MeasureDefinition, Measures, Piece } from './measures.ts'
export { askInput, measureOperations, readingAsk } from './operations.ts'
export { seriesOperations } from './series/operations.ts'
export { createMeasures, type MeasuresOptions } from './registry.ts'
export * from './statistics/index.ts'
export { analyseMany } from './time/index.ts'
export { instantIn } from './zone.ts'
