/** Investments: what people and money go into, what is expected of it, what came of it. */
export { effectOperations } from './effect-operations.ts'
export { installInvestments } from './install.ts'
export { type Change, changeOf, type EffectIntent, type InvestmentIntent, readInvestment } from './intent/index.ts'
export { investmentOperations } from './operations.ts'
