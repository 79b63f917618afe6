/** Common capabilities: who provides them, who reuses them, who builds them again; and how work arrives. */
export { busiestAreaOf } from './areas.ts'
export { type AreaCount, capabilitiesIn, type Capability, type ComponentFacts, type Need, needsIn } from './assess/index.ts'
export { installPlatform } from './install.ts'
export { CAPABILITY_ANNOTATION, capabilitiesOf, isPlatform, ownerOf, PLATFORM_ANNOTATION } from './intent.ts'
export { platformOperations } from './operations.ts'
