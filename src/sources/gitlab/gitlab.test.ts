import { describe, expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { gitlab } from './index.ts'

const NOW = Date.parse('2026-05-02T12:00:00Z')
const SHA = 'ab'.repeat(20)
const project = { path_with_namespace: 'acme/tools/Shop', web_url: 'https://gitlab.com/acme/tools/Shop', default_branch: 'main' }
const ownProject = { ...project, web_url: 'https://git.example.org/acme/tools/Shop' }
const user = { id: 1, username: 'u1' }

function read(body: Record<string, unknown>, settings: object = {}, headers: Record<string, string> = {}): ReadPayload {
  const event = gitlab.push!.eventOf({ headers, body: Buffer.alloc(0) }, body)
  return gitlab.push!.read({ event, body: { project, ...body }, receivedAt: NOW }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

const request = {
  iid: 12,
  action: 'open',
  state: 'opened',
  title: 'Faster labels',
  author_id: 1,
  source_branch: 'faster',
  created_at: '2026-05-01 08:00:00 UTC',
  updated_at: '2026-05-02T10:00:00Z',
}
const requested = (more: object, who: object = user) =>
  read({ object_kind: 'merge_request', user: who, labels: [{ title: 'perf' }], object_attributes: { ...request, ...more } })

describe('merge requests', () => {
  test('an open one is a change by whoever opened it', () => {
    expect(records(requested({}))).toMatchObject([
      {
        kind: 'change',
        id: 'acme/tools/Shop!12',
        subject: 'repository:default/shop',
        number: 12,
        author: 'u1',
        openedAt: '2026-05-01T08:00:00.000Z',
        labels: ['perf'],
        none: ['closedAt'],
      },
    ])
    const [byAnother] = records(requested({}, { id: 2, username: 'u2' }))
    expect(byAnother).not.toHaveProperty('author')
    expect(records(requested({}, { id: 1, username: 'project_15_bot_4ffca233d8298ea1' }))).toMatchObject([{ bot: true }])
  })

  test('a merged one has its commit and moment; a later remark on it moves no moment', () => {
    const merged = { state: 'merged', merge_commit_sha: SHA }
    expect(records(requested({ ...merged, action: 'merge' }))).toMatchObject([
      { mergedAt: '2026-05-02T10:00:00.000Z', closedAt: '2026-05-02T10:00:00.000Z', mergeCommit: SHA },
    ])
    const [later] = records(requested({ ...merged, action: 'update', updated_at: '2026-05-09T10:00:00Z' }))
    expect(later).toMatchObject({ mergeCommit: SHA })
    expect(later).not.toHaveProperty('mergedAt')
    expect(later).not.toHaveProperty('closedAt')
    expect(later).not.toHaveProperty('none')
  })

  test('one that is still open has no merge commit, whatever GitLab prepares', () => {
    expect(records(requested({ merge_commit_sha: SHA }))[0]).not.toHaveProperty('mergeCommit')
  })

  test('one without approval is not approved: only as many as are required approve it, and never its author', () => {
    const colleague = { id: 2, username: 'u2' }
    expect(records(requested({ action: 'approved' }, colleague))).toMatchObject([
      {
        kind: 'change',
        number: 12,
        firstReviewAt: '2026-05-02T12:00:00.000Z',
        approvedAt: '2026-05-02T12:00:00.000Z',
        assumed: ['firstReviewAt', 'approvedAt'],
      },
    ])
    const [oneOfTwo] = records(requested({ action: 'approval' }, colleague))
    expect(oneOfTwo).toMatchObject({ assumed: ['firstReviewAt'] })
    expect(oneOfTwo).not.toHaveProperty('approvedAt')
    expect(requested({ action: 'approved' }).ignored).toMatch(/author/)
    expect(requested({ action: 'approved' }, { id: 3, username: 'group_7_bot_1' }).ignored).toMatch(/program/)
    expect(requested({ action: 'unapproved' }, colleague).ignored).toMatch(/withdrawn/)
  })
})

describe('issues', () => {
  const issue = { ...request, iid: 12, type: 'Issue', url: 'https://gitlab.com/acme/tools/Shop/-/issues/12' }
  const told = (more: object, labels: object[] = [], settings = {}) =>
    read({ object_kind: 'issue', labels, object_attributes: { ...issue, ...more } }, settings)

  test('an issue and a merge request of one number are two things', () => {
    expect(records(told({}))).toMatchObject([
      { kind: 'work_item', id: 'acme/tools/Shop#12', state: 'open', type: 'issue', none: ['doneAt'] },
    ])
  })

  test('one that is closed is done; moved or doubled, it goes on elsewhere', () => {
    const closed = { state: 'closed', action: 'close' }
    expect(records(told({ ...closed, closed_at: '2026-05-02 09:00:00 UTC' }))).toMatchObject([
      { state: 'done', doneAt: '2026-05-02T09:00:00.000Z' },
    ])
    expect(records(told(closed))).toMatchObject([{ doneAt: '2026-05-02T10:00:00.000Z' }])
    expect(records(told({ ...closed, action: 'update' }))[0]).not.toHaveProperty('doneAt')
    expect(records(told({ ...closed, moved_to_id: 9 }))).toMatchObject([{ state: 'cancelled' }])
    expect(records(told({ ...closed, duplicated_to_id: 9 }))).toMatchObject([{ state: 'cancelled' }])
  })

  test('an incident is one by its type or a label', () => {
    expect(records(told({ type: 'Incident', severity: 'high' }))).toMatchObject([
      { kind: 'work_item', type: 'incident' },
      { kind: 'incident', severity: 'high', openedAt: '2026-05-01T08:00:00.000Z', none: ['resolvedAt'] },
    ])
    expect(records(told({ severity: 'unknown' }, [{ title: 'outage' }], { incidentLabels: 'outage' }))[1]).not.toHaveProperty('severity')
    expect(records(told({}, [{ title: 'outage' }]))).toHaveLength(1)
  })

  test('what is confidential is not kept, and an epic belongs to no repository', () => {
    expect(told({ confidential: true }).ignored).toMatch(/confidential/)
    expect(read({ object_kind: 'work_item', project: null, object_attributes: { ...issue, type: 'Epic' } }).ignored).toMatch(/epic/)
  })
})

describe('deployments', () => {
  const deployment = {
    object_kind: 'deployment',
    status: 'success',
    status_changed_at: '2026-05-02 13:00:00 +0200',
    deployment_id: 7,
    environment: 'live',
    environment_tier: 'production',
    short_sha: SHA.slice(0, 8),
    commit_url: `https://gitlab.com/acme/tools/Shop/-/commit/${SHA}`,
  }

  test('one is told once it has ended, with the whole commit; an environment of the tier production is production', () => {
    expect(read({ ...deployment, status: 'running' }).ignored).toMatch(/has not ended/)
    expect(records(read(deployment))).toMatchObject([
      {
        kind: 'deployment',
        id: 'deployment/acme/tools/Shop/7',
        environment: 'production',
        environmentName: 'live',
        commit: SHA,
        finishedAt: '2026-05-02T11:00:00.000Z',
        outcome: 'success',
      },
    ])
    expect(records(read({ ...deployment, status: 'failed', environment_tier: 'staging', commit_url: null }))).toMatchObject([
      { environment: 'live', outcome: 'failure', commit: SHA.slice(0, 8) },
    ])
    expect(records(read({ ...deployment, status: 'canceled' }))).toMatchObject([{ outcome: 'cancelled' }])
  })

  test('an address that names another commit is not believed', () => {
    expect(records(read({ ...deployment, commit_url: `https://gitlab.com/x/-/commit/${'cd'.repeat(20)}` }))).toMatchObject([
      { commit: SHA.slice(0, 8) },
    ])
  })

  test('two instances may have a project of one name', () => {
    expect(records(read({ ...deployment, project: ownProject }))).toMatchObject([{ id: 'deployment/git.example.org/acme/tools/Shop/7' }])
  })

  test('a pipeline is an event once it has ended; a job named in the settings deploys', () => {
    const pipeline = {
      id: 31,
      name: 'Main',
      ref: 'main',
      tag: false,
      sha: SHA,
      source: 'push',
      status: 'success',
      created_at: '2026-05-02 10:00:00 UTC',
      finished_at: '2026-05-02 10:30:00 UTC',
    }
    const job = { id: 377, name: 'ship', status: 'success', started_at: '2026-05-02 10:20:00 UTC', finished_at: '2026-05-02 10:25:00 UTC' }
    const told = (attributes: object, builds: object[] = [job]) =>
      read({ object_kind: 'pipeline', object_attributes: { ...pipeline, ...attributes }, builds }, { deployJobs: ['ship'] })
    expect(records(told({}))).toMatchObject([
      { kind: 'deployment', id: 'job/acme/tools/Shop/377', commit: SHA, startedAt: '2026-05-02T10:20:00.000Z', environment: 'production' },
      { kind: 'event', type: 'gitlab.pipeline', id: 'pipeline/acme/tools/Shop/31', data: { branch: 'main', conclusion: 'success' } },
    ])
    expect(records(told({ status: 'running', finished_at: null }))).toMatchObject([{ kind: 'deployment' }])
    expect(told({ status: 'running', finished_at: null }, [{ ...job, status: 'running', finished_at: null }]).ignored).toMatch(/running/)
    expect(records(told({}, [{ ...job, status: 'skipped', started_at: null, finished_at: null }]))).toMatchObject([{ kind: 'event' }])
  })
})

describe('the repository', () => {
  const push = { object_kind: 'push', ref: 'refs/heads/main', before: '0'.repeat(40), after: SHA, commits: [] }

  test('a push to the main branch is an event, at its last commit or when it came', () => {
    expect(
      records(read({ ...push, commits: [{ id: SHA, timestamp: '2026-05-02T12:00:00+02:00' }], total_commits_count: 30 })),
    ).toMatchObject([{ kind: 'event', type: 'gitlab.push', at: '2026-05-02T10:00:00.000Z', data: { commits: [SHA], total: 30 } }])
    expect(records(read(push))).toMatchObject([{ at: '2026-05-02T12:00:00.000Z' }])
    expect(read({ ...push, ref: 'refs/heads/faster' }).ignored).toMatch(/main branch/)
    expect(read({ ...push, after: '0'.repeat(40) }).ignored).toMatch(/deleted/)
  })

  test('a release is an event; one that was deleted stays', () => {
    const release = { object_kind: 'release', id: 1, action: 'create', tag: 'v1.1', name: 'v1.1', created_at: '2026-05-02 10:00:00 UTC' }
    expect(records(read(release))).toMatchObject([
      { type: 'gitlab.release', id: 'release/acme/tools/Shop/v1.1', at: '2026-05-02T10:00:00.000Z', data: { tag: 'v1.1' } },
    ])
    expect(read({ ...release, action: 'delete' }).ignored).toMatch(/deleted/)
  })

  test('comments, jobs, tags and whatever else is acknowledged with the reason', () => {
    for (const kind of ['note', 'build', 'tag_push', 'wiki_page', '__proto__', 'constructor'])
      expect(read({ object_kind: kind }).ignored).toBeTruthy()
    expect(read({ event_name: 'user_add_to_group' }).ignored).toContain('user_add_to_group')
    expect(read({}, {}, { 'x-gitlab-event': 'Emoji Hook' }).ignored).toContain('Emoji Hook')
  })
})

describe('what does not fit names the field as GitLab calls it', () => {
  test.each([
    ['object_attributes.iid', { iid: 'many' }],
    ['object_attributes.iid', { iid: 1e300 }],
    ['object_attributes.iid', { iid: 0 }],
    ['object_attributes.title', { title: undefined }],
    ['object_attributes.state', { state: 7 }],
    ['object_attributes.updated_at', { updated_at: 'yesterday' }],
    ['object_attributes.updated_at', { updated_at: '2026-02-30 10:00:00 UTC' }],
    ['object_attributes.updated_at', { updated_at: '2026-05-02 10:00:00' }],
    ['object_attributes.created_at', { created_at: '2026-05-02 10:00:00 +9999' }],
    ['object_attributes.created_at', { created_at: 1_777_000_000 }],
  ])('%s', (path, more) => {
    expect(records(requested(more))).toMatchObject([{ code: expect.stringMatching(/^evidence\./), path, fix: expect.any(String) }])
  })

  test('a project without path or address', () => {
    const told = { object_kind: 'merge_request', object_attributes: request }
    expect(records(read({ ...told, project: { web_url: project.web_url } }))).toMatchObject([{ path: 'project.path_with_namespace' }])
    expect(records(read({ ...told, project: { ...project, web_url: 'shop' } }))).toMatchObject([{ path: 'project.web_url' }])
    expect(records(read({ ...told, project: 7 }))).toMatchObject([{ path: 'project' }])
  })

  test('a time zone off the hour is read', () => {
    expect(records(requested({ updated_at: '2026-05-02 15:45:00 +0545' }))).toMatchObject([{ at: '2026-05-02T10:00:00.000Z' }])
    expect(records(requested({ updated_at: '2026-05-02T00:30:00.250-09:30' }))).toMatchObject([{ at: '2026-05-02T10:00:00.250Z' }])
  })
})
