import type { LogRecord } from '../../../ground/intake/index.ts'
import { any, isRead, itemsIn, readAttribute, valueText } from './attributes.ts'
import { Reader } from './reader.ts'

const NANOSECONDS = 1e6

/** Records of an ExportLogsServiceRequest (opentelemetry-proto 1.x, logs.proto). */
export function* logsIn(body: Buffer): Generator<LogRecord> {
  for (const { resource, item } of itemsIn(new Reader(body))) yield logOf(resource, item)
}

function logOf(resource: LogRecord['resource'], reader: Reader): LogRecord {
  const fields = new Map<string, string>()
  let happened = 0
  let observed = 0
  let severity = 0
  let text: string | null = null
  let hasBody = false
  let hasFields = false
  let traceId: string | null = null
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        happened = reader.fixed64()
        break
      case 2:
        severity = reader.varint()
        break
      case 5:
        hasBody = true
        text = valueText(reader)
        break
      case 6:
        hasFields = true
        readAttribute(reader, fields, any)
        break
      case 9:
        traceId = reader.id(16)
        break
      case 11:
        observed = reader.fixed64()
        break
      default:
        reader.skip()
    }
  }
  return {
    resource,
    at: (happened || observed) / NANOSECONDS,
    severity,
    text,
    isStructured: hasFields || (hasBody && text === null),
    traceId,
    values: [...fields.values()],
    attributes: new Map([...fields].filter(([name]) => isRead(name))),
  }
}
