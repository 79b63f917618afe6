import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { linearDialect, type LinearThing } from '../../../../test/support/remote/linear.ts'
import { linearWorkspace } from '../../../../test/support/remote/linear-workspace.ts'
import { pulling } from '../../../../test/support/remote/pulling.ts'
import { roughDay } from '../../../../test/support/remote/rough-day.ts'
import type { Asked } from '../../../../test/support/remote/server.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { DAY, HOUR, MINUTE } from '../../../ground/core/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { linear } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const AMOUNT = 340
/** Changed at one moment: more than two pages. */
const TOGETHER = 130
const KEY = 'lin_api_word'

const { ground, remoteOf } = pulling(NOW, linear)

/** A workspace of ours, and what was asked of it. */
async function world(amount = AMOUNT, together = TOGETHER) {
  const workspace = linearWorkspace(NOW, amount, together)
  const asked: { query: string; variables: { after?: string | null } }[] = []
  let before = (_: Asked): void => undefined
  const tell = linearDialect(() => workspace, KEY)
  const remote = await remoteOf((request) => {
    asked.push(request.body as never)
    before(request)
    return tell(request)
  })
  return {
    remote,
    asked,
    ...workspace,
    meanwhile: (does: (request: Asked) => void) => (before = does),
    connect: ({ intake }: TestGround, settings: object = {}, secrets: Record<string, string> = { apiKey: KEY }) =>
      intake.connect(
        {
          source: linear.kind,
          settings: { apiAddress: remote.base, readTeams: '*', pollMinutes: 0, incidentLabels: 'outage', ...settings },
          secrets: { signing: 'lin_wh', ...secrets },
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
      sql`select (to_jsonb(t) - array['learned_from', 'learned_to', 'import_id', 'hash', 'row_id', 'by', 'said', 'extra']
          || jsonb_build_object('extra', coalesce(nullif(to_jsonb(t)->'extra', 'null'::jsonb) - 'none'::text, '{}'::jsonb)))::text as row
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
const expectedKeys = (issues: readonly LinearThing[], projects: readonly LinearThing[]) =>
  [
    ...issues.flatMap(({ identifier, previousIdentifiers }) => [identifier as string, ...(previousIdentifiers as string[])]),
    ...projects.map(({ id }) => `project/${id}`),
  ].sort()

test('a year of issues as work items and incidents, moved and removed ones as well, and their projects; none twice', async () => {
  const { connect, issues, projects, asked } = await world()
  issues[0]!.updatedAt = new Date(NOW - 400 * DAY).toISOString()
  const calm = await ground()
  const { id } = await connect(calm)
  await pull(calm)
  expect(await calm.intake.pulls(id)).toMatchObject([
    { stream: 'issues', state: 'done', error: null },
    { stream: 'projects', state: 'done', error: null },
  ])
  expect(await keys(calm)).toEqual(expectedKeys(issues.slice(1), projects))
  expect(await calm.store.query(sql`select count(*) as n from evidence_incident where learned_to = 'infinity'`)).toEqual([
    { n: AMOUNT / 10 },
  ])
  const rows = await calm.store.query<Record<string, unknown>>(sql`
    select id, state, started_at, done_at, parent, aliases, extra->>'movedTo' as moved_to, extra->>'deleted' as deleted, extra->>'cycle' as cycle
    from evidence_work_item where id in ('OPS-340', 'OLD-340', 'ENG-339', 'ENG-333', 'ENG-337') and learned_to = 'infinity' order by id`)
  const issue = (n: number) => issues[n - 1]!
  const moment = (at: unknown) => Date.parse(at as string)
  expect(rows).toMatchObject([
    // In the bin since an hour before it was last changed.
    { id: 'ENG-333', state: 'cancelled', done_at: moment(issue(333).archivedAt), deleted: 'true', cycle: '7' },
    { id: 'ENG-337', state: 'open', parent: issue(1).id, deleted: null, cycle: null, aliases: [issue(337).id] },
    { id: 'ENG-339', state: 'open', started_at: moment(issue(339).startedAt), done_at: null, parent: `project/${projects[3]!.id}` },
    { id: 'OLD-340', state: 'cancelled', done_at: moment(issue(340).updatedAt) - 30 * HOUR, moved_to: 'OPS-340' },
    { id: 'OPS-340', state: 'done', aliases: [issue(340).id, 'OLD-340'], moved_to: null },
  ])
  expect((await calm.intake.rejects({ limit: 1 })).rejects).toEqual([])
  expect(asked.every(({ query }) => !/description|creator|assignee|actor|lead|email/.test(query))).toBe(true)
})

test('limited, failing at random and stopped midway, it ends with the same as on a calm day, and nothing twice', async () => {
  const { connect, remote, issues, projects } = await world()
  const calm = await ground()
  await connect(calm)
  await pull(calm)
  const rough = await ground()
  const { id } = await connect(rough)
  let limits = 0
  const say = (ms: number) => {
    const name = (limits += 1) % 2 === 0 ? 'requests' : 'complexity'
    return {
      status: 400,
      headers: {
        [`x-ratelimit-${name}-remaining`]: '0',
        [`x-ratelimit-${name}-reset`]: String(Date.now() + ms),
        date: new Date().toUTCString(),
      },
      body: { errors: [{ message: 'Rate limit exceeded', extensions: { type: 'ratelimited', code: 'RATELIMITED' } }] },
    }
  }
  const day = { seed: 7, odds: { stop: 0.12, error: 0.22, drop: 0.32, truncate: 0.42 }, limit: { requests: 3, closedMs: 100, say } }
  const met = await roughDay(remote, day, async (stop, turn) => {
    await pull(rough, stop)
    rough.setNow(NOW + turn * MINUTE)
    return (await rough.intake.pulls(id)).every(({ state }) => state === 'done')
  })
  expect(met.stops).toBeGreaterThan(1)
  expect(met.limits).toBeGreaterThan(0)
  expect(await keys(rough)).toEqual(expectedKeys(issues, projects))
  expect(await known(rough)).toEqual(await known(calm))
})

test('an issue told by the webhook and read back is one record, and says the same', async () => {
  const { connect, issues, projects } = await world(60, 5)
  const told = await ground()
  const { id, key } = await connect(told, { readTeams: [] })
  let sent = 0
  const push = async (type: string, data: object, more: object) => {
    sent += 1
    const bytes = Buffer.from(JSON.stringify({ action: 'update', type, data, webhookTimestamp: NOW, ...more }))
    const taken = await told.intake.deliver(id, key, {
      headers: { 'linear-delivery': String(sent), 'linear-signature': createHmac('sha256', 'lin_wh').update(bytes).digest('hex') },
      body: bytes,
    })
    expect(taken).toMatchObject({ rejected: 0 })
  }
  for (const { history, ...issue } of issues) {
    for (const { createdAt, fromTeamId } of history as { createdAt: string; fromTeamId: string | null }[])
      if (fromTeamId) await push('Issue', issue, { createdAt, updatedFrom: { teamId: fromTeamId } })
    await push('Issue', issue, { createdAt: issue.updatedAt })
  }
  for (const project of projects) await push('Project', project, { createdAt: project.updatedAt })
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
  const { connect, issues, projects, meanwhile } = await world()
  let spoilt = 0
  meanwhile(({ body }) => {
    const { query, variables } = body as { query: string; variables: { after: string | null } }
    if (!query.includes('issues(first: $first, after')) return
    // What the page hangs on is changed just before it is asked for, so that it is not on this list any more.
    const hung = issues.find((issue) => issue.id === variables.after)
    if (!hung || spoilt === 3) return
    spoilt += 1
    hung.updatedAt = new Date(NOW + spoilt * MINUTE).toISOString()
  })
  const shifting = await ground()
  await connect(shifting)
  await pull(shifting)
  expect(await shifting.intake.pulls()).toMatchObject([{ stream: 'issues', state: 'done', error: null }, { state: 'done' }])
  expect(spoilt).toBe(3)
  // Those that were changed had been read before; what they say now is met by the next round.
  expect(await keys(shifting)).toEqual(expectedKeys(issues, projects))
})

test('only the teams that are meant are read, and a later round asks only for what is new', async () => {
  const { connect, issues, projects, asked } = await world()
  const polled = await ground()
  const { id } = await connect(polled, { readTeams: 'OPS', pollMinutes: 30 })
  await pull(polled)
  expect(await polled.intake.pulls(id)).toMatchObject([
    { stream: 'OPS issues', state: 'done', dueAt: NOW + HOUR / 2 },
    { stream: 'OPS projects', state: 'done' },
  ])
  const mine = issues.filter(({ identifier }) => (identifier as string).startsWith('OPS-'))
  const theirs = projects.filter(({ teams }) => (teams as string[]).includes('OPS'))
  expect(await keys(polled)).toEqual(expectedKeys(mine, theirs))
  const before = asked.length
  Object.assign(issues[3]!, { updatedAt: new Date(NOW + HOUR / 4).toISOString(), title: 'Another title' })
  polled.setNow(NOW + HOUR / 2)
  await pull(polled)
  expect(asked.length - before).toBe(2)
  expect(await polled.store.query(sql`select title from evidence_work_item where id = 'OPS-4' and learned_to = 'infinity'`)).toEqual([
    { title: 'Another title' },
  ])
})

test('a wrong key, a team nobody knows and a strange answer each say what to do; without teams nothing is asked', async () => {
  const { connect, remote, issues } = await world(12, 1)
  const refused = await ground()
  const { id } = await connect(refused, {}, { apiKey: 'lin_api_wrong' })
  await pull(refused)
  expect(await refused.intake.pulls(id)).toMatchObject([
    { state: 'failed', records: 0, error: { code: 'pull.unauthorized', message: expect.stringContaining('not authenticated') } },
    { state: 'failed' },
  ])
  expect(JSON.stringify(await refused.intake.pulls(id))).not.toContain('wrong')
  const some = await connect(refused, { readTeams: 'ENG; NONE' })
  expect(await refused.intake.testConnection(some.id)).toMatchObject([
    { ok: true, what: expect.stringContaining('Acme') },
    { ok: true, what: expect.stringContaining('ENG') },
    { ok: false, what: expect.stringContaining('NONE') },
  ])
  const before = remote.requests
  const quiet = await connect(refused, { readTeams: [] })
  expect(await refused.intake.pulls(quiet.id)).toEqual([])
  expect(await refused.intake.testConnection(quiet.id)).toMatchObject([{ ok: true, what: expect.stringContaining('webhooks alone') }])
  expect(remote.requests).toBe(before)
  await expect(connect(refused, { readTeams: 'not a key' })).rejects.toMatchObject({ problem: { code: 'source.bad_setting' } })

  Object.assign(issues[2]!, { title: 7 })
  const odd = await ground()
  const { id: oddId } = await connect(odd)
  await pull(odd)
  expect(await odd.intake.pulls(oddId)).toMatchObject([{ state: 'done' }, { state: 'done' }])
  const { rejects } = await odd.intake.rejects({ limit: 10 })
  expect(rejects.map(({ message }) => /title/.exec(message)?.[0])).toEqual(['title'])
  const other = await remoteOf(() => ({ body: { data: { list: 'many' } } }))
  const wrong = await connect(odd, { apiAddress: other.base })
  await pull(odd)
  expect(await odd.intake.pulls(wrong.id)).toMatchObject([{ state: 'failed', error: { code: 'pull.unreadable' } }, { state: 'failed' }])
})
