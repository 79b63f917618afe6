import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { pagerduty } from './index.ts'

const incident = {
  id: 'P1INC',
  type: 'incident',
  html_url: 'https://acme.example/incidents/P1INC',
  number: 12,
  status: 'triggered',
  created_at: '2026-05-01T08:00:00Z',
  title: 'Labels do not print',
  service: { id: 'P1SVC', summary: 'Label Printer', type: 'service_reference' },
  priority: null,
  urgency: 'high',
}

function read(type: string, more: object = {}, { at = '2026-05-01T08:00:05Z', settings = {} }: { at?: string; settings?: object } = {}) {
  const event = { id: `01-${type}-${at}`, event_type: type, resource_type: 'incident', occurred_at: at, data: { ...incident, ...more } }
  return pagerduty.push!.read({ event: type, body: { event } }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('an incident is opened when PagerDuty made it, on the component of its service', () => {
  expect(records(read('incident.triggered'))).toMatchObject([
    {
      kind: 'incident',
      source: 'pagerduty',
      id: 'P1INC',
      subject: 'component:default/label-printer',
      at: '2026-05-01T08:00:05.000Z',
      openedAt: '2026-05-01T08:00:00.000Z',
      severity: 'high',
      url: 'https://acme.example/incidents/P1INC',
    },
  ])
  expect(records(read('incident.priority_updated', { priority: { id: 'PR', summary: 'P1' } }))).toMatchObject([{ severity: 'P1' }])
})

test('a service stands for what the settings say, however it is capitalised', () => {
  const settings = { subjects: 'label printer = component:default/labels; a=b = system:default/ab' }
  expect(records(read('incident.triggered', {}, { settings }))).toMatchObject([{ subject: 'component:default/labels' }])
  expect(records(read('incident.triggered', { service: { summary: 'A=B' } }, { settings }))).toMatchObject([
    { subject: 'system:default/ab' },
  ])
  expect(pagerduty.settings.safeParse({ subjects: ['Labels'] }).success).toBe(false)
})

test('the first acknowledgement stands, resolving ends it, and opened again it has no end; who acted is not kept', () => {
  const agent = { id: 'PUSR', summary: 'u1', type: 'user_reference' }
  expect(records(read('incident.acknowledged', { agent, assignees: [agent] }))).toMatchObject([
    { acknowledgedAt: '2026-05-01T08:00:05.000Z', assumed: ['acknowledgedAt'] },
  ])
  expect(JSON.stringify(records(read('incident.acknowledged', { agent, assignees: [agent] })))).not.toContain('PUSR')
  expect(records(read('incident.resolved', {}, { at: '2026-05-01T11:00:00+02:00' }))).toMatchObject([
    { resolvedAt: '2026-05-01T09:00:00.000Z' },
  ])
  expect(records(read('incident.reopened'))).toMatchObject([{ none: ['resolvedAt'] }])
})

test('notes, responders, services and the test event carry nothing that is kept', () => {
  expect(read('incident.annotated', { type: 'incident_note' }).ignored).toMatch(/incident.annotated/)
  expect(read('service.updated', { type: 'service' }).ignored).toMatch(/service.updated/)
  expect(read('pagey.ping', { type: 'ping', message: 'Hello' }).ignored).toMatch(/hello/)
})

test('a payload that does not fit names the field as PagerDuty calls it', () => {
  expect(records(read('incident.triggered', { service: undefined }))).toMatchObject([
    { code: 'evidence.missing_field', path: 'event.data.service' },
  ])
  expect(records(read('incident.triggered', { created_at: 'yesterday' }))).toMatchObject([
    { code: 'evidence.bad_field', path: 'event.data.created_at' },
  ])
  expect(records(pagerduty.push!.read({ event: 'unnamed', body: { messages: [] } }, {}))).toMatchObject([{ path: 'event' }])
})

test('one signature that fits is enough while a secret is replaced; without the secret nothing is taken', () => {
  const body = Buffer.from('{"event":{}}')
  const sign = (secret: string) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`
  const verify = (signature: string | undefined, signing?: string) =>
    pagerduty.push!.verify({ headers: signature ? { 'x-pagerduty-signature': signature } : {}, body }, signing ? { signing } : {}, 0)
  expect(verify(`${sign('old')}, ${sign('new')}`, 'new').ok).toBe(true)
  expect(verify(`${sign('old')},${sign('older')}`, 'new')).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify(sign('new').replace('v1=', 'v2='), 'new')).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify(undefined, 'new')).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
  expect(verify(sign('new'))).toMatchObject({ problems: [{ code: 'hook.secret_awaited' }] })
  expect(verify(sign(''))).toMatchObject({ problems: [{ code: 'hook.secret_awaited' }] })
})
