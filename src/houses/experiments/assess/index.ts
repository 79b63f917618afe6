/** The sequential test of two arms. Pure. */
export { type Look, Running, type Sample, type Sequential, sequentialTest } from './sequential.ts'
