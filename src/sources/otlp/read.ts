import { Refusal } from '../../ground/core/index.ts'
import type { LogRecord, MetricPoint, Span } from '../../ground/intake/index.ts'
import { metricsInJson } from './json/metrics.ts'
import { logsInJson, spansInJson } from './json/signals.ts'
import { logsIn } from './wire/logs.ts'
import { metricsIn } from './wire/metrics.ts'
import { UnreadableBytes } from './wire/reader.ts'
import { spansIn } from './wire/spans.ts'

export type Encoding = 'protobuf' | 'json'
export type Signal = keyof Items

interface Items {
  traces: Span
  metrics: MetricPoint
  logs: LogRecord
}

const WIRE: { [S in Signal]: (body: Buffer) => Iterable<Items[S]> } = { traces: spansIn, metrics: metricsIn, logs: logsIn }
const JSON_READERS: { [S in Signal]: (body: unknown) => Iterable<Items[S]> } = {
  traces: spansInJson,
  metrics: metricsInJson,
  logs: logsInJson,
}

/**
 * Reads a request item by item, as they are asked for.
 * Refuses (`otlp.unreadable`) when it comes to a place that is no such request; what came before it is then not to be used.
 */
export function* readSignal<S extends Signal>(signal: S, encoding: Encoding, body: Buffer): Generator<Items[S]> {
  try {
    yield* encoding === 'json' ? JSON_READERS[signal](JSON.parse(body.toString('utf8'))) : WIRE[signal](body)
  } catch (error) {
    if (error instanceof UnreadableBytes || error instanceof SyntaxError)
      throw new Refusal('otlp.unreadable', `This is no export request of ${signal} in ${encoding}: ${error.message}.`, {
        fix: 'Send what an OpenTelemetry SDK or Collector sends over OTLP/HTTP, with the content-type that fits it.',
      })
    throw error
  }
}
