import { formatQuantity } from '../../../ui/figure/index.ts'
import type { Gaps } from './asks.ts'

export type Service = Gaps['services'][number]

/** What is missing, as a head or in a sentence. */
export const MISSING_WORDS: Record<string, string> = {
  slo: 'SLO',
  traces: 'traces',
  metrics: 'metrics',
  logs: 'logs',
  structured_logs: 'structured logs',
  correlated_logs: 'logs with trace ids',
}

/** "3 of 12 services reveal all of their health. identity hides most from most: …" */
export function answerOf({ services, whole }: Gaps): string {
  if (services.length === 0) return 'Unknown: no service is declared here, and none sends telemetry.'
  const reveal = `${whole} of ${services.length} services ${whole === 1 ? 'reveals' : 'reveal'} all of their health.`
  const [first] = services
  if (!first || first.missing.length === 0) return reveal
  const missing = first.missing.map(({ code }) => `no ${MISSING_WORDS[code] ?? code}`).join(', ')
  const others =
    first.dependents === 0 ? '' : `, on which ${first.dependents} ${first.dependents === 1 ? 'other depends' : 'others depend'}`
  return `${reveal} Begin with ${first.title}${others}: ${missing}.`
}

/** Calls that failed, of all: "0.4 %"; nothing where there were none. */
export function failedWords(calls: number, errors: number): string {
  return calls === 0 ? '' : `${formatQuantity(errors / calls, 'ratio')} failed`
}

/** A duration in milliseconds as people read it. */
export function durationWords(ms: number | null): string {
  if (ms === null) return 'unknown'
  return ms < 1_000 ? `${Number(ms.toPrecision(2))}\u00a0ms` : formatQuantity(ms / 1_000, 's')
}
