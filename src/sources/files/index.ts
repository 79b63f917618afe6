/** Files in: what an organisation intends, from YAML, Backstage descriptors and decision records. */
export { type FolderRead, readFolder, type ReadOptions } from './read-folder.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
