import { createHmac } from 'node:crypto'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { DoorEnv } from '../../../src/doors/http/caller.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'

/** Work told by trackers and repositories, traced to outcomes and back, through the public API alone. */
const NOW = Date.parse('2026-06-10T12:00:00Z')
const SHOP = 'repository:default/shop'
const FASTER = 'outcome:default/faster-checkout'

let ground: Ground
let app: Hono<DoorEnv>
let jira: (event: string, issue: { fields: { updated: string } }, more?: object) => Promise<void>
let linear: (type: string, data: object, more?: object) => Promise<void>
let deliveries = 0

beforeAll(async () => {
  ground = groundOn(await testStore(), () => NOW, Buffer.alloc(32, 1))
  app = createApp({
    ground,
    operations,
    localKey: '',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  await outcome('faster-checkout', 'Nobody waits at checkout', 'Payment pages answer within a second.')
  await outcome('calm-nights', 'Calm nights', 'Nobody is woken by a pager.')
  const toJira = await connected('jira', { outcomeField: 'customfield_10050' })
  jira = (webhookEvent, issue, more = {}) =>
    toJira({ webhookEvent, timestamp: Date.parse(issue.fields.updated) + (deliveries += 1), issue, ...more }, (body, { webhook = '' }) => ({
      'x-atlassian-webhook-identifier': `d${deliveries}`,
      'x-hub-signature': `sha256=${createHmac('sha256', webhook).update(body).digest('hex')}`,
    }))
  const toLinear = await connected('linear', { initiatives: 'Sleep=outcome:default/calm-nights' }, { signing: 'lin' })
  linear = (type, data, more = {}) =>
    toLinear(
      { action: 'update', type, createdAt: '2026-06-05T10:00:00Z', data, webhookTimestamp: NOW, delivery: (deliveries += 1), ...more },
      (body) => ({ 'linear-signature': createHmac('sha256', 'lin').update(body).digest('hex') }),
    )
})
afterAll(() => ground.store.close())

async function ask<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: object = {}): Promise<T> {
  const answer = await app.request(`http://localhost${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}

function outcome(name: string, title: string, statement: string): Promise<unknown> {
  return ask('PUT', '/api/entities', {
    apiVersion: 'throughline.dev/v1',
    kind: 'Outcome',
    metadata: { name, title },
    spec: { statement, lever: 'time-to-market', owner: 'group:default/delivery', measure: 'delivery.change_lead_time' },
  })
}

async function connected(source: string, settings: object, given: Record<string, string> = {}) {
  const made = await ask<{ path: string; secrets: Record<string, string> }>('POST', '/api/connections', {
    source,
    settings,
    secrets: given,
  })
  return async (payload: object, sign: (body: string, secrets: Record<string, string>) => object) => {
    const body = JSON.stringify(payload)
    const { rejected, problems } = await ask<{ rejected: number; problems: unknown[] }>('POST', made.path, body, sign(body, made.secrets))
    if (rejected > 0) throw new Error(JSON.stringify(problems))
  }
}

function issue(key: string, more: object = {}, day = 1) {
  return {
    key,
    self: 'https://acme.example.net/rest/api/2/issue/1',
    fields: {
      summary: `Issue ${key}`,
      created: '2026-06-01T08:00:00.000+0000',
      updated: `2026-06-0${day}T08:00:00.000+00:00`,
      issuetype: { name: 'Story' },
      status: { name: 'To Do', statusCategory: { key: 'new' } },
      labels: [],
      ...more,
    },
  }
}
function commit(id: string, message: string, more: object = {}) {
  const sha = id.padEnd(40, '0')
  return record({ kind: 'commit', id: sha, sha, author: 'dev-1@example.org', message, parents: ['f'.repeat(40)], ...more })
}
function record(more: object) {
  const at = '2026-06-05T09:00:00Z'
  return { source: 'git', subject: SHOP, at, authoredAt: at, committedAt: at, ...more }
}
const send = (...records: object[]) =>
  ask('POST', '/api/evidence', records.map((one) => JSON.stringify(one)).join('\n'), { 'content-type': 'application/x-ndjson' })

interface Trace {
  nodes: { id: string; depth: number }[]
  edges: { from: string; type: string; to: string; origin: string; confidence: number; weak: boolean }[]
}
const trace = (id: string, direction: 'up' | 'down', depth = 6) =>
  ask<Trace>('GET', `/api/trace/${encodeURIComponent(id)}?direction=${direction}&depth=${depth}`)
const commitId = (id: string) => `commit:git/${id.padEnd(40, '0')}`
async function ids(...of: Parameters<typeof trace>): Promise<string[]> {
  return (await trace(...of)).nodes.map(({ id }) => id)
}
/** The statements on the way, without what only membership says. */
async function chain(...of: Parameters<typeof trace>): Promise<string[]> {
  const { edges } = await trace(...of)
  return edges
    .filter(({ weak }) => !weak)
    .map(({ from, type, to, origin, confidence }) => `${from} ${type} ${to} (${origin} ${confidence})`)
}

describe('from a commit to the outcome and back', () => {
  test('over issue and epic by a label, with where each link comes from and how sure it is', async () => {
    await send(commit('a1', 'Print labels again, SHOP-12'))
    await jira('jira:issue_created', issue('SHOP-12', { parent: { key: 'SHOP-1' } }))
    await jira('jira:issue_created', issue('SHOP-1', { issuetype: { name: 'Epic' }, labels: ['outcome:faster-checkout'] }))
    const steps = [
      `${commitId('a1')} implements work_item:jira/SHOP-12 (reference 0.95)`,
      'work_item:jira/SHOP-12 implements work_item:jira/SHOP-1 (declared 1)',
      `work_item:jira/SHOP-1 serves ${FASTER} (reference 1)`,
    ]
    expect(await chain(commitId('a1'), 'up')).toEqual(steps)
    expect(await chain(FASTER, 'down')).toEqual(expect.arrayContaining(steps))
    const { outcomes } = await ask<{ outcomes: { ref: string; count: number }[] }>('GET', '/api/work?from=2026-06-01&to=2026-06-10')
    expect(outcomes).toMatchObject([{ ref: FASTER, count: 1 }])
  })

  test('by the branch a change was made on or a merge brought in, in either spelling', async () => {
    await send(
      record({ kind: 'change', id: '42', number: 42, title: 'Labels', branch: 'u1/shop-12-labels', mergedAt: '2026-06-05T09:00:00Z' }),
      commit('a2', 'Merge pull request #43 from acme/feature/SHOP-12', { parents: ['e'.repeat(40), 'f'.repeat(40)] }),
    )
    for (const from of ['change:git/42', commitId('a2')])
      expect(await chain(from, 'up')).toEqual(
        expect.arrayContaining([
          `${from} implements work_item:jira/SHOP-12 (reference 0.9)`,
          `work_item:jira/SHOP-1 serves ${FASTER} (reference 1)`,
        ]),
      )
  })

  test('by the field named in the settings; emptied again it leads nowhere', async () => {
    await send(commit('a3', 'FIELD-1: totals'))
    await jira('jira:issue_created', issue('FIELD-1', { customfield_10050: { value: 'Faster checkout' } }))
    expect(await chain(commitId('a3'), 'up')).toContain(`work_item:jira/FIELD-1 serves ${FASTER} (reference 0.98)`)
    await jira('jira:issue_updated', issue('FIELD-1', { customfield_10050: null }, 2))
    expect(await ids(commitId('a3'), 'up')).not.toContain(FASTER)
  })

  test('by a suggestion for the epic, once somebody accepted it', async () => {
    await send(commit('a4', 'EPIC-2 faster totals'))
    await jira('jira:issue_created', issue('EPIC-2', { parent: { key: 'EPIC-1' } }))
    await jira('jira:issue_created', issue('EPIC-1', { summary: 'Payment pages answer at checkout' }))
    expect(await ids(commitId('a4'), 'up')).not.toContain(FASTER)
    const { suggestions } = await ask<{ suggestions: { from: string; to: string }[] }>('GET', '/api/suggestions')
    expect(suggestions).toContainEqual(expect.objectContaining({ from: 'work_item:jira/EPIC-1', to: FASTER }))
    await ask('POST', '/api/suggestions', { from: 'work_item:jira/EPIC-1', type: 'serves', to: FASTER, status: 'accepted' })
    expect(await chain(commitId('a4'), 'up')).toContainEqual(
      expect.stringMatching(/^work_item:jira\/EPIC-1 serves outcome:default\/faster-checkout \(inferred 0\.\d+\)$/),
    )
    expect(await ids(FASTER, 'down')).toContain(commitId('a4'))
  })

  test('to the new parent when the parent changed, and to none when it was taken away', async () => {
    await send(commit('a5', 'Also MOVE-2'))
    await jira('jira:issue_created', issue('MOVE-2', { parent: { key: 'SHOP-1' } }))
    expect(await ids(commitId('a5'), 'up')).toContain(FASTER)
    await jira('jira:issue_updated', issue('MOVE-2', {}, 2))
    expect(await ids(commitId('a5'), 'up')).toEqual(expect.not.arrayContaining([FASTER, 'work_item:jira/SHOP-1']))
  })

  test('over the keys an issue had before it was moved, twice', async () => {
    await send(commit('a6', 'Done with OLD-7'))
    await jira('jira:issue_created', issue('OLD-7'))
    const movedFrom = (key: string) => ({ changelog: { items: [{ field: 'Key', fromString: key, toString: 'x' }] } })
    await jira('jira:issue_updated', issue('MID-3', {}, 2), movedFrom('OLD-7'))
    await jira('jira:issue_updated', issue('NEW-9', { parent: { key: 'SHOP-1' } }, 3), movedFrom('MID-3'))
    expect(await ids(commitId('a6'), 'up')).toEqual(expect.arrayContaining(['work_item:jira/NEW-9', FASTER]))
    const { revisions } = await ask<{ revisions: object[] }>('GET', '/api/records/work_item:jira/OLD-7')
    expect(revisions.at(-1)).toMatchObject({ said: { state: 'cancelled', movedTo: 'MID-3' } })
    await jira('jira:issue_updated', issue('OLD-7', {}, 4), movedFrom('NEW-9'))
    expect(await ids(commitId('a6'), 'up')).not.toContain('work_item:jira/MID-3')
  })

  test('over a sub-issue and a project of Linear, which name what is above them by id', async () => {
    const data = (n: number, more: object = {}) => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      createdAt: '2026-06-01T08:00:00Z',
      updatedAt: '2026-06-02T08:00:00Z',
      ...more,
    })
    const eng = (n: number, more: object = {}) =>
      data(n, { identifier: `ENG-${n}`, title: `Issue ${n}`, state: { type: 'started' }, labels: [], previousIdentifiers: [], ...more })
    await send(commit('a7', 'Quieter, ENG-2'))
    await linear('Issue', eng(2, { parentId: data(1).id }))
    await linear('Issue', eng(1, { projectId: data(9).id }))
    await linear('Project', data(9, { name: 'Quiet', status: { type: 'started' }, initiatives: [{ name: 'Sleep' }] }))
    expect(await chain(commitId('a7'), 'up')).toEqual([
      `${commitId('a7')} implements work_item:linear/ENG-2 (reference 0.95)`,
      'work_item:linear/ENG-2 implements work_item:linear/ENG-1 (declared 1)',
      `work_item:linear/ENG-1 implements work_item:linear/project/${data(9).id} (declared 1)`,
      `work_item:linear/project/${data(9).id} serves outcome:default/calm-nights (reference 0.98)`,
    ])
    expect(await ids('outcome:default/calm-nights', 'down')).toContain(commitId('a7'))
  })
})

describe('what has no end', () => {
  test('a circle of parents is walked once, both ways, and still leads out', async () => {
    await send(commit('b1', 'RING-1 begun'))
    await jira('jira:issue_created', issue('RING-1', { parent: { key: 'RING-2' } }))
    await jira('jira:issue_created', issue('RING-2', { parent: { key: 'RING-3' } }))
    await jira('jira:issue_created', issue('RING-3', { parent: { key: 'RING-1' } }))
    await jira('jira:issue_created', issue('SELF-1', { parent: { key: 'SELF-1' } }))
    const { nodes, edges } = await trace(commitId('b1'), 'up', 12)
    expect(nodes.filter(({ id }) => id.startsWith('work_item:')).map(({ id, depth }) => `${id} ${depth}`)).toEqual([
      'work_item:jira/RING-1 -1',
      'work_item:jira/RING-2 -2',
      'work_item:jira/RING-3 -3',
    ])
    expect(edges.filter(({ from }) => from.includes('RING'))).toHaveLength(3)
    expect((await ids('work_item:jira/RING-2', 'down', 12)).filter((id) => id.includes('RING')).sort()).toEqual([
      'work_item:jira/RING-1',
      'work_item:jira/RING-2',
      'work_item:jira/RING-3',
    ])
    expect(await chain('work_item:jira/SELF-1', 'up')).toEqual([])
    await jira('jira:issue_updated', issue('RING-3', { parent: { key: 'RING-1' }, labels: ['outcome:calm-nights'] }, 2))
    expect(await ids(commitId('b1'), 'up', 12)).toContain('outcome:default/calm-nights')
    const week = await ask<{ outcomes: { ref: string }[] }>('GET', '/api/work?from=2026-06-01&to=2026-06-10')
    expect(week.outcomes.map(({ ref }) => ref)).toContain('outcome:default/calm-nights')
  })

  test('a long chain stops at the depth asked for', async () => {
    for (let n = 1; n <= 9; n += 1) await jira('jira:issue_created', issue(`LONG-${n}`, { parent: { key: `LONG-${n + 1}` } }))
    expect((await ids('work_item:jira/LONG-1', 'up', 3)).filter((id) => id.includes('LONG'))).toEqual([
      'work_item:jira/LONG-1',
      'work_item:jira/LONG-2',
      'work_item:jira/LONG-3',
      'work_item:jira/LONG-4',
    ])
  })
})
