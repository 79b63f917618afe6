import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { opsgenie } from './index.ts'

const CREATED = Date.parse('2026-05-01T08:00:00Z')
const alert = {
  alertId: '7d1-23',
  tinyId: '23',
  message: 'Labels do not print',
  entity: 'Labels API',
  createdAt: CREATED,
  updatedAt: CREATED * 1e6,
  username: 'dev-1@example.org',
  tags: [],
}
function read(action: string, more: object = {}, settings: object = {}): ReadPayload {
  const body = { action, alert: { ...alert, ...more }, integrationName: 'Throughline' }
  return opsgenie.push!.read({ event: action, body }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('an alert is an incident on its entity; milliseconds and nanoseconds are told apart', () => {
  expect(records(read('Create', { priority: 'P1' }))).toMatchObject([
    {
      kind: 'incident',
      id: '7d1-23',
      subject: 'component:default/labels-api',
      severity: 'P1',
      at: '2026-05-01T08:00:00.000Z',
      openedAt: '2026-05-01T08:00:00.000Z',
    },
  ])
  expect(JSON.stringify(records(read('Create')))).not.toContain('dev-1')
})

test('the first acknowledgement stands and closing ends it, when it was told to have changed', () => {
  const updatedAt = (CREATED + 60_000) * 1e6
  expect(records(read('Acknowledge', { updatedAt }))).toMatchObject([
    { acknowledgedAt: '2026-05-01T08:01:00.000Z', assumed: ['acknowledgedAt'] },
  ])
  expect(records(read('Close', { updatedAt }))).toMatchObject([
    { openedAt: '2026-05-01T08:00:00.000Z', resolvedAt: '2026-05-01T08:01:00.000Z' },
  ])
  expect(read('AddNote').ignored).toMatch(/AddNote/)
  expect(read('constructor').ignored).toMatch(/constructor/)
})

test('an alert without an entity is refused by name, unless the settings say what such alerts are about', () => {
  expect(records(read('Create', { entity: '' }))).toMatchObject([{ code: 'alert.no_component', path: 'alert.entity' }])
  expect(records(read('Create', { entity: '' }, { component: 'Shop' }))).toMatchObject([{ subject: 'component:default/shop' }])
  expect(records(read('Create', {}, { subjects: 'labels api=system:default/print' }))).toMatchObject([{ subject: 'system:default/print' }])
})

test('what is missing or no moment is refused by its name', () => {
  expect(records(read('Close', { updatedAt: undefined }))).toMatchObject([{ code: 'evidence.missing_field', path: 'alert.updatedAt' }])
  expect(records(read('Create', { createdAt: '2026-05-01' }))).toMatchObject([{ code: 'evidence.bad_field', path: 'alert.createdAt' }])
  expect(records(read('Create', { createdAt: 1e300 }))).toMatchObject([{ path: 'alert.createdAt' }])
  expect(records(read('Create', { createdAt: -1 }))).toMatchObject([{ path: 'alert.createdAt' }])
  expect(records(opsgenie.push!.read({ event: 'unnamed', body: {} }, {}))).toMatchObject([{ path: 'action' }])
})
