import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { jiraDialect, type JiraIssue } from '../../../../test/support/remote/jira.ts'
import { jiraIssues, written } from '../../../../test/support/remote/jira-issues.ts'
import { pulling } from '../../../../test/support/remote/pulling.ts'
import { roughDay } from '../../../../test/support/remote/rough-day.ts'
import type { Asked } from '../../../../test/support/remote/server.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { DAY, HOUR, MINUTE } from '../../../ground/core/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { jira, jiraDataCenter } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const AMOUNT = 340
/** Changed within one minute: more than two pages. */
const TOGETHER = 130
const PRODUCTS = {
  cloud: { source: jira.kind, token: 'dev-1@example.org:word', authorization: `Basic ${btoa('dev-1@example.org:word')}` },
  'data-center': { source: jiraDataCenter.kind, token: 'word', authorization: 'Bearer word' },
} as const

const { ground, remoteOf } = pulling(NOW, jira, jiraDataCenter)

/** A Jira of ours, its issues, and what was asked of it. */
async function world(product: keyof typeof PRODUCTS, amount = AMOUNT, together = TOGETHER) {
  const { source, token, authorization } = PRODUCTS[product]
  const asked: Asked[] = []
  let issues: JiraIssue[] = []
  let before = (_: Asked): void => undefined
  const tell = jiraDialect(product, () => issues, authorization)
  const remote = await remoteOf((request) => {
    asked.push(request)
    before(request)
    return tell(request)
  })
  issues = jiraIssues(remote.base, NOW, amount, together, product)
  return {
    remote,
    asked,
    issues,
    meanwhile: (does: (request: Asked) => void) => (before = does),
    connect: ({ intake }: TestGround, settings: object = {}, secrets: Record<string, string> = { token }) =>
      intake.connect(
        {
          source,
          settings: { address: remote.base, pollMinutes: 0, incidentNames: ['outage'], epicField: 'customfield_10008', ...settings },
          secrets,
        },
        'user:default/me',
      ),
  }
}

const pull = ({ intake }: TestGround, signal = new AbortController().signal) => intake.pull(signal)
/** Everything that is known, without when, by which import and in how many steps it was learned. */
async function known({ store }: TestGround): Promise<string[]> {
  const rows: string[] = []
  for (const kind of ['work_item', 'incident']) {
    const found = await store.query<{ row: string }>(
      sql`select (to_jsonb(t) - array['learned_from', 'learned_to', 'import_id', 'hash', 'row_id', 'by', 'said'] #- '{extra,none}')::text as row
        from ${sql.table(`evidence_${kind}`)} t where learned_to = 'infinity' order by 1`,
    )
    rows.push(...found.map(({ row }) => `${kind} ${row}`))
  }
  return rows
}
async function keys({ store }: TestGround): Promise<string[]> {
  const rows = await store.query<{ id: string }>(sql`select id from evidence_work_item where learned_to = 'infinity'`)
  return rows.map(({ id }) => id).sort()
}
const expectedKeys = (issues: readonly JiraIssue[]) =>
  [...issues.map(({ key }) => key), ...issues.flatMap((_, index) => ((index + 1) % 20 === 0 ? [`OLD-${index + 1}`] : []))].sort()

describe.each(['cloud', 'data-center'] as const)('Jira %s', (product) => {
  test('a year of issues as work items and incidents, moved ones under both keys; none twice', async () => {
    const { connect, issues, asked } = await world(product)
    issues[0]!.fields.updated = written(NOW - 400 * DAY)
    const calm = await ground()
    const { id } = await connect(calm)
    await pull(calm)
    expect(await calm.intake.pulls(id)).toMatchObject([{ stream: 'issues', state: 'done', error: null }])
    expect(await keys(calm)).toEqual(expectedKeys(issues).filter((key) => key !== 'SHOP-1'))
    expect(await calm.store.query(sql`select count(*) as n from evidence_incident where learned_to = 'infinity'`)).toEqual([
      { n: AMOUNT / 10 },
    ])
    const rows = await calm.store.query<Record<string, unknown>>(sql`
      select id, state, started_at, done_at, parent, extra->>'movedTo' as moved_to from evidence_work_item
      where id in ('SHOP-340', 'OLD-340', 'SHOP-339', 'SHOP-338') and learned_to = 'infinity' order by id`)
    expect(rows).toMatchObject([
      { id: 'OLD-340', state: 'cancelled', done_at: NOW - 32 * HOUR, moved_to: 'SHOP-340' },
      { id: 'SHOP-338', state: 'done', started_at: null, done_at: NOW - 11 * HOUR, parent: 'SHOP-1' },
      { id: 'SHOP-339', state: 'open', started_at: NOW - 9 * HOUR, done_at: null },
      { id: 'SHOP-340', state: 'cancelled', done_at: NOW - 7 * HOUR, moved_to: null },
    ])
    expect((await calm.intake.rejects({ limit: 1 })).rejects).toEqual([])
    expect(asked.every(({ query }) => !/description|reporter|assignee|\*/.test(query.get('fields') ?? ''))).toBe(true)
  })

  test('limited, failing at random and stopped midway, it ends with the same as on a calm day, and nothing twice', async () => {
    const { connect, remote, issues } = await world(product)
    const calm = await ground()
    await connect(calm)
    await pull(calm)
    const rough = await ground()
    const { id } = await connect(rough)
    const say = (ms: number) => ({
      status: 429,
      headers: { 'retry-after': String(ms / 1000), 'x-ratelimit-remaining': '0' },
      body: { errorMessages: ['Rate limit exceeded'] },
    })
    const day = { seed: 7, odds: { stop: 0.15, error: 0.25, drop: 0.35, truncate: 0.45 }, limit: { requests: 3, closedMs: 100, say } }
    const met = await roughDay(remote, day, async (stop, turn) => {
      await pull(rough, stop)
      rough.setNow(NOW + turn * MINUTE)
      return (await rough.intake.pulls(id)).every(({ state }) => state === 'done')
    })
    expect(met.stops).toBeGreaterThan(1)
    expect(met.limits).toBeGreaterThan(0)
    expect(await rough.intake.pulls(id)).toMatchObject([{ state: 'done' }])
    expect(await keys(rough)).toEqual(expectedKeys(issues))
    expect(await known(rough)).toEqual(await known(calm))
  })

  test('an issue told by the webhook and read back is one record, and says the same', async () => {
    const { connect, issues } = await world(product, 60, 5)
    const told = await ground()
    const { id, key, secrets } = await connect(told, { address: undefined })
    let sent = 0
    const push = async (body: object) => {
      sent += 1
      const bytes = Buffer.from(JSON.stringify({ webhookEvent: 'jira:issue_updated', ...body }))
      const signature = `sha256=${createHmac('sha256', secrets.webhook ?? '')
        .update(bytes)
        .digest('hex')}`
      const taken = await told.intake.deliver(id, key, {
        headers: { 'x-atlassian-webhook-identifier': String(sent), ...(secrets.webhook ? { 'x-hub-signature': signature } : {}) },
        body: bytes,
      })
      expect(taken).toMatchObject({ rejected: 0 })
    }
    for (const { histories, self, ...rest } of issues) {
      const issue = { ...rest, self: self.replace('/rest/api/3/', '/rest/api/2/') }
      await push({ timestamp: Date.parse(issue.fields.updated.replace('+0200', '+02:00')), issue })
      for (const { created, items } of histories.toSorted((a, b) => a.created.localeCompare(b.created)))
        await push({ timestamp: Date.parse(created.replace('+0200', '+02:00')), issue, changelog: { items } })
    }
    const before = await known(told)
    await connect(told)
    await pull(told)
    expect(await known(told)).toEqual(before)
    const alone = await ground()
    await connect(alone)
    await pull(alone)
    expect(await known(alone)).toEqual(before)
  })

  test('what changes while it is read is not missed, however the pages shift', async () => {
    const { connect, issues, meanwhile } = await world(product)
    let requests = 0
    meanwhile(({ path }) => {
      if (!path.includes('search')) return
      requests += 1
      // Those read first leave the list, one with each page.
      if (requests > 1 && requests < 6) issues[requests]!.fields.updated = written(NOW + requests * 1_000)
    })
    const shifting = await ground()
    await connect(shifting)
    await pull(shifting)
    expect(requests).toBeGreaterThan(6)
    expect(await keys(shifting)).toEqual(expectedKeys(issues))
  })

  test('a later round asks only for what is new', async () => {
    const { connect, issues, remote } = await world(product)
    const polled = await ground()
    const { id } = await connect(polled, { pollMinutes: 30 })
    await pull(polled)
    expect(await polled.intake.pulls(id)).toMatchObject([{ state: 'done', dueAt: NOW + HOUR / 2 }])
    const before = remote.requests
    Object.assign(issues[3]!.fields, { updated: written(NOW + HOUR / 4), summary: 'Another title' })
    polled.setNow(NOW + HOUR / 2)
    await pull(polled)
    expect(remote.requests - before).toBe(2)
    expect(await polled.store.query(sql`select title from evidence_work_item where id = 'SHOP-4' and learned_to = 'infinity'`)).toEqual([
      { title: 'Another title' },
    ])
  })

  test('a wrong token stops it with what to do, though a search would answer it with nothing; without an address nothing is asked', async () => {
    const { connect, remote } = await world(product, 3, 1)
    const refused = await ground()
    const { id } = await connect(refused, {}, { token: 'dev-1@example.org:wrong' })
    await pull(refused)
    expect(await refused.intake.pulls(id)).toMatchObject([
      { state: 'failed', records: 0, error: { code: 'pull.unauthorized', message: expect.stringContaining('You are not authenticated.') } },
    ])
    expect(JSON.stringify(await refused.intake.pulls(id))).not.toContain('wrong')
    const before = remote.requests
    const quiet = await connect(refused, { address: undefined })
    expect(await refused.intake.pulls(quiet.id)).toEqual([])
    expect(await refused.intake.testConnection(quiet.id)).toMatchObject([{ ok: true, what: expect.stringContaining('webhooks alone') }])
    expect(remote.requests).toBe(before)
  })

  test('the query narrows what is read; one that Jira does not understand says so', async () => {
    const { connect, issues } = await world(product, 12, 1)
    issues[4]!.key = 'PAY-5'
    const narrow = await ground()
    const { id } = await connect(narrow, { query: 'project = PAY' })
    await pull(narrow)
    expect(await keys(narrow)).toEqual(['PAY-5'])
    expect(await narrow.intake.testConnection(id)).toMatchObject([
      { ok: true },
      { ok: true, what: expect.stringContaining('project = PAY') },
    ])
    const none = await connect(narrow, { query: 'project = NONE' })
    expect(await narrow.intake.testConnection(none.id)).toMatchObject([
      { ok: true },
      { ok: false, what: expect.stringContaining('no issue') },
    ])
    const odd = await connect(narrow, { query: 'projekt ist X' })
    await pull(narrow)
    expect(await narrow.intake.pulls(odd.id)).toMatchObject([
      { state: 'failed', error: { code: 'pull.refused', message: expect.stringContaining('Error in the JQL Query') } },
    ])
    await expect(connect(narrow, { query: 'project = PAY order by rank' })).rejects.toMatchObject({
      problem: { code: 'source.bad_setting', path: 'settings.query' },
    })
  })

  test('an issue of another shape is a reject that names the field; an answer of another shape stops the list', async () => {
    const { connect, issues } = await world(product, 12, 1)
    Object.assign(issues[2]!.fields, { summary: 7 })
    Object.assign(issues[5]!, { histories: 'none' })
    const odd = await ground()
    const { id } = await connect(odd)
    await pull(odd)
    expect(await odd.intake.pulls(id)).toMatchObject([{ state: 'done' }])
    const { rejects } = await odd.intake.rejects({ limit: 10 })
    expect(rejects.map(({ message }) => /summary/.exec(message)?.[0])).toEqual(['summary'])
    expect(JSON.stringify(rejects)).not.toContain('dev-1')
    expect(await keys(odd)).toHaveLength(11)
    const other = await remoteOf(({ path }) => ({ body: path.includes('myself') ? {} : { issues: 'many' } }))
    const wrong = await connect(odd, { address: other.base })
    await pull(odd)
    expect(await odd.intake.pulls(wrong.id)).toMatchObject([
      { state: 'failed', pages: 0, error: { code: 'pull.unreadable', message: expect.stringContaining('issues') } },
    ])
  })
})

test('Cloud: a page that is not known any more after a long pause is searched for again', async () => {
  const { connect, issues, meanwhile } = await world('cloud')
  let spoilt = 0
  meanwhile(({ query }) => {
    if (query.has('nextPageToken') && spoilt === 0) {
      spoilt += 1
      query.set('nextPageToken', 'ended')
    }
  })
  const late = await ground()
  await connect(late)
  await pull(late)
  expect(spoilt).toBe(1)
  expect(await keys(late)).toEqual(expectedKeys(issues))
  meanwhile(({ query }) => void (query.has('nextPageToken') && query.set('nextPageToken', 'ended')))
  const never = await ground()
  const { id } = await connect(never)
  await pull(never)
  expect(await never.intake.pulls(id)).toMatchObject([{ state: 'failed', error: { code: 'pull.refused' } }])
})

test('Cloud: a token without its account is told apart from a wrong one', async () => {
  const { connect, remote } = await world('cloud', 3, 1)
  const bare = await ground()
  const { id } = await connect(bare, {}, { token: 'word' })
  await pull(bare)
  expect(await bare.intake.pulls(id)).toMatchObject([
    { state: 'failed', error: { code: 'pull.unauthorized', fix: expect.stringContaining('<e-mail address>:<API token>') } },
  ])
  expect(remote.requests).toBe(0)
})
