import { DAY, HOUR, MINUTE, ok, type Problem, refName, type Result, SECOND } from '../../../../ground/core/index.ts'
import type { AlertRule, BurnTest } from '../../assess/burn/index.ts'
import type { Objective, Slo } from '../../intent/model.ts'
import { errorRatio, eventsOver } from './queries.ts'

/** A rule as Prometheus reads it (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/). */
export interface PrometheusRule {
  record?: string
  alert?: string
  expr: string
  for?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

export interface RuleGroup {
  name: string
  rules: PrometheusRule[]
}

/** A promise with the rules its alerts go by. */
export interface RuledSlo {
  slo: Slo
  /** Place of the objective. */
  place: number
  rules: readonly (AlertRule & { onSilence?: boolean })[]
  /** Milliseconds of the budget's period. */
  period: number
  runbook: string | null
}

/** A promise no rules can be written for, and why. */
export interface Unruled {
  slo: string
  objective: string
  problems: Problem[]
}

/** Windows that are recorded whatever the alerts look at, so that pages about a promise find them. */
const ALWAYS = [5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY]
/** The period is put together from records of this length, as is common; `exact` asks for all events of the period instead. */
const BASE = '5m'

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/**
 * Recording rules and alerts of one objective: error ratios by window, what was promised, burn, alerts. They are one group, whose
 * rules are evaluated in their order, so that an alert sees the records of its own round.
 */
export function ruleGroup(ruled: RuledSlo, { exact = false }: { exact?: boolean } = {}): Result<RuleGroup> {
  const { slo, place, rules, period } = ruled
  const objective = slo.objectives[place]!
  const windows = [...new Set([...ALWAYS, ...rules.flatMap(({ anyOf }) => anyOf.flatMap((test) => test.windows))])].sort((a, b) => a - b)
  const of = labelsOf(slo, objective)
  const records: PrometheusRule[] = []
  for (const window of windows) {
    const ratio = errorRatio(objective.indicator, lengthText(window))
    if (!ratio.ok) return ratio
    records.push({ record: recordOf(window), expr: ratio.value, labels: { ...of, slo_window: lengthText(window) } })
  }
  const whole = exact ? errorRatio(objective.indicator, lengthText(period)) : ok(meanOfRecords(of, lengthText(period)))
  if (!whole.ok) return whole
  if (!windows.includes(period))
    records.push({ record: recordOf(period), expr: whole.value, labels: { ...of, slo_window: lengthText(period) } })
  const name = `${refName(slo.ref)}${slo.objectives.length > 1 ? `-${objective.name}` : ''}`
  const alerts = rules.flatMap((rule) => [alertRule(rule, ruled, of), ...(rule.onSilence ? [silenceRule(rule, ruled, of)] : [])])
  return ok({ name: `slo-${name}`, rules: [...records, ...budgetRules(of, objective.target, period), ...alerts] })
}

function labelsOf({ ref, service }: Slo, { name }: Objective): Record<string, string> {
  return { slo: ref, slo_service: service, slo_objective: name }
}

/** Length in the largest unit that leaves no rest: `5m`, `84m`, `3d` (PromQL, "Time durations"). */
export function lengthText(milliseconds: number): string {
  for (const [length, unit] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'm'],
  ] as const)
    if (milliseconds % length === 0) return `${milliseconds / length}${unit}`
  return `${Math.round(milliseconds / SECOND)}s`
}

function recordOf(window: number): string {
  return `slo:error_ratio:rate${lengthText(window)}`
}

function seriesOf(record: string, labels: Record<string, string>): string {
  return `${record}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`
}

/** The mean of the ratios of five minutes: cheap, and wrong where traffic is uneven; the exact way is asked for by name. */
function meanOfRecords(of: Record<string, string>, period: string): string {
  const series = seriesOf(`slo:error_ratio:rate${BASE}`, { ...of, slo_window: BASE })
  return `sum_over_time(${series}[${period}])\n/ ignoring (slo_window)\ncount_over_time(${series}[${period}])`
}

function budgetRules(of: Record<string, string>, target: number, period: number): PrometheusRule[] {
  const on = '/ on (slo, slo_objective, slo_service) group_left'
  const budget = seriesOf('slo:error_budget:ratio', of)
  return [
    { record: 'slo:objective:ratio', expr: `vector(${target})`, labels: of },
    { record: 'slo:error_budget:ratio', expr: `vector(${budgetOf(target)})`, labels: of },
    { record: 'slo:period:days', expr: `vector(${period / DAY})`, labels: of },
    { record: 'slo:burn_rate:current', expr: `${seriesOf(recordOf(5 * MINUTE), of)}\n${on}\n${budget}`, labels: of },
    { record: 'slo:burn_rate:period', expr: `${seriesOf(recordOf(period), of)}\n${on}\n${budget}`, labels: of },
    { record: 'slo:error_budget:remaining', expr: `1 - ${seriesOf('slo:burn_rate:period', of)}`, labels: of },
  ]
}

/** 1 − target without the noise of binary fractions: 0.001, not 0.0010000000000000009. */
export function budgetOf(target: number): number {
  return Number((1 - target).toPrecision(12))
}

function alertRule(rule: AlertRule, { slo, place, runbook }: RuledSlo, of: Record<string, string>): PrometheusRule {
  const { target, name } = slo.objectives[place]!
  const promise = `${slo.title}${slo.objectives.length > 1 ? ` (${name})` : ''}`
  const all = (test: BurnTest) =>
    test.windows
      .toReversed()
      .map(
        (window) =>
          `max without (slo_window) (${seriesOf(recordOf(window), of)} ${OPERATORS[test.op]} (${test.threshold} * ${budgetOf(target)}))`,
      )
      .join('\n  and\n  ') + guardOf(slo, place, Math.max(...test.windows))
  return {
    alert: 'SloBurnRate',
    expr: rule.anyOf.map((test) => `(\n  ${all(test)}\n)`).join('\nor\n'),
    ...(rule.after > 0 ? { for: lengthText(rule.after) } : {}),
    // Also what its series say themselves: by name and labels alone promtool takes alerts of two promises for one.
    labels: { ...of, severity: rule.severity, slo_rule: rule.key },
    annotations: {
      summary: `${refName(slo.service)}: ${plain(promise)} burns its error budget too fast`,
      description: `Promised ${plain(`${Number((target * 100).toPrecision(12))} %`)} over ${slo.window.text}. The error ratio is {{ $value | humanizePercentage }}.`,
      ...(runbook ? { runbook_url: plain(runbook) } : {}),
    },
  }
}

/** With fewer events in the long window nothing is said of a burn (`throughline.dev/minimum-events`), as far as the document says how many there are. */
function guardOf({ leastEvents, objectives }: Slo, place: number, window: number): string {
  const events = leastEvents > 0 ? eventsOver(objectives[place]!.indicator, lengthText(window), window / SECOND) : null
  return events === null ? '' : `\n  and on ()\n  (${events} >= ${leastEvents})`
}

/** `alertWhenNoData` of OpenSLO: fires where the ratio over the longest window of a condition is not there. */
function silenceRule(rule: AlertRule, { slo, runbook }: RuledSlo, of: Record<string, string>): PrometheusRule {
  const window = Math.max(...rule.anyOf.flatMap(({ windows }) => windows))
  return {
    alert: 'SloSilence',
    expr: `absent(${seriesOf(recordOf(window), of)})`,
    ...(rule.after > 0 ? { for: lengthText(rule.after) } : {}),
    labels: { ...of, severity: rule.severity, slo_rule: rule.key },
    annotations: {
      summary: `${refName(slo.service)}: nothing is known of ${plain(slo.title)}`,
      description: `No samples came in ${lengthText(window)}, and its policy takes that for burning (alertWhenNoData).`,
      ...(runbook ? { runbook_url: plain(runbook) } : {}),
    },
  }
}

/** Prometheus reads annotations as templates: braces of a title are no template of ours. */
function plain(text: string): string {
  return text.replaceAll('{{', '{ {')
}
