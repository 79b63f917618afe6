/** Measures whose values are sent in. */
export { pushedMeasure, pushedMeasureIds } from './pushed.ts'
