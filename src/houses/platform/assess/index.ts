/** Pure arithmetic of the platform house. */
export { type AreaCount, busiestArea } from './area.ts'
export { capabilitiesIn, type ComponentFacts, needsIn } from './reuse.ts'
export { type Activity, type Declared, type Fact, type FactName, FACTS, type Observed, standingValue } from './facts.ts'
