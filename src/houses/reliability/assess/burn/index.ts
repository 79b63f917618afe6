/** Burn rates: how fast a budget is spent, and when that is worth waking somebody. */
export { burnOf } from './burn.ts'
export { factorOf, pairsOf, rulesOfPairs, STANDARD_PAIRS, type WindowPair } from './pairs.ts'
export { canFire, deadTests, eventsOneFailureIsLostIn, timeToFire, warnsOfHealth } from './reach.ts'
export { type Episode, type Minutes, replay } from './replay.ts'
export {
  type AlertRule,
  type Burn,
  type BurnOp,
  type BurnTest,
  evaluate,
  type Finding,
  mayBurn,
  openTests,
  type Standing,
  step,
} from './rule.ts'
