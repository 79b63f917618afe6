import { type Span, SPAN_KINDS } from '../../../ground/intake/index.ts'
import { isRead, itemsIn, readAttribute } from './attributes.ts'
import { Reader } from './reader.ts'

const NANOSECONDS = 1e6
/** Links beyond these are not followed. */
const MOST_LINKS = 32

/** Spans of an ExportTraceServiceRequest (opentelemetry-proto 1.x, trace.proto). */
export function* spansIn(body: Buffer): Generator<Span> {
  for (const { resource, item } of itemsIn(new Reader(body))) yield spanOf(resource, item)
}

function spanOf(resource: Span['resource'], reader: Reader): Span {
  const attributes = new Map<string, string>()
  const span = { resource, name: '', kind: SPAN_KINDS[0] as Span['kind'], start: 0, end: 0, isError: false, attributes }
  let traceId: string | null = null
  let spanId: string | null = null
  let parentId: string | null = null
  let links: string[] | null = null
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        traceId = reader.id(16)
        break
      case 2:
        spanId = reader.id(8)
        break
      case 4:
        parentId = reader.id(8)
        break
      case 5:
        span.name = reader.text()
        break
      case 6:
        span.kind = SPAN_KINDS[reader.varint()] ?? 'internal'
        break
      case 7:
        span.start = reader.fixed64() / NANOSECONDS
        break
      case 8:
        span.end = reader.fixed64() / NANOSECONDS
        break
      case 9:
        readAttribute(reader, attributes, isRead)
        break
      case 13:
        readLink(reader, (links ??= []))
        break
      case 15:
        span.isError = statusOf(reader) === 2
        break
      default:
        reader.skip()
    }
  }
  return { ...span, traceId, spanId, parentId, links: links ?? NONE }
}

const NONE: readonly string[] = []

function readLink(reader: Reader, into: string[]): void {
  const outer = reader.enter()
  while (reader.next()) {
    const id = reader.field === 2 ? reader.id(8) : reader.skip()
    if (id && into.length < MOST_LINKS) into.push(id)
  }
  reader.leave(outer)
}

function statusOf(reader: Reader): number {
  let code = 0
  const outer = reader.enter()
  while (reader.next()) {
    if (reader.field === 3) code = reader.varint()
    else reader.skip()
  }
  reader.leave(outer)
  return code
}
