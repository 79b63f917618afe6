import { ok, refuse, type Result } from '../../../../ground/core/index.ts'
import type { Indicator, IndicatorMetrics, MetricSource } from '../../intent/model.ts'

/** Ways a query of an SLI leaves the length of its window open: Sloth's, Grafana's, our own. */
const PLACEHOLDER =
  /\{\{\s*\.window\s*\}\}|\$(?:__rate_interval|__interval|window|step)\b|\$\{(?:__rate_interval|__interval|window|step)\}/g

const STRING = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'`
const SELECTOR = String.raw`[a-zA-Z_:][\w:]*(?:\{(?:${STRING}|[^"'{}])*\})?`
/** `metric{…}`, or a sum of one: `sum(metric{…})`, `sum by (a) (metric{…})`, `sum(metric{…}) by (a)`. */
const PLAIN = new RegExp(
  String.raw`^(sum\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\()?\s*(${SELECTOR})\s*(\)(?:\s*(?:by|without)\s*\([^()]*\))?)?$`,
)

/** Text of a query, where the document has one. */
export function queryOf({ type, spec }: MetricSource): Result<string> {
  if (type !== 'prometheus')
    return refuse('slo.other_source', `Its numbers come from "${type}"`, {
      fix: 'Only indicators whose source has the type Prometheus become rules.',
    })
  const stated = spec.query ?? spec.promql ?? spec.expr
  if (typeof stated !== 'string' || stated.trim() === '')
    return refuse('slo.no_query', 'Its source states no query', { fix: 'Write spec.query with an expression of Prometheus.' })
  return ok(stated.trim())
}

/** Whether the length of the window is open in it. */
export function isOpen(query: string): boolean {
  return query.search(PLACEHOLDER) >= 0
}

/**
 * A query over a window. Where its length is not left open, a series of counters, or a sum of it, becomes its rate; what is more
 * than that becomes the rate of a subquery by minutes, which sees a restart of one counter only in the sum.
 */
export function over(query: string, window: string, counter: boolean, change: 'rate' | 'increase' = 'rate'): string {
  if (isOpen(query)) return query.replaceAll(PLACEHOLDER, window)
  if (!counter) return `sum_over_time((${query})[${window}:1m])`
  const [, open, selector, close] = PLAIN.exec(query) ?? []
  if (selector === undefined || (open === undefined) !== (close === undefined))
    return `${change}((${query})[${window}:${change === 'rate' ? '1m' : '15s'}])`
  return open === undefined ? `sum(${change}(${selector}[${window}]))` : `${open}${change}(${selector}[${window}])${close}`
}

/** A value over a window: its mean by minutes, where the length is not left open. */
function mean(query: string, window: string): string {
  return isOpen(query) ? query.replaceAll(PLACEHOLDER, window) : `avg_over_time((${query})[${window}:1m])`
}

/** Operators of OpenSLO in PromQL. */
const OPERATORS = { lte: '<=', gte: '>=', lt: '<', gt: '>' } as const

/** The window a value is looked at by, where its query leaves it open and each minute is judged for itself. */
const LOOK = '5m'

/** Expression of the share of bad over a window. */
export function errorRatio({ metrics }: Indicator, window: string): Result<string> {
  if (metrics === null)
    return refuse('slo.samples_sent', 'Its samples are sent here', { fix: 'Prometheus has nothing to ask: its alerts are ours.' })
  return errorOf(metrics, window)
}

function errorOf(metrics: IndicatorMetrics, window: string): Result<string> {
  if (metrics.kind === 'ratio') {
    const total = queryOf(metrics.total)
    if (!total.ok) return total
    const part = metrics.bad ?? metrics.good
    const counted = part ? queryOf(part) : refuse<string>('slo.no_query', 'It says neither what is good nor what is bad')
    if (!counted.ok) return counted
    const ratio = `(${over(counted.value, window, metrics.counter)})\n/\n(${over(total.value, window, metrics.counter)})`
    return ok(metrics.bad ? ratio : `1 - (\n${ratio}\n)`)
  }
  if (metrics.kind === 'raw') {
    const raw = queryOf(metrics.raw)
    if (!raw.ok) return raw
    return ok(metrics.rawType === 'failure' ? `(${mean(raw.value, window)})` : `1 - (${mean(raw.value, window)})`)
  }
  const value = queryOf(metrics.threshold)
  if (!value.ok) return value
  const query = value.value.replaceAll(PLACEHOLDER, LOOK)
  return ok(`1 - avg_over_time(((${query}) ${OPERATORS[metrics.op]} bool ${metrics.value})[${window}:1m])`)
}

/** What was counted in a window; where the document's own query says a rate, that rate (`isPerSecond`). */
export function increaseOver(query: string, window: string, counter: boolean): string {
  return over(query, window, counter, 'increase')
}

/** Whether an open query gives a rate a second rather than a count. */
export function isPerSecond(query: string): boolean {
  return isOpen(query) && /\bi?rate\s*\(/.test(query)
}

/** Expression of how many events there were in a window; null where nobody says. */
export function eventsOver({ metrics }: Indicator, window: string, seconds: number): string | null {
  const query = metrics?.kind === 'ratio' ? queryOf(metrics.total) : null
  if (metrics?.kind !== 'ratio' || !query?.ok) return null
  const counted = increaseOver(query.value, window, metrics.counter)
  return isPerSecond(query.value) ? `(${counted}) * ${seconds}` : counted
}

/** Expression of the share of good over a window, where nobody says of how many. */
export function goodShare(metrics: Exclude<IndicatorMetrics, { kind: 'ratio' }>, window: string): Result<string> {
  const errors = errorOf(metrics, window)
  return errors.ok ? ok(`1 - (${errors.value})`) : errors
}
