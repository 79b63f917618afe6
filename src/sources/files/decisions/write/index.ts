/** Decision records written: a new one from the template, and two edited as a pair. */
export { readLogFolder, type LogFolder, type LoggedRecord, numbersIn, supersedingProblem } from './log-folder.ts'
export { supersedePair } from './supersede.ts'
export { type NewRecord, recordFileName, recordText } from './template.ts'
