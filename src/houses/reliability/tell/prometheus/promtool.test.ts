import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { DAY, HOUR, MINUTE } from '../../../../ground/core/index.ts'
import { pairsOf, replay, rulesOfPairs } from '../../assess/burn/index.ts'
import { readSlo } from '../../intent/index.ts'
import { ruleGroup, type RuleGroup } from './index.ts'

const PERIOD = 30 * DAY
const LAST = 420
const RULES = rulesOfPairs(pairsOf(PERIOD), PERIOD)

/** Traffic of a service: so many minutes with so many answers of each code. */
type Traffic = readonly { minutes: number; ok: number; failed: number }[]
interface Case {
  app: string
  target: number
  sli: (failed: string, all: string) => object
  traffic: Traffic
  /** Severities that fire at some time and do not at another. */
  fires: string[]
}
const query = (text: string) => ({ metricSource: { type: 'Prometheus', spec: { query: text } } })
const events = (failed: string, all: string) => ({ ratioMetric: { counter: true, bad: query(failed), total: query(all) } })
const share = (failed: string, all: string) => ({ ratioMetric: { rawType: 'failure', raw: query(`${failed} / ${all}`) } })
const outage = [
  { minutes: 120, ok: 10, failed: 0 },
  { minutes: 20, ok: 10, failed: 10 },
  { minutes: 280, ok: 10, failed: 0 },
]
const drip = [
  { minutes: 60, ok: 1000, failed: 0 },
  { minutes: 200, ok: 996, failed: 4 },
  { minutes: 160, ok: 1000, failed: 0 },
]
const CASES: readonly Case[] = [
  { app: 'basket', target: 0.999, sli: events, traffic: outage, fires: ['page', 'ticket'] },
  { app: 'stock', target: 0.999, sli: events, traffic: drip, fires: ['ticket'] },
  { app: 'mail', target: 0.95, sli: share, traffic: [{ minutes: 420, ok: 49, failed: 1 }], fires: [] },
]

/** The rules of an OpenSLO document. */
function groupOf({ app, target, sli }: Case): RuleGroup {
  const rate = (more: string) => `sum(rate(shop_requests_total{app="${app}"${more}}[{{.window}}]))`
  const spec = {
    service: app,
    indicator: { metadata: { name: 'answers' }, spec: sli(rate(',code=~"5.."'), rate('')) },
    timeWindow: [{ duration: '30d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target }],
  }
  const metadata = { name: app, title: `Orders of "{{ $labels.x }}" in ${app}` }
  const entity = { ref: `slo:default/${app}`, apiVersion: 'openslo/v1', kind: 'SLO', metadata, spec } as const
  const slo = readSlo({ ...entity, origin: 'form', version: 1, updatedAt: 0, updatedBy: 'user:default/test' }, new Map())
  if (!slo.ok) throw new Error(slo.problems[0]!.message)
  const group = ruleGroup({ slo: slo.value, place: 0, rules: RULES, period: PERIOD, runbook: `https://runbooks.example.org/${app}` })
  if (!group.ok) throw new Error(group.problems[0]!.message)
  return group.value
}

/** What was counted up to the end of each minute. */
function counters(traffic: Traffic): { all: number[]; failed: number[] } {
  const counted = { all: [0], failed: [0] }
  for (const { minutes, ok, failed } of traffic)
    for (let minute = 0; minute < minutes; minute += 1) {
      counted.all.push(counted.all.at(-1)! + ok + failed)
      counted.failed.push(counted.failed.at(-1)! + failed)
    }
  return counted
}

/** The share of failures in a window before a minute, by hand. */
function ratioBefore(traffic: Traffic): (minute: number, windowMs: number) => number {
  const { all, failed } = counters(traffic)
  return (minute, windowMs) => {
    const from = Math.max(0, minute - windowMs / MINUTE)
    return (failed[minute]! - failed[from]!) / (all[minute]! - all[from]!)
  }
}

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY }
const milliseconds = (text: string) => Number.parseInt(text, 10) * UNITS[text.at(-1)!]!

/** Whether an exported expression holds: windows and limits as they are written in it, ratios by hand. */
function holds(expr: string, ratio: (windowMs: number) => number): boolean {
  return expr.split('\nor\n').some((part) =>
    part.split('\n  and\n').every((one) => {
      const [, window, factor, budget] = /rate(\w+)\{[^}]*\} > \(([\d.]+) \* ([\d.]+)\)/.exec(one)!
      return ratio(milliseconds(window!)) > Number(factor) * Number(budget)
    }),
  )
}

/** Whether our own alert of a severity fires at the end of a minute. */
function ownAlert({ target, traffic }: Case): (severity: string, minute: number) => boolean {
  const { all, failed } = counters(traffic)
  const total = Float64Array.from({ length: LAST }, (_, n) => all[n + 1]! - all[n]!)
  const good = total.map((count, n) => count - (failed[n + 1]! - failed[n]!))
  const episodes = replay(RULES, { from: 0, good, total }, { target })
  return (severity, minute) =>
    episodes.some((one) => one.severity === severity && one.from <= minute * MINUTE && (one.to ?? Infinity) > minute * MINUTE)
}

const everyMinute = Array.from({ length: LAST }, (_, n) => n + 1)
const alertsOf = (group: RuleGroup) => group.rules.filter(({ alert }) => alert)

test.each(CASES)('what is exported for $app fires in the same minutes as our own alert', (one) => {
  const ratio = ratioBefore(one.traffic)
  const own = ownAlert(one)
  for (const { expr, labels } of alertsOf(groupOf(one))) {
    const severity = labels!.severity!
    const exported = everyMinute.filter((minute) => holds(expr, (window) => ratio(minute, window)))
    expect(exported).toEqual(everyMinute.filter((minute) => own(severity, minute)))
    expect([exported.length > 0, exported.length < LAST]).toEqual([one.fires.includes(severity), true])
  }
})

const version = /version (\d+)\./.exec(spawnSync('promtool', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]
const folder = mkdtempSync(join(tmpdir(), 'throughline-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' })

/** A counter as unit tests of rules write it: `0+10x60 620+20x19`. */
function written(values: readonly number[]): string {
  return values.map((value) => `${value}+0x0`).join(' ')
}

// Debian's package `prometheus` has promtool. From 3.0 on a window leaves out its first moment, so that its first minute would
// have to be counted otherwise here.
describe.runIf(version === '2')('as Prometheus itself reads them', () => {
  test('they are rules; every record is what it is by hand to nine digits, and alerts fire when ours do and at no other time', () => {
    const groups = CASES.map(groupOf)
    writeFileSync(join(folder, 'rules.yaml'), stringify({ groups }))
    const checked = run('check', 'rules', 'rules.yaml')
    expect(checked.stdout + checked.stderr).toContain('48 rules found')
    expect(checked.status).toBe(0)
    const unit = {
      rule_files: ['rules.yaml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: CASES.flatMap(({ app, traffic }) => {
            const { all, failed } = counters(traffic)
            const of = (code: number, values: number[]) => ({
              series: `shop_requests_total{app="${app}",code="${code}"}`,
              values: written(values),
            })
            return [
              of(
                200,
                all.map((count, n) => count - failed[n]!),
              ),
              of(500, failed),
            ]
          }),
          alert_rule_test: [
            {
              eval_time: '130m',
              alertname: 'SloBurnRate',
              exp_alerts: [alert('page', '50%'), alert('ticket', '7.692%'), alert('ticket', '0.2154%', 'stock')],
            },
          ],
          promql_expr_test: CASES.flatMap((one) => [...recordsOf(one), ...firingOf(one)]),
        },
      ],
    }
    writeFileSync(join(folder, 'unit.yaml'), stringify(unit))
    const tested = run('test', 'rules', 'unit.yaml')
    expect(tested.stdout + tested.stderr).toContain('SUCCESS')
  })
})

/** Records at three moments. The ratio of the period is the mean of what the ratio of five minutes was. */
function recordsOf({ app, target, traffic }: Case) {
  const ratio = ratioBefore(traffic)
  const budget = 1 - target
  return [130, 250, LAST].flatMap((minute) => {
    const period = everyMinute.slice(0, minute).reduce((sum, at) => sum + ratio(at, 5 * MINUTE), 0) / minute
    const records: Record<string, number> = {
      ...Object.fromEntries(
        ['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((one) => [`slo:error_ratio:rate${one}`, ratio(minute, milliseconds(one))]),
      ),
      'slo:error_ratio:rate30d': period,
      'slo:objective:ratio': target,
      'slo:error_budget:ratio': budget,
      'slo:burn_rate:current': ratio(minute, 5 * MINUTE) / budget,
      'slo:burn_rate:period': period / budget,
      'slo:error_budget:remaining': 1 - period / budget,
    }
    return Object.entries(records).map(([record, value]) => ({
      expr: `abs(sum(${record}{slo="slo:default/${app}"}) - ${value}) <= bool ${1e-9 * Math.max(1, Math.abs(value))}`,
      eval_time: `${minute}m`,
      exp_samples: [{ value: 1 }],
    }))
  })
}

function firingOf(one: Case) {
  const own = ownAlert(one)
  return everyMinute
    .filter((minute) => minute % 20 === 1)
    .flatMap((minute) =>
      ['page', 'ticket'].map((severity) => ({
        expr: `count(ALERTS{alertstate="firing",severity="${severity}",slo="slo:default/${one.app}"}) or vector(0)`,
        eval_time: `${minute}m`,
        exp_samples: [{ value: Number(own(severity, minute)) }],
      })),
    )
}

/** An alert with its words; braces of a title are no template. */
function alert(severity: string, ratio: string, app = 'basket') {
  return {
    exp_labels: {
      severity,
      slo: `slo:default/${app}`,
      slo_objective: 'objective-1',
      slo_service: `component:default/${app}`,
      slo_rule: severity,
    },
    exp_annotations: {
      summary: `${app}: Orders of "{ { $labels.x }}" in ${app} burns its error budget too fast`,
      description: `Promised 99.9 % over 30d. The error ratio is ${ratio}.`,
      runbook_url: `https://runbooks.example.org/${app}`,
    },
  }
}
