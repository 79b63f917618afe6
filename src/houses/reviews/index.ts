/** Reviews of the vision: each side ranks alone, disagreement is shown, what is agreed is signed and becomes a decision. */
export { eraseBallots } from './store/erase.ts'
export { reviewOperations } from './operations.ts'
