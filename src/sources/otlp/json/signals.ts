import { type LogRecord, type Span, SPAN_KINDS } from '../../../ground/intake/index.ts'
import { any, attributesOf, fieldsOf, idOf, isRead, itemsIn, listOf, numberOf, textOf, timeOf, valueText } from './walk.ts'

/** Spans of an ExportTraceServiceRequest in JSON. */
export function* spansInJson(body: unknown): Generator<Span> {
  for (const { resource, item, where } of itemsIn(body, ['resourceSpans', 'scopeSpans', 'spans'])) {
    const status = item.status === undefined || item.status === null ? {} : fieldsOf(item.status, `${where}.status`)
    yield {
      resource,
      name: textOf(item.name, `${where}.name`),
      kind: SPAN_KINDS[numberOf(item.kind, `${where}.kind`)] ?? 'internal',
      traceId: idOf(item.traceId, 16, `${where}.traceId`),
      spanId: idOf(item.spanId, 8, `${where}.spanId`),
      parentId: idOf(item.parentSpanId, 8, `${where}.parentSpanId`),
      links: listOf(item.links, `${where}.links`)
        .slice(0, 32)
        .flatMap((link, n) => idOf(fieldsOf(link, `${where}.links[${n}]`).spanId, 8, `${where}.links[${n}].spanId`) ?? []),
      start: timeOf(item.startTimeUnixNano, `${where}.startTimeUnixNano`),
      end: timeOf(item.endTimeUnixNano, `${where}.endTimeUnixNano`),
      isError: numberOf(status.code, `${where}.status.code`) === 2,
      attributes: attributesOf(item.attributes, `${where}.attributes`, isRead),
    }
  }
}

/** Records of an ExportLogsServiceRequest in JSON. */
export function* logsInJson(body: unknown): Generator<LogRecord> {
  for (const { resource, item, where } of itemsIn(body, ['resourceLogs', 'scopeLogs', 'logRecords'])) {
    const fields = attributesOf(item.attributes, `${where}.attributes`, any)
    const text = valueText(item.body, `${where}.body`)
    const hasBody = item.body !== undefined && item.body !== null
    yield {
      resource,
      at: timeOf(item.timeUnixNano, `${where}.timeUnixNano`) || timeOf(item.observedTimeUnixNano, `${where}.observedTimeUnixNano`),
      severity: numberOf(item.severityNumber, `${where}.severityNumber`),
      text,
      isStructured: listOf(item.attributes, `${where}.attributes`).length > 0 || (hasBody && text === null),
      traceId: idOf(item.traceId, 16, `${where}.traceId`),
      values: [...fields.values()],
      attributes: new Map([...fields].filter(([name]) => isRead(name))),
    }
  }
}
