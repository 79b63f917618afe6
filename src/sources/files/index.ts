/** Files in: what an organisation intends, from YAML, descriptors of Backstage and other tools, API definitions and decision records. */
export { type FolderRead, readFolder, type ReadOptions } from './read-folder.ts'
export { declarations } from './declared.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export {
  type LoggedRecord,
  type NewRecord,
  numbersIn,
  readLogFolder,
  recordFileName,
  recordText,
  supersedePair,
  supersedingProblem,
} from './decisions/write/index.ts'
