import { DAY, HOUR, type Instant, type Ref } from '../../../../ground/core/index.ts'
import type { LogRecord, MetricPoint } from '../../../../ground/intake/index.ts'
import { CallCount } from '../assess/calls.ts'
import { SpanCount } from '../assess/count-spans.ts'
import { maskedText, type PatternLines, type Patterns, severityOf } from '../assess/patterns.ts'

/** The three signals of OpenTelemetry. */
export type Signal = 'traces' | 'metrics' | 'logs'
/** What a service may reveal of itself. */
export type Revealed = Signal | 'structured_logs' | 'correlated_logs'

/** How long minutes are kept before they are added up to hours. */
export const MINUTES_KEPT = 8 * DAY
/** How far ahead a sender's clock may be. */
const AHEAD = HOUR

/** A point of a metric that an indicator of the service asks for. */
export interface TakenPoint {
  service: Ref
  /** Tells it from other series of that metric. */
  series: string
  point: MetricPoint
}

/** What one body says, counted. */
export class Body {
  readonly hash: string
  readonly now: Instant
  readonly spans = new SpanCount()
  readonly calls = new CallCount()
  readonly patterns = new Map<string, PatternLines>()
  /** Points of metrics that indicators ask for. */
  readonly points: TakenPoint[] = []
  /** Items by service and what they reveal. */
  readonly revealed = new Map<string, { service: Ref; signal: Revealed; items: number; lastAt: Instant }>()
  /** Items that could not be counted, by reason. */
  readonly #rejected = new Map<string, number>()

  /** @param hash name of its bytes */
  constructor(hash: string, now: Instant) {
    this.hash = hash
    this.now = now
  }

  /** Whether a moment can be counted; if not, the item is rejected. */
  admits(at: Instant): boolean {
    if (at >= this.now - MINUTES_KEPT && at <= this.now + AHEAD) return true
    if (at === 0) this.reject('have no time')
    else if (at > this.now) this.reject('are of the future: is the clock of the sender right?')
    else this.reject(`are older than ${MINUTES_KEPT / DAY} days, which is as long as minutes are kept`)
    return false
  }

  reject(why: string): void {
    this.#rejected.set(why, (this.#rejected.get(why) ?? 0) + 1)
  }

  reveal(service: Ref, signal: Revealed, at: Instant): void {
    const key = `${service}\n${signal}`
    const found = this.revealed.get(key)
    if (!found) this.revealed.set(key, { service, signal, items: 1, lastAt: at })
    else {
      found.items += 1
      if (at > found.lastAt) found.lastAt = at
    }
  }

  /** Notes the pattern of a line that complains of something. */
  complain(service: Ref, record: LogRecord, patterns: Patterns): void {
    const severity = severityOf(record.severity)
    if (severity === null) return
    const { id, template } = patterns.of(service, maskedText(record))
    const hour = Math.floor(record.at / HOUR) * HOUR
    const key = `${service}\n${id}\n${hour}`
    const found = this.patterns.get(key)
    if (!found) {
      this.patterns.set(key, {
        service,
        id,
        template,
        severity,
        hour,
        lines: 1,
        firstAt: record.at,
        lastAt: record.at,
        trace: record.traceId,
      })
      return
    }
    found.lines += 1
    found.template = template
    found.lastAt = Math.max(found.lastAt, record.at)
    found.trace = record.traceId ?? found.trace
  }

  /** How many items were not counted, and why, for the answer. */
  rejection(): { rejected: number; why: string } {
    const reasons = [...this.#rejected]
    const rejected = reasons.reduce((sum, [, items]) => sum + items, 0)
    return { rejected, why: reasons.map(([why, items]) => `${items} ${why}`).join('; ') }
  }
}
