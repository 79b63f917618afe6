/** How experiments stand, asked of the records of their arms. */
export { keepResult } from './keep.ts'
export { type ExperimentResult, listExperiments, readExperiment } from './read.ts'
