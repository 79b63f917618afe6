/** Measures of the organisation's own: where they are declared, and how those made of others or of events are answered. */
export { declaredMeasure, declaredMeasures, headlinesBy, measureEntity, namespaceOf } from './declared.ts'
export { type Answerer, definitions } from './definitions.ts'
export { measureGaps } from './gaps.ts'
export { answerOwnSources } from './own-sources.ts'
