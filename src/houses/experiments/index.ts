/** Experiments: did what was tried do what was hoped. */
export { installExperiments } from './install.ts'
export { experimentOperations } from './operations.ts'
