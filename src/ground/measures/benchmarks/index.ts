/** What others answered when they were asked, and where a reading lies among it. */
export { benchmarkOperations } from './operations.ts'
