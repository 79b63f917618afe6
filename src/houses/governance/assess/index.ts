/** Numbers from rows: who passed the gate how, what it held, what waiting costs. Pure. */
export { type Asked, type Holding, holdings, type Passage, passages, type Shipped } from './share.ts'
export { asksAfter, type Waiting, waitingOf } from './waiting.ts'
