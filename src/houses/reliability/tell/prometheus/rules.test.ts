import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../../ground/core/index.ts'
import { pairsOf, rulesOfPairs } from '../../assess/burn/index.ts'
import type { IndicatorMetrics, Slo } from '../../intent/model.ts'
import { errorRatio, lengthText, over, ruleGroup, type RuleGroup } from './index.ts'

const source = (query: string) => ({ type: 'prometheus', spec: { query } })
const requests = (code: string) => `sum(rate(shop_requests_total{app="basket"${code}}[{{.window}}]))`
const errors: IndicatorMetrics = { kind: 'ratio', counter: true, bad: source(requests(',code=~"5.."')), total: source(requests('')) }
const raw: IndicatorMetrics = { kind: 'raw', rawType: 'failure', raw: source(`${requests(',code=~"5.."')} / ${requests('')}`) }

function slo(target: number, metrics: IndicatorMetrics | null, more: Partial<Slo> = {}): Slo {
  return {
    ref: 'slo:default/orders',
    title: 'Orders "{{ $labels.x }}" arrive',
    service: 'component:default/basket',
    method: 'occurrences',
    window: { kind: 'rolling', length: 30 * DAY, text: '30d' },
    composite: false,
    objectives: [{ name: 'objective-1', target, weight: 1, indicator: { name: 'answers', metrics } }],
    alertPolicies: [],
    silence: 'unknown',
    leastEvents: 0,
    ...more,
  }
}

function groupOf(one: Slo, days = 30, exact = false): RuleGroup {
  const rules = rulesOfPairs(pairsOf(days * DAY), days * DAY)
  const made = ruleGroup({ slo: one, place: 0, rules, period: days * DAY, runbook: 'https://runbooks.example.org/orders' }, { exact })
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return made.value
}
const exprOf = ({ rules }: RuleGroup, record: string) => rules.find((rule) => rule.record === record)!.expr
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('a query over a window', () => {
  test.each([
    ['sum(rate(x[{{.window}}]))', 'sum(rate(x[1h]))'],
    ['sum(increase(x[$__rate_interval]))', 'sum(increase(x[1h]))'],
    ['rate(x[$step])', 'rate(x[1h])'],
    ['x{code=~"2..|3.*",path="/a}b"}', 'sum(rate(x{code=~"2..|3.*",path="/a}b"}[1h]))'],
    ['sum(x{a="b"})', 'sum(rate(x{a="b"}[1h]))'],
    ['sum by (service) (x)', 'sum by (service) (rate(x[1h]))'],
    ['sum(x) by (service)', 'sum(rate(x[1h])) by (service)'],
    ['sum(x) - sum(y)', 'rate((sum(x) - sum(y))[1h:1m])'],
    ['x + y', 'rate((x + y)[1h:1m])'],
  ])('of counters: %s', (query, wanted) => expect(over(query, '1h', true)).toBe(wanted))

  test('of values each told once is their sum; a threshold and a ratio of its own are means over minutes', () => {
    expect(over('orders_last_minute', '1h', false)).toBe('sum_over_time((orders_last_minute)[1h:1m])')
    const of = (metrics: IndicatorMetrics) => {
      const made = errorRatio({ name: 'i', metrics }, '1h')
      return made.ok ? flat(made.value) : made.problems[0]!.code
    }
    expect(of({ kind: 'threshold', threshold: source('latency_p99'), op: 'lte', value: 0.3 })).toBe(
      '1 - avg_over_time(((latency_p99) <= bool 0.3)[1h:1m])',
    )
    expect(of({ kind: 'raw', rawType: 'success', raw: source('ok_ratio') })).toBe('1 - (avg_over_time((ok_ratio)[1h:1m]))')
    expect(of({ kind: 'ratio', counter: true, good: source('ok'), total: source('all') })).toBe(
      '1 - ( (sum(rate(ok[1h]))) / (sum(rate(all[1h]))) )',
    )
    expect(of({ ...errors, total: { type: 'datadog', spec: {} } } as IndicatorMetrics)).toBe('slo.other_source')
  })
})

describe('rules', () => {
  // The numbers another generator publishes for the same two objectives: windows, factors and budgets of 30 days.
  test.each([
    [0.999, errors, 0.001],
    [0.95, raw, 0.05],
  ])('of %d have the published ratios, windows and thresholds', (target, metrics, budget) => {
    const group = groupOf(slo(target, metrics))
    const records = group.rules.filter(({ labels }) => labels?.slo_window)
    expect(records.map(({ labels }) => labels!.slo_window)).toEqual(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'])
    for (const { expr, labels } of records.slice(0, -1))
      expect(flat(expr).replaceAll(/[() ]/g, '')).toBe(
        `sumrateshop_requests_total{app="basket",code=~"5.."}[${labels!.slo_window}]/sumrateshop_requests_total{app="basket"}[${labels!.slo_window}]`,
      )
    expect(exprOf(group, 'slo:error_budget:ratio')).toBe(`vector(${budget})`)
    const [page, ticket] = group.rules.filter(({ alert }) => alert) as [{ expr: string }, { expr: string }]
    const limits = (expr: string) =>
      [...expr.matchAll(/rate(\w+)\{[^}]*\} > \(([\d.]+) \* ([\d.]+)\)/g)].map(([, window, f, b]) => [window, Number(f) * Number(b)])
    expect(limits(page.expr)).toEqual([
      ['5m', 14.4 * budget],
      ['1h', 14.4 * budget],
      ['30m', 6 * budget],
      ['6h', 6 * budget],
    ])
    expect(limits(ticket.expr)).toEqual([
      ['2h', 3 * budget],
      ['1d', 3 * budget],
      ['6h', budget],
      ['3d', budget],
    ])
  })

  test('say nothing of a burn with fewer events than are asked for', () => {
    const counted: IndicatorMetrics = { kind: 'ratio', counter: true, bad: source('failed_total'), total: source('requests_total') }
    const page = (one: Slo) => flat(groupOf({ ...one, leastEvents: 50 }).rules.find(({ alert }) => alert)!.expr)
    expect(page(slo(0.99, counted))).toContain('and on () (sum(increase(requests_total[1h])) >= 50)')
    expect(page(slo(0.99, errors))).toContain('and on () ((sum(rate(shop_requests_total{app="basket"}[6h]))) * 21600 >= 50)')
    expect(page(slo(0.99, raw))).not.toContain('and on ()')
  })

  test('of a policy that takes silence for burning have an alert on it', () => {
    const one = slo(0.99, errors)
    const rule = {
      key: 'policy/fast',
      severity: 'page',
      anyOf: [{ windows: [30 * MINUTE], op: 'gt', threshold: 2 }],
      after: 5 * MINUTE,
      onSilence: true,
    } as const
    const made = ruleGroup({ slo: one, place: 0, rules: [rule], period: 30 * DAY, runbook: null })
    expect(made.ok && made.value.rules.filter(({ alert }) => alert)).toMatchObject([
      { alert: 'SloBurnRate', for: '5m' },
      {
        alert: 'SloSilence',
        for: '5m',
        expr: expect.stringMatching(/^absent\(slo:error_ratio:rate30m\{slo="slo:default\/orders"/),
        labels: { severity: 'page' },
      },
    ])
  })

  test('of another period have its windows; the period asked exactly counts every event', () => {
    const group = groupOf(slo(0.99, errors, { window: { kind: 'rolling', length: 7 * DAY, text: '7d' } }), 7, true)
    expect(group.rules.find(({ alert }) => alert)!.expr).toContain('rate84m{')
    expect(exprOf(group, 'slo:error_ratio:rate7d')).toContain('[7d]')
    expect([90 * MINUTE, 6 * HOUR, 3 * DAY].map(lengthText)).toEqual(['90m', '6h', '3d'])
  })
})
