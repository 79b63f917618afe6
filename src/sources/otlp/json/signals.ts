import { type LogRecord, type MetricPoint, type Span, SPAN_KINDS } from '../../../ground/intake/index.ts'
import { attributesOf, fieldsOf, idOf, isRead, itemsIn, listOf, numberOf, textOf, timeOf, valueText } from './walk.ts'

const any = () => true
const CUMULATIVE = 2
const SHAPES = { gauge: 'gauge', sum: 'sum', histogram: 'histogram', exponentialHistogram: 'other', summary: 'other' } as const

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

/** Points of an ExportMetricsServiceRequest in JSON. */
export function* metricsInJson(body: unknown): Generator<MetricPoint> {
  for (const { resource, item, where } of itemsIn(body, ['resourceMetrics', 'scopeMetrics', 'metrics'])) {
    const metric = textOf(item.name, `${where}.name`)
    for (const [shape, kind] of Object.entries(SHAPES)) {
      if (item[shape] === undefined || item[shape] === null) continue
      const data = fieldsOf(item[shape], `${where}.${shape}`)
      const isCumulative = numberOf(data.aggregationTemporality, `${where}.${shape}.aggregationTemporality`) === CUMULATIVE
      for (const [n, one] of listOf(data.dataPoints, `${where}.${shape}.dataPoints`).entries()) {
        const place = `${where}.${shape}.dataPoints[${n}]`
        const point = fieldsOf(one, place)
        const numbers = (name: string) =>
          listOf(point[name], `${place}.${name}`).map((number, m) => numberOf(number, `${place}.${name}[${m}]`))
        const counts = numbers('bucketCounts')
        yield {
          resource,
          metric,
          attributes: attributesOf(point.attributes, `${place}.attributes`, any),
          start: timeOf(point.startTimeUnixNano, `${place}.startTimeUnixNano`),
          at: timeOf(point.timeUnixNano, `${place}.timeUnixNano`),
          isCumulative,
          value: numberOf(point.asDouble ?? point.asInt ?? point.count, `${place}.value`),
          kind,
          ...(kind === 'histogram' && counts.length > 0 ? { buckets: { bounds: numbers('explicitBounds'), counts } } : {}),
        }
      }
    }
  }
}
