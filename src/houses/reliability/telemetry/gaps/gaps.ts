/** What a service reveals of its health, or does not. */
export interface Reveals {
  metrics: boolean
  traces: boolean
  logs: boolean
  structuredLogs: boolean
  correlatedLogs: boolean
  slo: boolean
}

/** One thing that is missing, why it matters and what brings it. */
export interface Missing {
  code: 'traces' | 'metrics' | 'logs' | 'structured_logs' | 'correlated_logs' | 'slo'
  why: string
  fix: string
}

/**
 * What a service does not reveal, in the order to bring it: a promise needs something it is measured by first. Structured and correlated are asked of logs that come; where
 * none come, logs are what is missing.
 */
export function missingOf(reveals: Reveals): Missing[] {
  const isMeasured = reveals.traces || reveals.metrics
  return [
    ...(reveals.slo || !isMeasured ? [] : [SLO]),
    ...(reveals.traces ? [] : [TRACES]),
    ...(reveals.metrics ? [] : [METRICS]),
    ...(reveals.slo || isMeasured ? [] : [SLO]),
    ...(reveals.logs ? [...(reveals.structuredLogs ? [] : [STRUCTURED]), ...(reveals.correlatedLogs ? [] : [CORRELATED])] : [LOGS]),
  ]
}

/** Services with the most that is hidden from the most others first. */
export function byReach(
  a: { missing: readonly unknown[]; dependents: number; ref: string },
  b: { missing: readonly unknown[]; dependents: number; ref: string },
): number {
  const weight = ({ missing, dependents }: typeof a) => missing.length * (1 + dependents)
  return weight(b) - weight(a) || b.dependents - a.dependents || (a.ref < b.ref ? -1 : 1)
}

const SDK = 'Start it with an OpenTelemetry SDK and OTEL_EXPORTER_OTLP_ENDPOINT set to this server'
const SLO: Missing = {
  code: 'slo',
  why: 'Nobody has said how good is good enough, so nobody can tell whether it is well.',
  fix: 'Write an SLO about it (kind SLO, openslo/v1) and apply it, or make one on the reliability page.',
}
const TRACES: Missing = { code: 'traces', why: 'What it calls, and who calls it, can only be guessed.', fix: `${SDK}; its traces follow.` }
const METRICS: Missing = {
  code: 'metrics',
  why: 'How much it does and how well is not known between two failures.',
  fix: `${SDK}, or connect the Prometheus that reads it.`,
}
const LOGS: Missing = {
  code: 'logs',
  why: 'What it complains of is seen by whoever looks on its machine, and by nobody else.',
  fix: 'Send its logs over OTLP: a logging library with an OpenTelemetry appender, or a Collector.',
}
const STRUCTURED: Missing = {
  code: 'structured_logs',
  why: 'Its lines are text alone, so nothing in them can be looked for by name.',
  fix: 'Give what varies as attributes of the record and not as part of the message.',
}
const CORRELATED: Missing = {
  code: 'correlated_logs',
  why: 'No line of it says which request it was written for.',
  fix: 'Let the OpenTelemetry appender of its logging library add the trace id.',
}
