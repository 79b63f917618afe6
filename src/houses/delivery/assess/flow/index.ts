/** The way of work items from idea to customers' hands: pure. */
export { type Flow, flowOf } from './flow.ts'
export { type ItemChange, type Said, saidBy, standingAt, type WorkItem } from './item.ts'
export { wasPlanned } from './plan.ts'
export { FLOW_STAGES, type FlowStage } from './spans.ts'
export { countItem, type CountedItem, type FlowQuestion, type SeenItem } from './tally.ts'
