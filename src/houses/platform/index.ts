/** Common capabilities: who provides them, who reuses them, who builds them again; and how work arrives. */
export { busiestAreaOf } from './areas.ts'
export { installPlatform } from './install.ts'
export { platformOperations } from './operations.ts'
