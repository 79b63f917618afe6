import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { jira, jiraDataCenter } from './index.ts'

// Payloads of our own making after developer.atlassian.com/cloud/jira/platform/webhooks.
const push = jira.push!
const NEW = { name: 'To Do', statusCategory: { key: 'new' } }
const DOING = { name: 'In Progress', statusCategory: { key: 'indeterminate' } }
const DONE = { name: 'Closed', statusCategory: { key: 'done' } }

function issue(fields: object = {}, more: object = {}) {
  return {
    id: '10001',
    key: 'SHOP-12',
    self: 'https://acme.example.net/rest/api/2/issue/10001',
    fields: {
      summary: 'Labels do not print',
      created: '2026-05-01T10:00:00.000+0200',
      updated: '2026-05-02T10:00:00.000+0200',
      issuetype: { name: 'Story' },
      status: NEW,
      labels: ['outcome:faster-checkout'],
      ...fields,
    },
    ...more,
  }
}

function read(webhookEvent: string, body: object, settings: object = {}): ReadPayload {
  const payload = { timestamp: Date.parse('2026-05-02T08:00:01Z'), webhookEvent, ...body }
  return push.read({ event: webhookEvent, body: payload }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}
const updated = (fields: object, settings: object = {}, more: object = {}) =>
  records(read('jira:issue_updated', { issue: issue(fields), ...more }, settings))

test('an issue is a work item about the component of its project, with its epic, labels and page', () => {
  expect(records(read('jira:issue_created', { issue: issue({ parent: { key: 'SHOP-1' } }) }))).toEqual([
    {
      kind: 'work_item',
      source: 'jira',
      id: 'SHOP-12',
      subject: 'component:default/shop',
      at: '2026-05-02T08:00:00.000Z',
      title: 'Labels do not print',
      type: 'story',
      state: 'open',
      createdAt: '2026-05-01T08:00:00.000Z',
      none: ['doneAt'],
      parent: 'SHOP-1',
      labels: ['outcome:faster-checkout'],
      url: 'https://acme.example.net/browse/SHOP-12',
    },
  ])
  expect(updated({}, { projects: 'SHOP=component:default/checkout; PAY=component:default/till' })).toMatchObject([
    { subject: 'component:default/checkout', none: ['doneAt', 'parent'] },
  ])
})

test('the category of the status tells the state, whatever a team calls it; dropped work is cancelled, not done', () => {
  const ended = { status: DONE, resolutiondate: '2026-05-02T09:00:00.000+0000' }
  expect(updated({ ...ended, resolution: { name: 'Done' } })).toMatchObject([{ state: 'done', doneAt: '2026-05-02T09:00:00.000Z' }])
  expect(updated({ ...ended, resolution: { name: "WON'T DO" } })).toMatchObject([
    { state: 'cancelled', doneAt: '2026-05-02T09:00:00.000Z' },
  ])
  expect(updated({ status: { ...DONE, name: 'Parked' } }, { droppedNames: ['parked'] })).toMatchObject([{ state: 'cancelled' }])
  expect(updated({ status: DOING, resolutiondate: null })).toMatchObject([{ state: 'open', none: ['doneAt', 'parent'] }])
})

test('when work began is assumed from when its status came into progress; when nothing tells, it stays unknown', () => {
  expect(updated({ status: DOING, statuscategorychangedate: '2026-05-01T12:00:00.000+0000' })).toMatchObject([
    { startedAt: '2026-05-01T12:00:00.000Z', assumed: ['startedAt'] },
  ])
  const moved = { changelog: { items: [{ field: 'status', fromString: 'To Do', toString: 'In Progress' }] } }
  expect(updated({ status: DOING }, {}, moved)).toMatchObject([{ startedAt: '2026-05-02T08:00:01.000Z', assumed: ['startedAt'] }])
  expect(updated({ status: DOING })[0]).not.toHaveProperty('startedAt')
  const [done] = updated({ status: DONE })
  expect(done).toMatchObject({ state: 'done' })
  expect(done).not.toHaveProperty('doneAt')
  expect((done as { none?: string[] }).none).not.toContain('doneAt')
})

test('a moved issue ends under its old key, leads on to the new one, and the new one answers to the old key', () => {
  const changelog = {
    items: [
      { field: 'project', fromString: 'Old', toString: 'Shop' },
      { field: 'Key', fromString: 'OLD-7', toString: 'SHOP-12' },
    ],
  }
  expect(updated({ issuetype: { name: 'Outage' } }, { incidentNames: ['outage'] }, { changelog })).toMatchObject([
    { kind: 'work_item', id: 'SHOP-12', subject: 'component:default/shop', state: 'open', aliases: ['OLD-7'] },
    { kind: 'incident', id: 'SHOP-12', aliases: ['jira/OLD-7'] },
    {
      kind: 'work_item',
      id: 'OLD-7',
      subject: 'component:default/old',
      state: 'cancelled',
      at: '2026-05-02T08:00:01.000Z',
      movedTo: 'SHOP-12',
      refs: ['SHOP-12'],
      none: ['aliases'],
    },
  ])
  const back = { items: [{ field: 'Key', fromString: 'MID-1', toString: 'SHOP-12' }] }
  expect(updated({}, {}, { changelog: back })[0]).toMatchObject({ refs: [], none: expect.arrayContaining(['movedTo']) })
  expect(updated({}, {}, { changelog: { items: [{ field: 'Key', fromString: 'not a key' }] } })).toHaveLength(1)
})

test('a deleted issue will not be done; one that was done stays done', () => {
  expect(records(read('jira:issue_deleted', { issue: issue() }))).toMatchObject([
    { state: 'cancelled', at: '2026-05-02T08:00:01.000Z', doneAt: '2026-05-02T08:00:01.000Z', deleted: true },
  ])
  const done = issue({ status: DONE, resolutiondate: '2026-05-02T07:00:00.000Z' })
  expect(records(read('jira:issue_deleted', { issue: done }))).toMatchObject([{ state: 'done', doneAt: '2026-05-02T07:00:00.000Z' }])
})

test('a label or type named in the settings makes an incident as well', () => {
  const settings = { incidentNames: 'Outage; sev1' }
  expect(updated({ labels: ['SEV1'], priority: { name: 'Highest' } }, settings)).toMatchObject([
    { kind: 'work_item' },
    { kind: 'incident', id: 'SHOP-12', severity: 'Highest', openedAt: '2026-05-01T08:00:00.000Z', none: ['resolvedAt'] },
  ])
  expect(updated({}, settings)).toHaveLength(1)
})

test('fields named in the settings tell the outcome and the epic', () => {
  const settings = { outcomeField: 'customfield_10050', epicField: 'customfield_10008' }
  expect(
    updated({ customfield_10050: [{ value: 'Faster checkout' }, 'outcome:default/calm'], customfield_10008: 'SHOP-1' }, settings),
  ).toMatchObject([{ parent: 'SHOP-1', refs: ['outcome:default/faster-checkout', 'outcome:default/calm'] }])
  expect(updated({ customfield_10050: null, customfield_10008: { odd: true } }, settings)).toMatchObject([
    { refs: [], none: ['doneAt', 'parent'] },
  ])
  expect(updated({ customfield_10050: 'x' })[0]).not.toHaveProperty('refs')
  expect(jira.settings.safeParse({ outcomeField: 'fields.__proto__' }).success).toBe(false)
  expect(jira.settings.safeParse({ projects: 'SHOP' }).success).toBe(false)
})

test('an issue as the REST API gives it is read the same: descriptions as documents, expanded names, no page behind the gateway', () => {
  const rest = issue(
    { description: { type: 'doc', version: 1, content: [] }, labels: undefined },
    { expand: 'names', self: 'https://api.atlassian.com/ex/jira/1/rest/api/3/issue/10001' },
  )
  const [record] = records(read('jira:issue_updated', { issue: rest }))
  expect(record).toMatchObject({ id: 'SHOP-12', state: 'open' })
  expect(record).not.toHaveProperty('url')
  expect(record).not.toHaveProperty('labels')
})

test('what does not fit names the field as Jira calls it; what carries no issue is ignored', () => {
  expect(updated({ created: 'yesterday' })).toMatchObject([{ code: 'evidence.bad_field', path: 'issue.fields.created' }])
  expect(updated({ status: { name: 'Open' } })).toMatchObject([{ path: 'issue.fields.status.statusCategory' }])
  expect(records(read('jira:issue_updated', { issue: { ...issue(), key: '../../etc' } }))).toMatchObject([{ path: 'issue.key' }])
  expect(records(read('jira:issue_updated', {}))).toMatchObject([{ path: 'issue' }])
  expect(records(read('jira:issue_updated', { issue: issue(), timestamp: 1e300 }))).toMatchObject([{ path: 'timestamp' }])
  expect(read('comment_created', {}).ignored).toMatch(/comment_created/)
  expect(updated({ self: 'x' }, {}, { issue: issue({}, { self: 'javascript:alert(1)' }) })[0]).not.toHaveProperty('url')
})

test('nothing that can come in makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, body, fields) => {
      expect(push.eventOf({ headers: {}, body: Buffer.alloc(0) }, any)).toEqual(expect.any(String))
      push.read({ event: 'jira:issue_updated', body }, {})
      expect(records(read('jira:issue_updated', { issue: issue(fields), changelog: any }))).not.toHaveLength(0)
    }),
  )
})

test('Cloud signs each body; Data Center where it has a secret, else the address is the proof', () => {
  const body = Buffer.from('{}')
  const delivery = (headers: Record<string, string>) => ({ headers: { 'x-atlassian-webhook-identifier': 'd1', ...headers }, body })
  const good = `sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`
  expect(push.verify(delivery({ 'x-hub-signature': good }), { webhook: 's3cret' }, 0)).toEqual({
    ok: true,
    value: { replayKey: `d1 ${good}` },
  })
  expect(push.verify(delivery({ 'x-hub-signature': good }), { webhook: 'other' }, 0)).toMatchObject({
    problems: [{ code: 'hook.signature' }],
  })
  const dataCenter = jiraDataCenter.push!
  expect(dataCenter.verify(delivery({}), { webhook: 's3cret' }, 0)).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
  const unsigned = dataCenter.verify(delivery({}), {}, 0)
  const otherBody = dataCenter.verify({ ...delivery({}), body: Buffer.from('[]') }, {}, 0)
  expect(unsigned).toMatchObject({ ok: true })
  expect(otherBody).not.toEqual(unsigned)
})
