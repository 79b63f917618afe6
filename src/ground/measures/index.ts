/** Named questions and their answers. */
export type { Collected, CollectAsk, MeasureDefinition, Measures, Piece } from './measures.ts'
