import { beforeEach, expect, test } from 'vitest'
import { type GitLabProject, gitlabDialect } from '../../../../test/support/remote/gitlab.ts'
import { gitlabProject } from '../../../../test/support/remote/gitlab-project.ts'
import { pulling } from '../../../../test/support/remote/pulling.ts'
import { roughDay } from '../../../../test/support/remote/rough-day.ts'
import type { RemoteServer } from '../../../../test/support/remote/server.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { DAY, HOUR } from '../../../ground/core/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { gitlab } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const AMOUNTS = { mergeRequests: 110, deployments: 70, pipelines: 64, releases: 12, issues: 130 }
const KINDS = ['change', 'deployment', 'event', 'work_item', 'incident']
/** Of so many numbers from 1, those that a rule picks. */
const count = (amount: number, which: (n: number) => boolean) => Array.from({ length: amount }, (_, n) => n + 1).filter(which).length

let projects: GitLabProject[]
let remote: RemoteServer
const { ground, remoteOf } = pulling(NOW, gitlab)

const connect = async ({ intake }: TestGround, settings: object = {}, secrets: Record<string, string> = { token: 'word' }) =>
  intake.connect(
    {
      source: 'gitlab',
      settings: { address: remote.base, projects: ['acme/tools/shop'], deployJobs: ['ship'], pollMinutes: 0, ...settings },
      secrets,
    },
    'user:default/me',
  )
const pull = ({ intake }: TestGround, signal = new AbortController().signal) => intake.pull(signal)
const stateOf = async ({ intake }: TestGround, id: string) => Object.fromEntries((await intake.pulls(id)).map((one) => [one.stream, one]))

/** Everything that is known, without when it was learned. */
async function known({ store }: TestGround): Promise<string[]> {
  const rows: string[] = []
  for (const kind of KINDS) {
    const found = await store.query<{ row: string }>(
      sql`select (to_jsonb(t) - array['learned_from', 'learned_to', 'import_id', 'hash', 'row_id', 'by'])::text as row from ${sql.table(`evidence_${kind}`)} t
        where learned_to = 'infinity' order by 1`,
    )
    rows.push(...found.map(({ row }) => `${kind} ${row}`))
  }
  return rows
}
async function counts({ store }: TestGround): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const kind of KINDS) {
    const [row] = await store.query<{ n: number; keys: number }>(
      sql`select count(*) as n, count(distinct (subject, source, id)) as keys from ${sql.table(`evidence_${kind}`)} where learned_to = 'infinity'`,
    )
    expect(row!.n, kind).toBe(row!.keys)
    counted[kind] = row!.n
  }
  return counted
}

beforeEach(async () => {
  projects = [gitlabProject('acme/tools/shop', NOW, AMOUNTS)]
  remote = await remoteOf((asked) => gitlabDialect(projects, 'word')(asked))
})

test('a year of merge requests with approvals, deployments, pipelines with the jobs that deploy, releases and issues', async () => {
  const calm = await ground()
  const { id } = await connect(calm)
  await pull(calm)
  expect((await calm.intake.pulls(id)).map(({ stream, state, error }) => [stream, state, error])).toEqual(
    ['deployments', 'issues', 'merge_requests', 'pipelines', 'releases'].map((list) => [`acme/tools/shop ${list}`, 'done', null]),
  )
  expect(await counts(calm)).toEqual({
    change: AMOUNTS.mergeRequests,
    deployment: count(AMOUNTS.deployments, (n) => n % 7 !== 0) + AMOUNTS.pipelines / 2,
    event: AMOUNTS.pipelines + AMOUNTS.releases - 1,
    work_item: count(AMOUNTS.issues, (n) => n % 9 !== 0),
    incident: count(AMOUNTS.issues, (n) => n % 10 === 0 && n % 9 !== 0),
  })
  const [change] = await calm.store.query<Record<string, unknown>>(sql`
    select title, first_review_at, approved_at, merged_at, closed_at from evidence_change where number = 12 and learned_to = 'infinity'`)
  const n = AMOUNTS.mergeRequests - 12 + 1
  expect(change).toEqual({
    title: 'Change 12',
    first_review_at: NOW - (n + 5) * 2 * HOUR,
    approved_at: NOW - (n + 4) * 2 * HOUR,
    merged_at: NOW - n * 2 * HOUR,
    closed_at: NOW - n * 2 * HOUR,
  })
  const environments = await calm.store.query<{ environment: string }>(
    sql`select distinct environment from evidence_deployment where learned_to = 'infinity' order by 1`,
  )
  expect(environments.map(({ environment }) => environment)).toEqual(['production', 'review/x'])
  expect((await calm.intake.rejects({ limit: 1 })).rejects).toEqual([])
})

test('limited, failing at random and stopped midway, it ends with the same as on a calm day, and nothing twice', async () => {
  const calm = await ground()
  await connect(calm)
  await pull(calm)
  const rough = await ground()
  const { id } = await connect(rough)
  let limits = 0
  const say = (ms: number) => {
    const reset = { 'ratelimit-limit': '60', 'ratelimit-remaining': '0', 'ratelimit-reset': String((Date.now() + ms) / 1000) }
    const headers = (limits += 1) % 2 === 0 ? { 'retry-after': String(ms / 1000) } : reset
    return { status: 429, headers, body: 'Retry later' }
  }
  const day = { seed: 3, odds: { stop: 0.02, error: 0.06, drop: 0.1, truncate: 0.14 }, limit: { requests: 20, closedMs: 100, say } }
  const met = await roughDay(remote, day, async (stop, turn) => {
    await pull(rough, stop)
    rough.setNow(NOW + turn * 60_000)
    return (await rough.intake.pulls(id)).every(({ state }) => state === 'done')
  })
  expect(met.stops).toBeGreaterThan(2)
  expect(met.limits).toBeGreaterThan(2)
  expect(await counts(rough)).toEqual(await counts(calm))
  expect(await known(rough)).toEqual(await known(calm))
})

test('what was told by a webhook and is read back is one record', async () => {
  const told = await ground()
  const { id, key, secrets } = await connect(told, { projects: [] })
  const project = {
    path_with_namespace: 'acme/tools/shop',
    web_url: 'https://gitlab.com/acme/tools/shop',
    default_branch: 'main',
  }
  let sent = 0
  const push = async (body: object) => {
    sent += 1
    const taken = await told.intake.deliver(id, key, {
      headers: { 'x-gitlab-token': secrets.webhook!, 'idempotency-key': String(sent) },
      body: Buffer.from(JSON.stringify({ project, ...body })),
    })
    expect(taken).toMatchObject({ rejected: 0 })
  }
  const [shop] = projects as [GitLabProject]
  const utc = (at: unknown) => String(at).replace('T', ' ').replace('.000Z', ' UTC')
  for (const { author, labels, merged_at: mergedAt, closed_at: _c, web_url: url, ...request } of shop.mergeRequests)
    await push({
      object_kind: 'merge_request',
      user: author,
      labels: (labels as string[]).map((title) => ({ title })),
      object_attributes: { ...request, url, author_id: (author as { id: number }).id, action: mergedAt ? 'merge' : 'update' },
    })
  for (const { id: deployment_id, status, updated_at: at, environment, sha } of shop.deployments) {
    const { name, tier } = shop.environments[(environment as { id: number }).id]!
    await push({
      object_kind: 'deployment',
      status,
      status_changed_at: utc(at),
      deployment_id,
      environment: name,
      environment_tier: tier,
      short_sha: String(sha).slice(0, 8),
      commit_url: `https://gitlab.com/acme/tools/shop/-/commit/${sha}`,
    })
  }
  for (const pipeline of shop.pipelines)
    await push({ object_kind: 'pipeline', object_attributes: pipeline, builds: shop.jobs[pipeline.id as number] })
  for (const [index, { tag_name: tag, upcoming_release: isUpcoming, ...release }] of shop.releases.entries())
    if (!isUpcoming) await push({ object_kind: 'release', action: 'create', id: index + 1, tag, ...release })
  for (const { labels, issue_type: type, severity, web_url: url, ...issue } of shop.issues)
    await push({
      object_kind: 'issue',
      labels: (labels as string[]).map((title) => ({ title })),
      object_attributes: { ...issue, url, type: type === 'incident' ? 'Incident' : 'Issue', severity: String(severity).toLowerCase() },
    })
  const before = await counts(told)
  const sample = async () =>
    told.store.query(
      sql`select title, author, merged_at, closed_at, merge_commit from evidence_change where learned_to = 'infinity' order by number`,
    )
  const changes = await sample()

  await connect(told)
  await pull(told)
  expect(await counts(told)).toEqual(before)
  expect(await sample()).toEqual(changes)
  const alone = await ground()
  await connect(alone)
  await pull(alone)
  expect(await counts(alone)).toEqual(before)
})

test('a later round asks only for what is new', async () => {
  const polled = await ground()
  const { id } = await connect(polled, { pollMinutes: 30 })
  const [shop] = projects as [GitLabProject]
  await pull(polled)
  const before = { counts: await counts(polled), requests: remote.requests }
  expect((await stateOf(polled, id))['acme/tools/shop issues']).toMatchObject({ state: 'done', dueAt: NOW + HOUR / 2 })
  const soon = new Date(NOW + HOUR / 4).toISOString()
  Object.assign(
    shop.deployments.find(({ iid }) => iid === 7)!,
    { status: 'success', updated_at: soon },
  )
  shop.mergeRequests.find(({ iid }) => iid === 5)!.updated_at = soon
  polled.setNow(NOW + HOUR / 2)
  await pull(polled)
  expect(await counts(polled)).toEqual({ ...before.counts, deployment: before.counts.deployment! + 1 })
  expect(remote.requests - before.requests).toBeLessThan(20)
})

test('a project that was renamed is read under the name it has now', async () => {
  projects = [{ ...gitlabProject('acme/store', NOW, { ...AMOUNTS, mergeRequests: 45 }, 12), formerly: ['acme/tools/shop'] }]
  const renamed = await ground()
  await connect(renamed)
  await pull(renamed)
  const subjects = await renamed.store.query<{ subject: string; n: number }>(
    sql`select subject, count(*) as n from evidence_change where learned_to = 'infinity' group by subject`,
  )
  expect(subjects).toEqual([{ subject: 'repository:default/store', n: 45 }])
})

test('a project that is gone, a list that is turned off and one the token does not see are told apart', async () => {
  Object.assign(projects[0]!, { absent: { deployments: 403 }, disabled: ['issues'] })
  const partial = await ground()
  const { id } = await connect(partial, { projects: ['acme/tools/shop', 'acme/deleted'] })
  await pull(partial)
  const states = await stateOf(partial, id)
  expect(states['acme/tools/shop issues']).toMatchObject({ state: 'done', records: 0 })
  expect(states['acme/tools/shop deployments']).toMatchObject({ state: 'failed', error: { code: 'pull.forbidden' } })
  expect(states['acme/deleted merge_requests']).toMatchObject({ state: 'failed', error: { code: 'pull.gone' } })
  expect(states['acme/tools/shop merge_requests']).toMatchObject({ state: 'done' })
  expect(await partial.intake.testConnection(id)).toMatchObject([
    { ok: true, what: 'The token is accepted; it ends on 2026-12-31.' },
    { ok: true, what: 'Of acme/tools/shop it sees: merge requests, pipelines, releases.' },
    { ok: false, what: 'The token does not see the deployments of acme/tools/shop.' },
    { ok: false, what: 'The token does not see acme/deleted.' },
  ])
})

test('a group brings its projects and those of its subgroups in which something happened', async () => {
  const small = { mergeRequests: 3, deployments: 2, pipelines: 2, releases: 2, issues: 2 }
  projects = [
    gitlabProject('acme/shop', NOW, small, 1),
    gitlabProject('acme/tools/labels', NOW, small, 2),
    gitlabProject('acme/old', NOW - 800 * DAY, small, 3),
    gitlabProject('other/shop', NOW, small, 4),
  ]
  const all = await ground()
  const { id } = await connect(all, { projects: [], group: 'acme' })
  await pull(all)
  const streams = (await all.intake.pulls(id)).map(({ stream }) => stream)
  expect(streams).toHaveLength(11)
  expect(streams.filter((stream) => stream.includes('old') || stream.includes('other'))).toEqual([])
  expect((await counts(all)).change).toBe(6)
})

test('a wrong token stops it with what to do; without projects nothing is asked at all', async () => {
  const refused = await ground()
  const { id } = await connect(refused, {}, { token: 'wrong' })
  await pull(refused)
  expect((await refused.intake.pulls(id)).map(({ state, error }) => [state, error?.code])).toEqual(
    Array.from({ length: 5 }, () => ['failed', 'pull.unauthorized']),
  )
  expect(JSON.stringify(await refused.intake.pulls(id))).not.toContain('wrong')
  const before = remote.requests
  const quiet = await connect(refused, { projects: [] })
  expect(await refused.intake.pulls(quiet.id)).toEqual([])
  expect(await refused.intake.testConnection(quiet.id)).toMatchObject([{ ok: true, what: expect.stringContaining('webhooks alone') }])
  expect(remote.requests).toBe(before)
})

test('an answer of another shape stops the list and names the field; a thing of another shape is a reject', async () => {
  const odd = await ground()
  Object.assign(projects[0]!.mergeRequests[3]!, { iid: 'many' })
  Object.assign(projects[0]!.issues[5]!, { title: 7, labels: 'none' })
  Object.assign(projects[0]!.deployments[0]!, { environment: null })
  projects[0]!.approvals[9] = { approved_by: 'nobody' }
  const { id } = await connect(odd)
  await pull(odd)
  const states = await stateOf(odd, id)
  expect(states['acme/tools/shop merge_requests']).toMatchObject({
    state: 'failed',
    error: { code: 'pull.unreadable', message: expect.stringContaining('approved_by') },
  })
  expect(states['acme/tools/shop issues']).toMatchObject({ state: 'done' })
  const { rejects } = await odd.intake.rejects({ limit: 10 })
  expect(rejects.map(({ message }) => /environment|iid|title/.exec(message)?.[0]).sort()).toEqual(['environment', 'iid', 'title'])
})

test('a page for people instead of JSON is no empty list', async () => {
  const wrong = await ground()
  await remote.close()
  remote = await remoteOf(() => ({ body: '<!doctype html><title>Sign in</title>' }))
  const { id } = await connect(wrong)
  await pull(wrong)
  for (const state of await wrong.intake.pulls(id)) {
    expect(state).toMatchObject({ state: 'failed', pages: 0, error: { code: 'pull.unreadable', fix: expect.stringContaining('address') } })
  }
})

test('settings that cannot be meant are refused where they are wrong', async () => {
  const strict = await ground()
  for (const [settings, path] of [
    [{ projects: 'shop' }, 'settings.projects'],
    [{ projects: 'acme/../x' }, 'settings.projects'],
    [{ projects: 'acme/shop?x=1' }, 'settings.projects'],
    [{ group: 'acme x' }, 'settings.group'],
    [{ address: 'file:///etc/hosts' }, 'settings.address'],
    [{ pollMinutes: -1 }, 'settings.pollMinutes'],
  ] as const)
    await expect(connect(strict, settings), path).rejects.toMatchObject({ problem: { code: 'source.bad_setting', path } })
})
