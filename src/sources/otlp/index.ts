/** OpenTelemetry's protocol over HTTP: traces, metrics and logs in protobuf or JSON. */
export { statusBody, successBody } from './answer.ts'
export { type Encoding, readSignal, type Signal } from './read.ts'
