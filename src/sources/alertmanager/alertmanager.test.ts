import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { alertmanager } from './index.ts'

const firing = {
  status: 'firing',
  labels: { alertname: 'LabelsSlow', service: 'labels', severity: 'critical' },
  annotations: { summary: 'Labels print slowly' },
  startsAt: '2026-05-01T10:00:00.123456789+02:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://prometheus.example/graph?g0.expr=up',
  fingerprint: '1a2b3c4d5e6f7081',
}
const resolved = { ...firing, status: 'resolved', endsAt: '2026-05-01T08:30:00Z' }

function read(alerts: object[], settings: object = {}, more: object = {}): ReadPayload {
  const body = { version: '4', status: 'firing', groupKey: '{}:{}', alerts, ...more }
  return alertmanager.push!.read({ event: 'alerts', body }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('a critical alert is an incident that began when it began, in UTC; the year 1 is no end', () => {
  const [incident] = records(read([firing]))
  expect(incident).toMatchObject({
    kind: 'incident',
    id: '1a2b3c4d5e6f7081/2026-05-01T08:00:00.123Z',
    subject: 'component:default/labels',
    title: 'Labels print slowly',
    severity: 'critical',
    openedAt: '2026-05-01T08:00:00.123Z',
    url: 'https://prometheus.example/graph?g0.expr=up',
  })
  expect(incident).not.toHaveProperty('resolvedAt')
})

test('what is resolved is over, and is the same record as when it fired', () => {
  expect(records(read([firing, resolved]))).toMatchObject([
    { id: '1a2b3c4d5e6f7081/2026-05-01T08:00:00.123Z', at: '2026-05-01T08:00:00.123Z' },
    { id: '1a2b3c4d5e6f7081/2026-05-01T08:00:00.123Z', at: '2026-05-01T08:30:00.000Z', resolvedAt: '2026-05-01T08:30:00.000Z' },
  ])
})

test('other severities are events, whichever way the settings are written', () => {
  const warning = { ...firing, labels: { ...firing.labels, severity: 'Warning' } }
  expect(records(read([warning]))).toMatchObject([{ kind: 'event', type: 'alertmanager.alert', data: { severity: 'Warning' } }])
  expect(records(read([{ ...firing, labels: { alertname: 'A', service: 'labels' } }]))).toMatchObject([{ kind: 'event' }])
  expect(records(read([warning], { incidentSeverities: 'critical; warning' }))).toMatchObject([{ kind: 'incident' }])
})

test('the first label that names a component counts; an alert without one is refused, the rest of its group is kept', () => {
  const nameless = { ...firing, labels: { alertname: 'Watchdog', severity: 'critical' } }
  expect(records(read([nameless, firing]))).toMatchObject([
    { code: 'alert.no_component', path: 'alerts.0.labels' },
    { kind: 'incident', subject: 'component:default/labels' },
  ])
  const settings = { subjectLabels: 'team', subjects: 'blue=system:default/shipping' }
  expect(records(read([{ ...firing, labels: { ...firing.labels, team: 'Blue' } }], settings))).toMatchObject([
    { subject: 'system:default/shipping' },
  ])
})

test('what is missing is refused by its name, an end above all: it is not made up', () => {
  const path = (alert: object) => (records(read([alert])) as { path: string }[])[0]!.path
  expect(path({ ...firing, fingerprint: undefined })).toBe('alerts.0.fingerprint')
  expect(path({ ...firing, startsAt: undefined })).toBe('alerts.0.startsAt')
  expect(path({ ...firing, startsAt: '0001-01-01T00:00:00Z' })).toBe('alerts.0.startsAt')
  expect(path({ ...firing, startsAt: '2026-02-30T10:00:00Z' })).toBe('alerts.0.startsAt')
  expect(path({ ...resolved, endsAt: '0001-01-01T00:00:00Z' })).toBe('alerts.0.endsAt')
  expect(path({ ...resolved, endsAt: undefined })).toBe('alerts.0.endsAt')
  expect(path({ ...firing, labels: { service: 'labels' }, annotations: {} })).toBe('alerts.0.labels.alertname')
  expect(path({ ...firing, labels: ['critical'] })).toBe('alerts.0.labels')
  expect(records(read([firing], {}, { version: '3' }))).toMatchObject([{ path: 'version' }])
  expect(read([]).ignored).toBeDefined()
})

test('whatever stands where a group should, it is read or refused with a place', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (body, alert) => {
      for (const one of [body, { version: '4', alerts: [alert] }, { version: '4', alerts: [{ ...firing, labels: alert }] }]) {
        const { lines, ignored } = alertmanager.push!.read({ event: 'alerts', body: one }, {})
        for (const line of lines) expect('record' in line || line.reject.problem.message).toBeTruthy()
        if (lines.length === 0) expect(ignored).toBeDefined()
      }
    }),
  )
})

test('with a token it is asked for, as bearer or as password; without one the address is enough', () => {
  const verify = (authorization: string | undefined, token?: string) =>
    alertmanager.push!.verify({ headers: authorization ? { authorization } : {}, body: Buffer.from('{}') }, token ? { token } : {}, 0)
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  expect(verify(undefined).ok).toBe(true)
  expect(verify('Bearer t0k:en', 't0k:en').ok).toBe(true)
  expect(verify(basic('anyone:t0k:en'), 't0k:en').ok).toBe(true)
  expect(verify(basic('t0k:en'), 't0k:en').ok).toBe(false)
  expect(verify('Digest t0k:en', 't0k:en')).toMatchObject({ problems: [{ code: 'hook.token' }] })
  expect(verify('Bearer guessed', 't0k:en')).toMatchObject({ problems: [{ code: 'hook.token' }] })
  expect(verify(undefined, 't0k:en')).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
})
