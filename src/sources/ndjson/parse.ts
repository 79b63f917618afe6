import type { Problem } from '../../ground/core/index.ts'
import type { Parsed } from '../../ground/intake/index.ts'
import { depthProblem, EVIDENCE_KINDS, parseEvidence } from '../../ground/ledger/index.ts'
import { isCdEvent, parseCdEvent } from './cdevents/index.ts'
import { isCloudEvent, parseCloudEvent } from './cloudevents/index.ts'
import { kept } from './piece.ts'
import { firstOf, type Read } from './read.ts'

/** A way to read one JSON text, by name; the name is kept with an import so that its rejects can be read again. */
export interface Format {
  name: 'ndjson' | 'cloudevents' | 'cdevents'
  parse(raw: string): Parsed
}

/** The formats: `ndjson` recognises all three, the others accept their own alone. */
export const FORMATS: readonly Format[] = [
  { name: 'ndjson', parse: (raw) => parseText(raw, readAny) },
  { name: 'cloudevents', parse: (raw) => parseText(raw, (value) => (isCdEvent(value) ? parseCdEvent(value) : parseCloudEvent(value))) },
  { name: 'cdevents', parse: (raw) => parseText(raw, (value) => (isCloudEvent(value) ? parseCloudEvent(value) : parseCdEvent(value))) },
]

/** One JSON text to a record, or to what is wrong with it and the text itself. */
export function parseText(raw: string, read: (value: unknown) => Read = readAny): Parsed {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch (error) {
    return { reject: { raw: kept(raw), problem: notJson(error) } }
  }
  const record = readValue(value, read)
  return record.ok ? { record: record.value } : { reject: { raw: kept(raw), problem: firstOf(record.problems) } }
}

/** One JSON value as whatever it has the shape of. */
export function readValue(value: unknown, read: (value: unknown) => Read = readAny): Read {
  const tooDeep = depthProblem(value)
  return tooDeep ? { ok: false, problems: [tooDeep] } : read(value)
}

/** An object is ours when it says one of our kinds, otherwise a CloudEvent or CDEvent when it has the shape of one. */
function readAny(value: unknown): Read {
  if (typeof value === 'object' && value !== null && !('kind' in value && EVIDENCE_KINDS.some((kind) => kind === value.kind))) {
    if (isCloudEvent(value)) return parseCloudEvent(value)
    if (isCdEvent(value)) return parseCdEvent(value)
  }
  return parseEvidence(value)
}

function notJson(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  const place = /at position (\d+)/.exec(message)
  const why = message.replace(/ in JSON at position \d+.*$| \(line \d+ column \d+\)$/, '').replace(/, ".*$/s, '')
  return {
    code: 'ndjson.not_json',
    severity: 'error',
    message: `The record is not JSON: ${why}`,
    fix: 'Write one JSON object a line, in double quotes, without comments or trailing commas.',
    ...(place ? { column: Number(place[1]) + 1 } : {}),
  }
}
