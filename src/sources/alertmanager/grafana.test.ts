import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { grafana } from './index.ts'

const alert = {
  status: 'firing',
  labels: { alertname: 'High memory', service: 'labels', severity: 'page' },
  annotations: {},
  startsAt: '2026-05-01T10:00:00+02:00',
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint: 'ab12',
  values: { B: 44.2 },
  silenceURL: 'https://grafana.example/alerting/silence/new',
}
const read = (body: object) => grafana.push!.read({ event: 'alerts', body }, {})

test('an alert of Grafana is read like one of Alertmanager, under its own name', () => {
  const { lines } = read({ version: '1', orgId: 1, title: '[FIRING:1]', state: 'alerting', alerts: [alert] })
  expect(lines).toMatchObject([
    { record: { kind: 'incident', source: 'grafana', id: 'ab12/2026-05-01T08:00:00.000Z', title: 'High memory' } },
  ])
})

test('the button Test says hello and leaves no record', () => {
  expect(read({ alerts: [{ ...alert, labels: { alertname: 'TestAlert', instance: 'Grafana' } }] })).toMatchObject({
    lines: [],
    ignored: /hello/,
  })
})

const NOW = Date.parse('2026-05-01T08:00:00Z')
const body = Buffer.from(JSON.stringify({ alerts: [alert] }))
const hmac = (text: string | Buffer, secret = 's') => createHmac('sha256', secret).update(text).digest('hex')
const verify = (headers: Record<string, string>) => grafana.push!.verify({ headers, body }, { webhook: 's' }, NOW)

test('a signature is over the body, or over seconds and body; too old a one is turned away', () => {
  const stamped = (seconds: number, signed = seconds) => ({
    'x-grafana-alerting-timestamp': String(seconds),
    'x-grafana-alerting-signature': hmac(`${signed}:${body.toString()}`),
  })
  expect(verify({ 'x-grafana-alerting-signature': hmac(body) }).ok).toBe(true)
  expect(verify(stamped(NOW / 1000)).ok).toBe(true)
  expect(verify(stamped(NOW / 1000, 1))).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify(stamped(NOW / 1000 - 3600))).toMatchObject({ problems: [{ code: 'hook.too_old' }] })
  expect(verify(stamped(Number.NaN))).toMatchObject({ problems: [{ code: 'hook.too_old' }] })
  expect(verify({ 'x-grafana-alerting-signature': hmac(body, 'guessed') })).toMatchObject({ problems: [{ code: 'hook.signature' }] })
})

test('an older Grafana bears the secret as a token; with neither it is turned away', () => {
  expect(verify({ authorization: 'Bearer s' }).ok).toBe(true)
  expect(verify({ authorization: 'Bearer guessed' }).ok).toBe(false)
  expect(verify({})).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
})
