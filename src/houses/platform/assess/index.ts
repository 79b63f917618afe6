/** Pure arithmetic of the platform house. */
export { type AreaCount, busiestArea } from './area.ts'
export { capabilitiesIn, type Capability, type ComponentFacts, type Need, needsIn } from './reuse.ts'
