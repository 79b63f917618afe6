/** Declared and observed facts side by side: gathered from statements and the ledger, judged, found in contradiction. */
export { contradictionGaps, contradictionsIn } from './contradictions.ts'
export { factOperations } from './operations.ts'
