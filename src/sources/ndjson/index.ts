/** Records from outside as JSON: our own lines, CloudEvents, CDEvents. */
export { cloudevents } from './cloudevents/source.ts'
export { type Format, FORMATS, parseText } from './parse.ts'
export { readBatches, type ReadOptions, readRecords, readTexts } from './records.ts'
