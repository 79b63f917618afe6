/** Every judgement of a review, as pure functions. */
export { type AgendaItem, agendaOf, type Judged, type Known, type LevelChange } from './agenda.ts'
export { orderBefore, type Rising, risingIn } from './rising.ts'
export { standingOf, type Step } from './standing.ts'
