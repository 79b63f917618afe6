/** Solves portfolios off the thread that answers. */
export { drawsOf } from './runs.ts'
export { chosenFor } from './threads.ts'
