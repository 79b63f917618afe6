/**
 * Documents of our own making that each break a rule of OpenSLO v1 (https://github.com/OpenSLO/OpenSLO/blob/main/README.md;
 * what only go-sdk refuses: https://github.com/OpenSLO/go-sdk, pkg/openslo/v1). A comment stands where the rule is told:
 * `# refused rule`, `# strict rule` (refused by go-sdk, a remark else) or `# remark rule`.
 */
const SLO = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: orders
spec:
  service: checkout
  indicator:
    metadata:
      name: answered
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: good } } }
        total: { metricSource: { type: Prometheus, spec: { query: all } } }
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.99
  alertPolicies:
    - kind: AlertPolicy
      metadata:
        name: burning
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata:
              name: fast
            spec:
              severity: page
              condition:
                kind: burnrate
                op: gt
                threshold: 14.4
                lookbackWindow: 1h
                alertAfter: 5m
        notificationTargets:
          - kind: AlertNotificationTarget
            metadata:
              name: chat
            spec:
              target: slack
`
const SLICES = edited(SLO, 'budgetingMethod: Occurrences', 'budgetingMethod: Timeslices').replace(
  '    - target: 0.99\n',
  '    - target: 0.99\n      timeSliceTarget: 0.95\n      timeSliceWindow: 5m\n',
)
const INDICATOR = /  indicator:[\s\S]*?(?=  timeWindow)/.exec(SLO)![0]
const METRICS = /      ratioMetric:[\s\S]*?(?=  timeWindow)/.exec(SLO)![0]
const POLICY = /    - kind: AlertPolicy[\s\S]*$/.exec(SLO)![0]
const THRESHOLD = edited(SLO, METRICS, '      thresholdMetric: { metricSource: { type: Prometheus, spec: { query: p99 } } }\n')
const WINDOW = '    - duration: 28d\n      isRolling: true\n'
const SOURCE = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: ${query} } } }`
const calendar = (start: string, zone: string) =>
  edited(SLO, WINDOW, `    - duration: 1M\n      calendar:\n        startTime: ${start}\n        timeZone: ${zone}\n`)
const other = (kind: string, spec: string) => `apiVersion: openslo/v1\nkind: ${kind}\nmetadata:\n  name: other\nspec:\n${spec}`

/** Nothing is to be said of these. */
export const SOUND: readonly string[] = [
  SLO,
  SLICES,
  calendar('2026-01-01 00:00:00', 'Europe/Berlin'),
  edited(THRESHOLD, '- target: 0.99', '- targetPercent: 99.5\n      op: lte\n      value: 0.3'),
  edited(SLO, INDICATOR, '  indicatorRef: answered\n'),
  edited(
    edited(SLO, INDICATOR, ''),
    '- target: 0.99',
    '- target: 0.99\n      indicatorRef: a\n    - target: 0.9\n      indicatorRef: b\n      compositeWeight: 0.5',
  ),
  edited(SLO, 'alertPolicies:', 'alertPolicies: null\n---\n').split('---')[0]!,
  other('DataSource', '  type: Prometheus\n  connectionDetails: { url: https://metrics.example.org }\n'),
  other('SLI', `  ratioMetric:\n    rawType: failure\n    raw: ${SOURCE('errors')}\n`),
  other('Service', '  description: Takes orders.\n'),
]

export const BROKEN: readonly string[] = [
  // What every document has.
  edited(SLO, 'name: orders', 'name: Orders_1 # strict name_dns_label'),
  edited(SLO, 'name: orders', `name: orders\n  displayName: ${'long '.repeat(13)} # strict display_name_length`),
  edited(SLO, 'name: orders', 'name: orders\n  labels:\n    example.org/team: [a, b] # strict label_key'),
  edited(SLO, 'name: answered', 'name: answered\n      annotations:\n        Example.org/key: a # strict annotation_key'),
  edited(SLO, 'name: orders', 'name: orders\n  annotations:\n    throughline.dev/no-data: perhaps # refused no_data'),
  edited(SLO, 'name: orders', 'name: orders\n  annotations:\n    throughline.dev/minimum-events: "1.5" # refused minimum_events'),
  edited(SLO, 'name: orders', 'name: orders\n  namespace: shop # strict unknown_field'),
  edited(SLO, 'service: checkout', `service: checkout\n  description: ${'x'.repeat(1051)} # refused description_length`),
  edited(SLO, 'counter: true', 'counter: true\n        querry: 1 # strict unknown_field'),
  // SLO.
  edited(SLO, 'service: checkout', 'service: Web shop # remark service_name'),
  edited(SLO, 'service: checkout', "service: '' # refused service_empty"),
  edited(edited(SLO, 'spec:', 'spec: # refused required'), '  service: checkout\n', ''),
  edited(SLO, 'service: checkout', 'service: 7 # refused type'),
  edited(SLO, 'Occurrences', 'Sometimes # refused one_of'),
  edited(edited(SLO, INDICATOR, ''), 'spec:', 'spec: # refused indicator_missing'),
  edited(SLO, '- target: 0.99', '- target: 0.99 # refused indicator_twice\n      indicatorRef: answered'),
  edited(SLO, 'timeWindow:', 'indicatorRef: answered # refused indicator_xor\n  timeWindow:'),
  edited(edited(SLO, INDICATOR, ''), '- target: 0.99', '- target: 0.99\n      indicatorRef: a\n    - target: 0.9 # refused composite_part'),
  edited(edited(SLO, `  timeWindow:\n${WINDOW}`, ''), 'spec:', 'spec: # strict time_window_missing'),
  edited(SLO, WINDOW, `${WINDOW}    - duration: 7d # refused time_window_one\n      isRolling: true\n`),
  edited(SLO, 'duration: 28d', 'duration: 28 days # refused duration'),
  edited(SLO, 'duration: 28d', 'duration: 5m # remark window_of_minutes'),
  edited(
    SLO,
    'isRolling: true',
    'isRolling: true\n      calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } # refused rolling_calendar',
  ),
  edited(SLO, 'isRolling: true', 'isRolling: false # refused calendar_missing'),
  edited(SLO, WINDOW, '    - duration: 28d # strict rolling_unstated\n'),
  calendar('2026-02-30 00:00:00 # refused start_time', 'UTC'),
  calendar('2026-01-01T00:00:00 # strict start_time', 'UTC'),
  calendar('2026-01-01 00:00:00', 'Berlin # refused time_zone'),
  edited(SLO, '  objectives:\n    - target: 0.99', '  objectives: [] # refused empty'),
  edited(SLO, '- target: 0.99', '- displayName: Good # refused target_one'),
  edited(SLO, '- target: 0.99', '- target: 0.99\n      targetPercent: 99 # refused target_one'),
  edited(SLO, 'target: 0.99', 'target: 1 # refused target_range'),
  edited(SLO, 'target: 0.99', 'targetPercent: 100 # refused target_range'),
  edited(edited(SLICES, '      timeSliceTarget: 0.95\n', ''), '- target: 0.99', '- target: 0.99 # refused time_slice_target'),
  edited(SLICES, 'timeSliceTarget: 0.95', 'timeSliceTarget: 95 # refused time_slice_target'),
  edited(SLICES, 'timeSliceTarget: 0.95', 'timeSliceTarget: 0 # strict time_slice_target'),
  edited(edited(SLICES, '      timeSliceWindow: 5m\n', ''), '- target: 0.99', '- target: 0.99 # refused time_slice_window'),
  edited(SLICES, 'timeSliceWindow: 5m', 'timeSliceWindow: 5 # strict time_slice_window_number'),
  edited(SLICES, 'timeSliceWindow: 5m', 'timeSliceWindow: 0 # refused duration'),
  edited(SLO, '- target: 0.99', '- target: 0.99\n      timeSliceWindow: 5m # remark slices_unused'),
  edited(SLO, '- target: 0.99', '- target: 0.99\n      compositeWeight: 0 # refused composite_weight'),
  edited(SLO, '- target: 0.99', '- target: 0.99\n      op: gt # strict ratio_forbids_op\n      value: 1 # strict ratio_forbids_op'),
  edited(THRESHOLD, '- target: 0.99', '- target: 0.99 # refused threshold_needs_op'),
  edited(
    THRESHOLD,
    '- target: 0.99',
    '- { target: 0.99, op: lt, value: 1 }\n    - { target: 0.9, op: lt, value: 2 } # remark threshold_one_objective',
  ),
  edited(SLO, POLICY, '    - alertPolicyRef: Burning # strict name_dns_label\n'),
  edited(SLO, POLICY, '    - kind: AlertPolicy # refused alert_policy_xor\n'),
  edited(SLO, 'kind: AlertPolicy', 'kind: SLO # refused inline_kind'),
  edited(SLO, '- kind: AlertPolicy\n      metadata:', '- metadata: # strict inline_kind'),
  edited(SLO, '- kind: AlertPolicy\n      metadata:\n        name: burning', '- kind: AlertPolicy # strict inline_metadata'),
  // SLI.
  edited(SLO, '      ratioMetric:', `      thresholdMetric: ${SOURCE('p99')}\n      ratioMetric: # refused metric_one`).replace(
    '0.99\n',
    '0.99\n      op: lt\n      value: 1\n',
  ),
  edited(SLO, `    spec:\n${METRICS}`, '    spec: {} # refused metric_one\n'),
  edited(edited(SLO, /        total.*\n/.exec(SLO)![0], ''), 'ratioMetric:', 'ratioMetric: # refused ratio_total_or_raw'),
  edited(edited(SLO, /        good.*\n/.exec(SLO)![0], ''), 'ratioMetric:', 'ratioMetric: # refused ratio_good_or_bad'),
  edited(SLO, '        total:', `        bad: ${SOURCE('bad')} # refused ratio_good_or_bad\n        total:`),
  other(
    'SLI',
    `  ratioMetric:\n    rawType: success\n    raw: ${SOURCE('ratio')}\n    good: ${SOURCE('good')} # refused ratio_raw_alone\n`,
  ),
  other('SLI', `  ratioMetric: # refused raw_type\n    raw: ${SOURCE('ratio')}\n`),
  other('SLI', '  thresholdMetric:\n    metricSource: # refused metric_source_spec\n      type: Prometheus\n'),
  other('SLI', '  thresholdMetric:\n    metricSource: # remark metric_source_type\n      spec: { query: p99 }\n'),
  // Alerts.
  edited(SLO, 'severity: page', "severity: '' # refused severity_empty"),
  edited(SLO, 'kind: burnrate', 'kind: errors # refused condition_kind'),
  edited(SLO, 'condition:\n                kind: burnrate', 'condition: # strict condition_kind'),
  edited(SLO, 'op: gt', 'op: lte # remark fires_when_well'),
  edited(SLO, 'threshold: 14.4', 'threshold: 100 # remark alert_unreachable'),
  edited(SLO, 'alertAfter: 5m', 'alertAfter: soon # refused duration'),
  edited(SLO, 'target: slack', "target: ' ' # refused target_empty"),
  edited(SLO, /          - kind: AlertNotificationTarget[\s\S]*$/.exec(SLO)![0], '          - {} # refused target_xor\n'),
  edited(SLO, /notificationTargets:[\s\S]*$/.exec(SLO)![0], 'notificationTargets: [] # refused notification_target_missing\n'),
  other(
    'AlertPolicy',
    '  conditions:\n    - conditionRef: a\n    - conditionRef: b # refused condition_one\n  notificationTargets: [{ targetRef: chat }]\n',
  ),
  other('AlertPolicy', '  conditions:\n    - kind: AlertCondition # refused condition_xor\n  notificationTargets: [{ targetRef: chat }]\n'),
  other(
    'AlertCondition',
    '  severity: page\n  condition: # refused required\n    kind: burnrate\n    threshold: 2\n    lookbackWindow: 1h\n',
  ),
  // What they are told from.
  other('DataSource', "  type: '' # refused type_empty\n  connectionDetails: {}\n"),
  other('DataSource', '  type: Prometheus\n').replace('spec:', 'spec: # refused connection_details'),
]

function edited(document: string, from: string, to: string): string {
  if (!document.includes(from)) throw new Error(`no such text to edit: ${from}`)
  return document.replace(from, () => to)
}
