/** Measures whose values are sent in. */
export { pushedMeasure, pushedMeasureIds } from './pushed.ts'
export { everythingSent } from './sent.ts'
