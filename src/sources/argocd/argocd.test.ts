import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { argocd } from './index.ts'

const SHA = 'ab'.repeat(20)
const synced = {
  app: 'labels-prod',
  namespace: 'argocd',
  labels: { environment: 'staging' },
  phase: 'Succeeded',
  startedAt: '2026-05-01T10:00:00+02:00',
  finishedAt: '2026-05-01T08:00:20Z',
  revision: SHA,
  revisions: [],
  health: 'Progressing',
  healthSince: '2026-05-01T08:00:10Z',
  images: ['registry.example/labels:sha-0123abc', 'registry.example/proxy:1.2'],
  sentAt: '2026-05-01T08:00:30Z',
}
function read(more: object, settings: object = {}): ReadPayload {
  return argocd.push!.read({ event: 'application', body: { ...synced, ...more } }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('a sync that ended is a deployment, named by when it began', () => {
  expect(records(read({}))).toMatchObject([
    {
      kind: 'deployment',
      id: 'argocd/labels-prod/2026-05-01T08:00:00.000Z',
      subject: 'component:default/labels-prod',
      environment: 'staging',
      commit: SHA,
      outcome: 'success',
      startedAt: '2026-05-01T08:00:00.000Z',
      finishedAt: '2026-05-01T08:00:20.000Z',
    },
  ])
  expect(records(read({ phase: 'Error', labels: {} }))).toMatchObject([
    { outcome: 'failure', environment: 'production', assumed: ['environment'] },
  ])
})

test('the commit is that of the code where an image is named; a chart has none and is an event', () => {
  const settings = { commitFromImage: 'registry.example/labels', subjects: ['Labels-Prod=component:default/labels'] }
  expect(records(read({}, settings))).toMatchObject([{ kind: 'deployment', commit: '0123abc', subject: 'component:default/labels' }])
  expect(records(read({ images: [] }, settings))).toMatchObject([{ kind: 'event', type: 'argocd.sync', data: { revision: SHA } }])
  expect(records(read({ revision: '4.1.2' }))).toMatchObject([{ kind: 'event' }])
  expect(records(read({ revision: '', revisions: ['4.1.2', SHA] }))).toMatchObject([{ kind: 'deployment', commit: SHA }])
})

test('a degraded application is an incident beside its deployment, the same one until it is synced again', () => {
  const [deployment, incident] = records(read({ health: 'Degraded', healthSince: '2026-05-01T09:00:00Z' })) as { id: string }[]
  expect(incident).toMatchObject({
    kind: 'incident',
    id: deployment!.id,
    title: 'labels-prod is degraded',
    openedAt: '2026-05-01T09:00:00.000Z',
    assumed: ['openedAt'],
  })
  expect(incident).not.toHaveProperty('resolvedAt')
  expect(records(read({ health: 'Degraded', healthSince: '' }))[1]).toMatchObject({ openedAt: '2026-05-01T08:00:30.000Z' })
})

test('an application that was never synced, or is being synced, says nothing yet', () => {
  const never = { phase: '', startedAt: '', finishedAt: '', revision: '' }
  expect(read(never).ignored).toMatch(/not begun/)
  expect(read({ phase: 'Running', finishedAt: '' }).ignored).toMatch(/Running/)
  expect(read({ phase: 'constructor' }).ignored).toMatch(/constructor/)
  expect(records(read({ ...never, health: 'Degraded', healthSince: '2026-05-01T09:00:00Z' }))).toMatchObject([
    { kind: 'incident', id: 'argocd/labels-prod/2026-05-01T09:00:00.000Z' },
  ])
})

test('a payload that does not fit names the field', () => {
  expect(records(read({ app: undefined }))).toMatchObject([{ code: 'evidence.missing_field', path: 'app' }])
  expect(records(read({ finishedAt: 'soon' }))).toMatchObject([{ code: 'evidence.bad_field', path: 'finishedAt' }])
  expect(records(read({ sentAt: '' }))).toMatchObject([{ path: 'sentAt' }])
})

test('what the steps tell people to copy is YAML all through, and its template tells every field that is read', () => {
  const step = argocd.steps.find((one) => one.includes('template.throughline'))!
  const data = parse(step.slice(step.indexOf('\n')).replace('{address}', 'https://throughline.example/hooks/1/2')) as Record<string, string>
  expect(parse(data['service.webhook.throughline']!)).toMatchObject({ url: 'https://throughline.example/hooks/1/2' })
  expect(parse(data['trigger.throughline']!)).toMatchObject([{ send: ['throughline'] }, { send: ['throughline'] }])
  expect(parse(data.subscriptions!)).toEqual([{ recipients: ['throughline'], triggers: ['throughline'] }])
  const template = parse(data['template.throughline']!) as { webhook: { throughline: { body: string } } }
  const { body } = template.webhook.throughline
  expect([...body.matchAll(/^ *"(\w+)" /gm)].map(([, field]) => field)).toEqual(Object.keys(synced))
  expect(body.split('{{').length).toBe(body.split('}}').length)
})
