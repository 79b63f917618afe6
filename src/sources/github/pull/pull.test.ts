import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { type GitHubRepository, githubDialect } from '../../../../test/support/remote/github.ts'
import { githubRepository } from '../../../../test/support/remote/github-repository.ts'
import { pulling } from '../../../../test/support/remote/pulling.ts'
import { roughDay } from '../../../../test/support/remote/rough-day.ts'
import type { RemoteServer, Told } from '../../../../test/support/remote/server.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { DAY, HOUR } from '../../../ground/core/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { github } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const AMOUNTS = { pulls: 110, deployments: 70, releases: 12, runs: 130, issues: 120 }
/** Table and column names of what is compared: all that was told. */
const KINDS = ['change', 'deployment', 'event', 'work_item', 'incident']

let repositories: GitHubRepository[]
let remote: RemoteServer
const { ground, remoteOf } = pulling(NOW, github)

const connect = async ({ intake }: TestGround, settings: object = {}, secrets: Record<string, string> = { token: 'word' }) =>
  intake.connect(
    {
      source: 'github',
      settings: {
        apiAddress: remote.base,
        repositories: ['acme/shop'],
        deployWorkflows: ['Deploy'],
        incidentLabels: ['outage'],
        pollMinutes: 0,
        ...settings,
      },
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
      sql`select (to_jsonb(t) - array['learned_from', 'learned_to', 'import_id', 'hash', 'row_id', 'extra', 'by'])::text as row from ${sql.table(`evidence_${kind}`)} t
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
  repositories = [githubRepository('acme/shop', NOW, AMOUNTS)]
  remote = await remoteOf((asked) => githubDialect(repositories, 'word')(asked))
})

test('a year of pull requests with reviews, deployments, releases, runs with all their attempts, and issues', async () => {
  const calm = await ground()
  const { id } = await connect(calm)
  await pull(calm)
  const deploys = AMOUNTS.runs / 2
  expect(await counts(calm)).toEqual({
    change: AMOUNTS.pulls,
    deployment: AMOUNTS.deployments + deploys + Math.floor(AMOUNTS.runs / 14),
    event: AMOUNTS.releases - 1 + (AMOUNTS.runs - deploys) + Math.ceil(Math.floor(AMOUNTS.runs / 7) / 2),
    work_item: AMOUNTS.issues,
    incident: AMOUNTS.issues / 10,
  })
  const states = await calm.intake.pulls(id)
  expect(states.map(({ stream, state, error }) => [stream, state, error])).toEqual(
    ['deployments', 'issues', 'pulls', 'releases', 'runs'].map((list) => [`acme/shop ${list}`, 'done', null]),
  )
  expect(states.find(({ stream }) => stream.endsWith('pulls'))!.reachedAt).toBe(NOW - AMOUNTS.pulls * 2 * HOUR)
  const [change] = await calm.store.query<Record<string, unknown>>(sql`
    select number, title, additions, first_review_at, approved_at, merged_at from evidence_change where number = 12 and learned_to = 'infinity'`)
  const n = AMOUNTS.pulls - 12 + 1
  expect(change).toMatchObject({
    title: 'Change 12',
    additions: 12,
    first_review_at: NOW - (n + 5) * 2 * HOUR,
    approved_at: NOW - (n + 4) * 2 * HOUR,
    merged_at: NOW - n * 2 * HOUR,
  })
  const { rejects } = await calm.intake.rejects({ limit: 1 })
  expect(rejects).toEqual([])
})

test('limited, failing at random and stopped midway, it ends with the same as on a calm day, and nothing twice', async () => {
  const calm = await ground()
  await connect(calm)
  await pull(calm)
  const rough = await ground()
  const { id } = await connect(rough)
  let limits = 0
  const say = (ms: number): Told =>
    (limits += 1) % 2 === 0
      ? { status: 403, headers: { 'retry-after': String(ms / 1000) }, body: { message: 'You have exceeded a secondary rate limit.' } }
      : {
          status: 403,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String((Date.now() + ms) / 1000) },
          body: { message: 'API rate limit exceeded' },
        }
  const day = { seed: 3, odds: { stop: 0.03, error: 0.06, drop: 0.1, truncate: 0.14 }, limit: { requests: 60, closedMs: 80, say } }
  const met = await roughDay(remote, day, async (stop, turn) => {
    await pull(rough, stop)
    rough.setNow(NOW + turn * 60_000)
    return (await rough.intake.pulls(id)).every(({ state }) => state === 'done')
  })
  expect(met.stops).toBeGreaterThan(2)
  expect(met.limits).toBeGreaterThan(2)
  expect((await rough.intake.pulls(id)).filter(({ state }) => state !== 'done')).toEqual([])
  expect(await counts(rough)).toEqual(await counts(calm))
  expect(await known(rough)).toEqual(await known(calm))
})

test('what was told by a webhook and is read back is one record with the same content', async () => {
  const told = await ground()
  const { id, key, secrets } = await connect(told, { repositories: [] })
  const repository = { name: 'shop', full_name: 'acme/shop', default_branch: 'main' }
  const push = async (event: string, payload: object) => {
    const body = Buffer.from(JSON.stringify({ repository, ...payload }))
    const signature = `sha256=${createHmac('sha256', secrets.webhook!).update(body).digest('hex')}`
    return told.intake.deliver(id, key, { headers: { 'x-github-event': event, 'x-hub-signature-256': signature }, body })
  }
  const [shop] = repositories as [GitHubRepository]
  for (const pull_request of shop.pulls) await push('pull_request', { action: 'closed', pull_request })
  for (const pull_request of shop.pulls)
    for (const review of shop.reviews[pull_request.number as number] ?? [])
      await push('pull_request_review', {
        action: 'submitted',
        review: { ...review, state: String(review.state).toLowerCase() },
        pull_request,
      })
  for (const deployment of shop.deployments)
    for (const deployment_status of shop.statuses[deployment.id as number]!)
      await push('deployment_status', { deployment, deployment_status })
  for (const release of shop.releases) await push('release', { action: 'published', release })
  for (const workflow_run of [...Object.values(shop.attempts), ...shop.runs])
    await push('workflow_run', { action: 'completed', workflow_run })
  for (const issue of shop.issues) await push('issues', { action: 'edited', issue })
  const before = await known(told)
  expect(before.length).toBeGreaterThan(400)

  await connect(told)
  await pull(told)
  expect(await known(told)).toEqual(before)
  const today = [...(await told.intake.connectionDays(1)).values()].flat().find(({ deliveries }) => deliveries === 0)!
  expect(today).toMatchObject({ accepted: 0, revised: 0, rejected: 0 })
  expect(today.duplicates).toBeGreaterThan(400)
})

test('a later round asks only for what is new, with what was still going on', async () => {
  const polled = await ground()
  const { id } = await connect(polled, { pollMinutes: 30 })
  const [shop] = repositories as [GitHubRepository]
  shop.statuses[70] = [{ id: 1, state: 'in_progress', created_at: new Date(NOW).toISOString() }]
  await pull(polled)
  const before = { counts: await counts(polled), requests: remote.requests }
  expect((await stateOf(polled, id))['acme/shop pulls']).toMatchObject({ state: 'done', dueAt: NOW + HOUR / 2 })
  shop.statuses[70] = [{ id: 2, state: 'success', created_at: new Date(NOW + HOUR / 4).toISOString() }]
  shop.pulls.find(({ number }) => number === 5)!.updated_at = new Date(NOW + HOUR / 4).toISOString()
  polled.setNow(NOW + HOUR / 2)
  await pull(polled)
  expect(await counts(polled)).toEqual({ ...before.counts, deployment: before.counts.deployment! + 1 })
  expect(remote.requests - before.requests).toBeLessThan(50)
})

test('a repository that was renamed is read under the name it has now', async () => {
  repositories = [{ ...githubRepository('acme/store', NOW, { ...AMOUNTS, pulls: 45 }), formerly: ['acme/shop'] }]
  const renamed = await ground()
  await connect(renamed)
  await pull(renamed)
  const subjects = await renamed.store.query<{ subject: string; n: number }>(
    sql`select subject, count(*) as n from evidence_change where learned_to = 'infinity' group by subject`,
  )
  expect(subjects).toEqual([{ subject: 'repository:default/store', n: 45 }])
})

test('a repository that is gone, a list that is turned off and one the token does not see are told apart', async () => {
  repositories[0]!.absent = { issues: 410, deployments: 403 }
  const partial = await ground()
  const { id } = await connect(partial, { repositories: ['acme/shop', 'acme/deleted'] })
  await pull(partial)
  const states = await stateOf(partial, id)
  expect(states['acme/shop issues']).toMatchObject({ state: 'done', records: 0 })
  expect(states['acme/shop deployments']).toMatchObject({
    state: 'failed',
    error: { code: 'pull.forbidden', fix: expect.stringMatching(/permission/) },
  })
  expect(states['acme/deleted pulls']).toMatchObject({ state: 'failed', error: { code: 'pull.gone' } })
  expect(states['acme/shop pulls']).toMatchObject({ state: 'done' })
  expect(await partial.intake.testConnection(id)).toEqual([
    { ok: true, what: 'The token is accepted; 4,990 of 5,000 requests an hour are left.' },
    { ok: true, what: 'Of acme/shop it sees: pull requests, releases, workflow runs.' },
    { ok: false, what: 'The token does not see the deployments of acme/shop.', fix: 'Give it the permission "Deployments: read".' },
    { ok: false, what: 'The token does not see acme/deleted.', fix: 'Give it access to this repository, and check its name.' },
  ])
})

test('an organisation brings its repositories in which something happened', async () => {
  const small = { pulls: 3, deployments: 2, releases: 2, runs: 2, issues: 2 }
  repositories = [
    githubRepository('acme/shop', NOW, small, 1),
    githubRepository('acme/labels', NOW, small, 2),
    githubRepository('acme/old', NOW - 800 * DAY, small, 3),
    githubRepository('other/shop', NOW, small, 4),
  ]
  const all = await ground()
  const { id } = await connect(all, { repositories: [], organisation: 'acme' })
  await pull(all)
  const streams = (await all.intake.pulls(id)).map(({ stream }) => stream)
  expect(streams).toHaveLength(11)
  expect(streams.filter((stream) => stream.includes('old') || stream.includes('other'))).toEqual([])
  expect((await counts(all)).change).toBe(6)
})

test('a wrong token stops it with what to do; without repositories nothing is asked at all', async () => {
  const refused = await ground()
  const { id } = await connect(refused, {}, { token: 'wrong' })
  await pull(refused)
  expect((await refused.intake.pulls(id)).map(({ state, error }) => [state, error?.code])).toEqual(
    Array.from({ length: 5 }, () => ['failed', 'pull.unauthorized']),
  )
  expect(await refused.intake.testConnection(id)).toMatchObject([{ ok: false, what: expect.stringContaining('Bad credentials') }])
  expect(JSON.stringify(await refused.intake.pulls(id))).not.toContain('wrong')
  const before = remote.requests
  const quiet = await connect(refused, { repositories: [] })
  expect(await refused.intake.pulls(quiet.id)).toEqual([])
  await expect(refused.intake.backfill(quiet.id)).rejects.toThrow(/name nothing to read/)
  expect(remote.requests).toBe(before)
})

test('settings that cannot be meant are refused where they are wrong', async () => {
  const strict = await ground()
  for (const [settings, path] of [
    [{ repositories: 'shop' }, 'settings.repositories'],
    [{ repositories: 'acme/shop/../../x' }, 'settings.repositories'],
    [{ organisation: 'acme/..' }, 'settings.organisation'],
    [{ apiAddress: 'file:///etc/hosts' }, 'settings.apiAddress'],
    [{ pollMinutes: -1 }, 'settings.pollMinutes'],
  ] as const)
    await expect(connect(strict, settings), path).rejects.toMatchObject({ problem: { code: 'source.bad_setting', path } })
})
