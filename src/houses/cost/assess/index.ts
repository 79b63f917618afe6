/** Whose a cost is, how shared cost is split, what it adds up to. Pure. */
export { allocate } from './allocate.ts'
export type { ClaimKind, Claims, CostGroup, CostKind, Shared } from './cost.ts'
export { addTo } from './split.ts'
export { compare, type CostBy, type CostRow, type RolledUp, rollUp } from './roll-up.ts'
