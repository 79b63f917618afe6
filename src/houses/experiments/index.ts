/** Experiments: did what was tried do what was hoped. */
export { ExperimentSpec } from './intent.ts'
export { installExperiments } from './install.ts'
export { experimentOperations } from './operations.ts'
export { readExperiment } from './store/index.ts'
