import type { Encoding, Signal } from './read.ts'

/** Names of what was not taken, by signal (opentelemetry-proto, Export…PartialSuccess). */
const REJECTED = { traces: 'rejectedSpans', metrics: 'rejectedDataPoints', logs: 'rejectedLogRecords' } as const

/** The body of a 200: empty when all was taken, else how many were not and why. */
export function successBody(signal: Signal, encoding: Encoding, { rejected, why }: { rejected: number; why: string }): Buffer {
  const isWhole = rejected === 0 && why === ''
  if (encoding === 'json')
    return Buffer.from(JSON.stringify(isWhole ? {} : { partialSuccess: { [REJECTED[signal]]: String(rejected), errorMessage: why } }))
  if (isWhole) return Buffer.alloc(0)
  return bytesField(1, Buffer.concat([rejected === 0 ? Buffer.alloc(0) : numberField(1, rejected), bytesField(2, Buffer.from(why))]))
}

/** Codes of google.rpc.Code for the statuses a telemetry door answers with. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 413: 8, 415: 3, 429: 8, 503: 14 }
const UNKNOWN = 2

/** google.rpc.Status, which the body of every refusal is (opentelemetry.io/docs/specs/otlp, "Failures"). */
export function statusBody(encoding: Encoding, status: number, message: string): Buffer {
  const code = CODES[status] ?? UNKNOWN
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }))
  return Buffer.concat([numberField(1, code), bytesField(2, Buffer.from(message))])
}

function numberField(field: number, value: number): Buffer {
  return Buffer.from([field << 3, ...varint(value)])
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}
