import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { linear } from './index.ts'

// Payloads of our own making after linear.app/developers/webhooks and the webhook schema Linear publishes with its SDK.
const push = linear.push!
const ISSUE = '5d0f0f0e-0000-4000-8000-000000000012'
const ABOVE = '5d0f0f0e-0000-4000-8000-000000000001'
const PROJECT = '5d0f0f0e-0000-4000-8000-0000000000aa'

function issue(more: object = {}) {
  return {
    id: ISSUE,
    identifier: 'ENG-12',
    title: 'Labels do not print',
    createdAt: '2026-05-01T08:00:00.000Z',
    updatedAt: '2026-05-02T08:00:00.000Z',
    state: { id: 's', name: 'Doing', type: 'started' },
    startedAt: '2026-05-01T12:00:00.000Z',
    labels: [{ id: 'l', name: 'outcome:faster-checkout' }],
    previousIdentifiers: [],
    url: 'https://linear.app/acme/issue/ENG-12/labels',
    ...more,
  }
}
const project = {
  id: PROJECT,
  name: 'Checkout 2',
  createdAt: '2026-04-01T08:00:00.000Z',
  updatedAt: '2026-05-02T08:00:00.000Z',
  status: { id: 's', name: 'Planned', type: 'planned' },
  url: 'https://linear.app/acme/project/checkout-2',
}

function read(type: string, data: unknown, more: object = {}, settings: object = {}): ReadPayload {
  const body = { action: 'update', type, createdAt: '2026-05-02T08:00:02.000Z', data, webhookTimestamp: 0, ...more }
  return push.read({ event: type, body }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('an issue is a work item about the component of its team, which answers to its id too', () => {
  expect(records(read('Issue', issue({ parentId: ABOVE, projectId: PROJECT, estimate: 3 }), { action: 'create' }))).toEqual([
    {
      kind: 'work_item',
      source: 'linear',
      id: 'ENG-12',
      subject: 'component:default/eng',
      at: '2026-05-02T08:00:00.000Z',
      title: 'Labels do not print',
      state: 'open',
      createdAt: '2026-05-01T08:00:00.000Z',
      startedAt: '2026-05-01T12:00:00.000Z',
      none: ['deleted', 'doneAt'],
      parent: ABOVE,
      labels: ['outcome:faster-checkout'],
      points: 3,
      aliases: [ISSUE],
      url: 'https://linear.app/acme/issue/ENG-12/labels',
    },
  ])
  expect(records(read('Issue', issue({ projectId: PROJECT }), {}, { teams: ['ENG=component:default/checkout'] }))).toMatchObject([
    { subject: 'component:default/checkout', parent: `project/${PROJECT}` },
  ])
})

test('the type of the state tells how far it is, whatever a team calls it', () => {
  const told = (type: string, more: object = {}) => records(read('Issue', issue({ state: { name: 'Whatever', type }, ...more })))
  expect(told('completed', { completedAt: '2026-05-02T07:00:00.000Z' })).toMatchObject([
    { state: 'done', doneAt: '2026-05-02T07:00:00.000Z' },
  ])
  expect(told('canceled', { canceledAt: '2026-05-02T07:00:00.000Z' })).toMatchObject([
    { state: 'cancelled', doneAt: '2026-05-02T07:00:00.000Z' },
  ])
  expect(told('duplicate')).toMatchObject([{ state: 'cancelled' }])
  expect(told('duplicate')[0]).not.toHaveProperty('doneAt')
  expect(told('backlog')).toMatchObject([{ state: 'open', none: expect.arrayContaining(['startedAt', 'doneAt']) }])
  expect(told('dreaming')).toMatchObject([{ code: 'evidence.bad_field', path: 'data.state.type' }])
})

test('an issue that changed its team ends under its former identifier and leads on to the new one', () => {
  const moved = issue({ previousIdentifiers: ['OPS-3'] })
  expect(records(read('Issue', moved, { updatedFrom: { teamId: 'before' } }))).toMatchObject([
    { id: 'ENG-12', state: 'open', aliases: [ISSUE, 'OPS-3'], refs: [], none: ['deleted', 'movedTo', 'doneAt', 'parent'] },
    { id: 'OPS-3', subject: 'component:default/ops', state: 'cancelled', movedTo: 'ENG-12', refs: ['ENG-12'] },
  ])
  expect(records(read('Issue', moved, { updatedFrom: { title: 'Before' } }))).toHaveLength(1)
})

test('what was removed will not be done; what was done stays done', () => {
  const at = '2026-05-02T08:00:02.000Z'
  expect(records(read('Issue', issue(), { action: 'remove' }))).toMatchObject([{ state: 'cancelled', at, doneAt: at, deleted: true }])
  expect(records(read('Project', project, { action: 'remove' }))).toMatchObject([{ state: 'cancelled', doneAt: at }])
  expect(records(read('Issue', issue(), { action: 'restore' }))).toMatchObject([{ state: 'open', none: ['deleted', 'doneAt', 'parent'] }])
  const archivedAt = '2026-05-02T07:30:00.000Z'
  const binned = { trashed: true, archivedAt }
  expect(records(read('Issue', issue(binned)))).toMatchObject([{ state: 'cancelled', doneAt: archivedAt, deleted: true }])
  expect(records(read('Issue', issue(binned), { action: 'restore' }))).toMatchObject([{ state: 'open' }])
  expect(records(read('Issue', issue({ archivedAt })))).toMatchObject([{ state: 'open' }])
  const done = issue({ state: { type: 'completed' }, completedAt: '2026-05-02T07:00:00.000Z' })
  expect(records(read('Issue', done, { action: 'remove' }))).toMatchObject([{ state: 'done', doneAt: '2026-05-02T07:00:00.000Z' }])
})

test('the cycle an issue is in is kept, by its name or else its number', () => {
  const told = (more: object) => records(read('Issue', issue(more)))
  expect(told({ cycle: { number: 7, name: null } })).toMatchObject([{ cycle: '7' }])
  expect(told({ cycle: { number: 7, name: 'Calm' } })).toMatchObject([{ cycle: 'Calm' }])
  expect(told({ cycle: null })).toMatchObject([{ none: expect.arrayContaining(['cycle']) }])
  expect(told({ cycleId: null })).toMatchObject([{ none: expect.arrayContaining(['cycle']) }])
  expect(told({})[0]).not.toHaveProperty('cycle')
})

test('a label named in the settings makes an incident as well', () => {
  const settings = { incidentLabels: 'outage' }
  const outage = issue({ labels: [{ name: 'Outage' }], state: { type: 'completed' }, completedAt: '2026-05-02T07:00:00.000Z' })
  expect(records(read('Issue', outage, {}, settings))).toMatchObject([
    { kind: 'work_item' },
    { kind: 'incident', id: 'ENG-12', openedAt: '2026-05-01T08:00:00.000Z', resolvedAt: '2026-05-02T07:00:00.000Z' },
  ])
  expect(records(read('Issue', issue(), {}, settings))).toHaveLength(1)
})

test('a project is what its issues are part of, and serves the outcomes its initiatives stand for', () => {
  const settings = { initiatives: 'No waiting=outcome:default/faster-checkout', projectSubject: 'system:default/trade' }
  const served = { ...project, initiatives: [{ id: 'i', name: 'no waiting' }, { name: 'Other' }] }
  expect(records(read('Project', served, {}, settings))).toMatchObject([
    {
      kind: 'work_item',
      id: `project/${PROJECT}`,
      type: 'project',
      subject: 'system:default/trade',
      state: 'open',
      refs: ['outcome:default/faster-checkout'],
      none: ['deleted', 'startedAt', 'doneAt'],
    },
  ])
  const [plain] = records(read('Project', { ...project, status: { type: 'completed' }, completedAt: '2026-05-02T07:00:00.000Z' }))
  expect(plain).toMatchObject({ subject: 'system:default/linear', state: 'done' })
  expect(plain).not.toHaveProperty('refs')
  expect(linear.settings.safeParse({ projectSubject: 'not a ref!' }).success).toBe(false)
})

test('issues and projects as GraphQL gives them are read the same', () => {
  const { labels: _, ...rest } = issue()
  const queried = { ...rest, parent: { id: ABOVE }, project: { id: PROJECT }, labels: { nodes: [{ name: 'outcome:faster-checkout' }] } }
  expect(records(read('Issue', queried))).toEqual(records(read('Issue', issue({ parentId: ABOVE, projectId: PROJECT }))))
  expect(records(read('Project', { ...project, labels: { nodes: [{ name: 'outcome:calm' }] } }))).toMatchObject([
    { labels: ['outcome:calm'] },
  ])
})

test('what does not fit names the field as Linear calls it; what is no issue or project is ignored', () => {
  expect(records(read('Issue', issue({ identifier: '../12' })))).toMatchObject([{ path: 'data.identifier' }])
  expect(records(read('Issue', null))).toMatchObject([{ path: 'data' }])
  expect(records(read('Project', { ...project, name: 7 }))).toMatchObject([{ path: 'data.name' }])
  for (const type of ['Comment', 'constructor', '__proto__']) expect(read(type, {}).ignored).toBeDefined()
})

test('nothing that can come in makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, fields) => {
      expect(push.eventOf({ headers: {}, body: Buffer.alloc(0) }, any)).toEqual(expect.any(String))
      push.read({ event: 'Issue', body: any }, {})
      expect(records(read('Issue', issue(fields), { updatedFrom: any }))).not.toHaveLength(0)
      expect(records(read('Project', { ...project, ...fields }))).not.toHaveLength(0)
    }),
  )
})

test('a delivery is signed and fresh: what somebody kept for later is turned away', () => {
  const now = Date.parse('2026-05-02T08:00:02Z')
  const verify = (body: Buffer, { signing = 'lin_s', at = now, headers = {} } = {}) =>
    push.verify(
      {
        headers: { 'linear-delivery': 'd1', 'linear-signature': createHmac('sha256', 'lin_s').update(body).digest('hex'), ...headers },
        body,
      },
      signing ? { signing } : {},
      at,
    )
  const body = Buffer.from(JSON.stringify({ webhookTimestamp: now }))
  expect(verify(body)).toMatchObject({ ok: true, value: { replayKey: expect.stringMatching(/^d1 [0-9a-f]{64}$/) } })
  expect(verify(body, { at: now + 59_000 })).toMatchObject({ ok: true })
  expect(verify(body, { at: now + 61_000 })).toMatchObject({ problems: [{ code: 'hook.stale' }] })
  expect(verify(body, { at: now - 61_000 })).toMatchObject({ problems: [{ code: 'hook.stale' }] })
  expect(verify(body, { signing: 'other' })).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify(body, { signing: '' })).toMatchObject({ problems: [{ code: 'hook.secret_awaited' }] })
  expect(verify(body, { headers: { 'linear-signature': '' } })).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
  for (const text of ['', 'null', '{"webhookTimestamp":"now"}', '[1'])
    expect(verify(Buffer.from(text))).toMatchObject({ problems: [{ code: 'hook.no_time' }] })
})
