/** Reads git histories into evidence: commits, changes, deployments, and the components and owners a tree tells of. */
export { findRepositories } from './find.ts'
export { type FileOnRef, filesOnRefs } from './on-refs.ts'
export { scanRepository } from './scan/scan.ts'
export type { DeclarationReader, RecordName, ScanOptions, ScanProgress, ScanReport, ScanSink } from './scan/report.ts'
