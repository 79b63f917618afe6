export {
  type EffectEstimate,
  type EffectQuestion,
  estimateEffect,
  FEWEST_AFTER,
  FEWEST_BEFORE,
  isEnough,
  sides,
  type TooFewWeeks,
} from './estimate.ts'
export { type Placebos, placebosOf, type Pretended } from './placebo.ts'
export { shareOf } from './scale.ts'
export type { Weekly } from './step.ts'
