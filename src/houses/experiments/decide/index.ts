/** The verdict on an experiment. Pure. */
export { type ExperimentFacts, type ExperimentState, judgeExperiment } from './verdict.ts'
