/** The sequential test of two arms. Pure. */
export { type Look, Running, type Sample, type Sequential, type SequentialLook, sequentialLooks, sequentialTest } from './sequential.ts'
