import { expect, test } from 'vitest'
import type { Document } from '../../../parts/editing/document.ts'
import { asksItself, draftOf, written } from './slo-draft.ts'

const NOW = { zone: 'UTC', year: 2026 }
const fresh = {
  ...draftOf(undefined, { zone: 'Europe/Berlin', year: 2026 }),
  title: 'Orders are answered',
  service: 'checkout',
  source: 'sent' as const,
  indicator: 'Orders answered',
}
const rewritten = (document: Document) => written(draftOf(document, NOW), 'default', document)

test('a new promise is OpenSLO: its samples are named, its target stands as it was typed', () => {
  expect(written(fresh, 'shop', undefined)).toEqual({
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: 'orders-are-answered',
      displayName: 'Orders are answered',
      annotations: { 'throughline.dev/namespace': 'shop' },
    },
    spec: {
      service: 'checkout',
      indicator: {
        metadata: { name: 'orders-answered' },
        spec: {
          ratioMetric: {
            counter: false,
            good: { metricSource: { type: 'Throughline', spec: { indicator: 'Orders answered', count: 'good' } } },
            total: { metricSource: { type: 'Throughline', spec: { indicator: 'Orders answered', count: 'total' } } },
          },
        },
      },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ targetPercent: 99.9 }],
    },
  })
})

test('slices and a calendar are written only where they are chosen', () => {
  const { spec } = written(
    {
      ...fresh,
      method: 'Timeslices',
      sliceWindow: '5m',
      sliceTarget: '95',
      windowKind: 'calendar',
      duration: '1M',
      start: '2026-01-01 00:00:00',
    },
    'default',
    undefined,
  )
  expect(spec.objectives).toEqual([{ targetPercent: 99.9, timeSliceWindow: '5m', timeSliceTarget: 0.95 }])
  expect(spec.timeWindow).toEqual([
    { duration: '1M', isRolling: false, calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'Europe/Berlin' } },
  ])
})

test('a document that is opened and saved again is the same, also what the form does not show', () => {
  const composite: Document = {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: 'journey',
      displayName: 'Whole way',
      labels: { team: ['a', 'b'] },
      annotations: { 'throughline.dev/no-data': 'unknown' },
    },
    spec: {
      service: 'shop',
      timeWindow: [{ duration: '1M', calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'UTC' } }],
      budgetingMethod: 'Timeslices',
      objectives: [
        { displayName: 'pay', indicatorRef: 'pay', target: 0.9995, timeSliceTarget: 0.99, timeSliceWindow: 5 },
        { indicatorRef: 'find', targetPercent: 99, timeSliceTarget: 0.99, timeSliceWindow: 5, compositeWeight: 2 },
      ],
      alertPolicies: [{ alertPolicyRef: 'burning' }],
    },
  }
  expect(asksItself(composite)).toBe(true)
  expect(rewritten(composite)).toEqual(composite)
  const sent = written(fresh, 'default', undefined)
  expect(asksItself(sent)).toBe(false)
  expect(rewritten(sent)).toEqual(sent)
})

test('another target is written the way the document has it', () => {
  const document = { ...written(fresh, 'default', undefined) }
  const share: Document = { ...document, spec: { ...document.spec, objectives: [{ target: 0.999 }] } }
  const draft = draftOf(share, NOW)
  expect(draft.targets[0]!.percent).toBe('99.9')
  expect(written({ ...draft, targets: [{ ...draft.targets[0]!, percent: '99,95' }] }, 'default', share).spec.objectives).toEqual([
    { target: 0.9995 },
  ])
})

test('calls that telemetry tells of are asked for as they are, by error or by time, and read back', () => {
  const answered = written({ ...fresh, source: 'answered', operation: 'GET /orders' }, 'default', undefined)
  const spans = { signal: 'spans', operation: 'GET /orders' }
  expect(answered.spec.indicator).toEqual({
    metadata: { name: 'get-orders-answered' },
    spec: {
      ratioMetric: {
        counter: true,
        bad: { metricSource: { type: 'OpenTelemetry', spec: { ...spans, status: 'error' } } },
        total: { metricSource: { type: 'OpenTelemetry', spec: spans } },
      },
    },
  })
  expect(rewritten(answered)).toEqual(answered)
  const within = written({ ...fresh, source: 'within', withinMs: '250' }, 'default', undefined)
  expect(within.spec).toMatchObject({
    indicator: { spec: { thresholdMetric: { metricSource: { type: 'OpenTelemetry', spec: { signal: 'spans' } } } } },
    objectives: [{ op: 'lte', value: 250, targetPercent: 99.9 }],
  })
  expect(rewritten(within)).toEqual(within)
  const again = written({ ...draftOf(within, NOW), source: 'answered' }, 'default', within)
  expect(again.spec.objectives).toEqual([{ targetPercent: 99.9 }])
})
