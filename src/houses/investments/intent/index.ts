/** The kind of this house and what it looks like once read. */
export { type Change, changeOf } from './change.ts'
export { investmentKind } from './investment.ts'
export { type EffectIntent, type InvestmentIntent, readInvestment } from './read.ts'
export { InvestmentSpec } from './spec.ts'
