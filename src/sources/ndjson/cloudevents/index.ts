/** CloudEvents 1.0 (cloudevents.io): structured, in binary form, in batches, and a webhook they are pushed to. */
export { fromBinary, isBinary } from './binary.ts'
export { isCloudEvent, parseCloudEvent } from './envelope.ts'
