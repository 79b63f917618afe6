/** Measures whose values are sent in, and what the organisation's own `Measure` entities say of them. */
export { declaredMeasure, declaredMeasures } from './declared.ts'
export { pushedMeasure, pushedMeasureIds } from './pushed.ts'
export { everythingSent } from './sent.ts'
