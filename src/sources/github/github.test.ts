import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { github } from './index.ts'

const repository = { name: 'Shop', full_name: 'acme/Shop', default_branch: 'main' }
const SHA = 'ab'.repeat(20)

function read(event: string, body: object, settings: object = {}): ReadPayload {
  return github.push!.read({ event, body: { repository, ...body } }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

const pull = {
  number: 42,
  title: 'Faster labels',
  user: { login: 'someone', type: 'User' },
  head: { ref: 'faster' },
  created_at: '2026-05-01T08:00:00Z',
  updated_at: '2026-05-02T10:00:00Z',
  additions: 10,
  deletions: 2,
  labels: [{ name: 'perf' }],
}

test('a merged pull request is a change with its merge commit; an open one has none, whatever GitHub tries out', () => {
  const merged = { ...pull, merged_at: '2026-05-02T10:00:00Z', closed_at: '2026-05-02T10:00:00Z', merge_commit_sha: SHA }
  expect(records(read('pull_request', { action: 'closed', pull_request: merged }))).toMatchObject([
    {
      kind: 'change',
      id: 'acme/Shop#42',
      subject: 'repository:default/shop',
      number: 42,
      mergedAt: '2026-05-02T10:00:00.000Z',
      mergeCommit: SHA,
      additions: 10,
    },
  ])
  const [open] = records(read('pull_request', { action: 'opened', pull_request: { ...pull, merge_commit_sha: SHA } }))
  expect(open).not.toHaveProperty('mergeCommit')
  expect(open).toMatchObject({ none: ['closedAt'] })
})

test('the first look and the approval are those of a colleague, not of the author or a program', () => {
  const review = (login: string, type = 'User') =>
    read('pull_request_review', {
      action: 'submitted',
      review: { state: 'approved', submitted_at: '2026-05-01T12:00:00Z', user: { login, type } },
      pull_request: pull,
    })
  expect(records(review('colleague'))).toMatchObject([
    {
      kind: 'change',
      number: 42,
      firstReviewAt: '2026-05-01T12:00:00.000Z',
      approvedAt: '2026-05-01T12:00:00.000Z',
      assumed: ['firstReviewAt', 'approvedAt'],
    },
  ])
  expect(review('someone').ignored).toMatch(/author/)
  expect(review('checker[bot]', 'Bot').ignored).toMatch(/program/)
})

test('a deployment is told once it has ended; an environment GitHub calls production is production', () => {
  const status = (state: string, more: object = {}) =>
    read('deployment_status', {
      deployment_status: { state, created_at: '2026-05-02T11:00:00Z' },
      deployment: { id: 7, sha: SHA, environment: 'live', created_at: '2026-05-02T10:50:00Z', ...more },
    })
  expect(status('in_progress').ignored).toMatch(/has not ended/)
  expect(records(status('success', { production_environment: true }))).toMatchObject([
    { kind: 'deployment', environment: 'production', environmentName: 'live', outcome: 'success', startedAt: '2026-05-02T10:50:00.000Z' },
  ])
  expect(records(status('error'))).toMatchObject([{ environment: 'live', outcome: 'failure' }])
})

test('a workflow named in the settings deploys; any other is an event of the repository', () => {
  const run = {
    id: 9,
    run_attempt: 2,
    name: 'Deploy',
    head_sha: SHA,
    conclusion: 'success',
    run_started_at: '2026-05-02T10:50:00Z',
    updated_at: '2026-05-02T11:00:00Z',
  }
  expect(records(read('workflow_run', { action: 'completed', workflow_run: run }, { deployWorkflows: 'Deploy; Release' }))).toMatchObject([
    { kind: 'deployment', id: 'workflow_run/9/2', commit: SHA, outcome: 'success' },
  ])
  expect(records(read('workflow_run', { action: 'completed', workflow_run: run }))).toMatchObject([
    { kind: 'event', type: 'github.workflow_run' },
  ])
  expect(read('workflow_run', { action: 'requested', workflow_run: { ...run, conclusion: null } }).ignored).toBeDefined()
})

test('an issue is a work item, and with the right label an incident too; opened again it is not done any more', () => {
  const issue = {
    number: 5,
    title: 'Labels do not print',
    state: 'closed',
    state_reason: 'completed',
    created_at: '2026-05-01T08:00:00Z',
    updated_at: '2026-05-01T09:00:00Z',
    closed_at: '2026-05-01T09:00:00Z',
    labels: [{ name: 'outage' }],
  }
  expect(records(read('issues', { action: 'closed', issue }, { incidentLabels: ['outage'] }))).toMatchObject([
    { kind: 'work_item', state: 'done', doneAt: '2026-05-01T09:00:00.000Z' },
    { kind: 'incident', openedAt: '2026-05-01T08:00:00.000Z', resolvedAt: '2026-05-01T09:00:00.000Z' },
  ])
  expect(records(read('issues', { action: 'reopened', issue: { ...issue, state: 'open', closed_at: null } }))).toMatchObject([
    { state: 'open', none: ['doneAt'] },
  ])
})

test('a payload that does not fit names the field as GitHub calls it', () => {
  expect(records(read('pull_request', { action: 'opened', pull_request: { ...pull, number: 'many' } }))).toMatchObject([
    { code: 'evidence.bad_field', path: 'pull_request.number' },
  ])
  expect(records(read('issues', {}))).toMatchObject([{ path: 'action' }])
  expect(read('constructor', {}).ignored).toMatch(/constructor/)
})

test('an issue that was deleted while it was open is cancelled then; one that was transferred leads on to its new name', () => {
  const issue = { number: 7, title: 'Slow', state: 'open', created_at: '2026-05-01T08:00:00Z', updated_at: '2026-05-01T09:00:00Z' }
  const receivedAt = Date.parse('2026-05-03T10:00:00Z')
  const when = '2026-05-03T10:00:00.000Z'
  const tell = (action: string, more: object = {}) =>
    github.push!.read({ event: 'issues', body: { action, issue, repository, ...more }, receivedAt }, { incidentLabels: ['bug'] })
  expect(records(tell('deleted'))).toMatchObject([{ id: 'acme/Shop#7', at: when, state: 'cancelled', doneAt: when, deleted: true }])
  expect(tell('deleted', { issue: { ...issue, state: 'closed' } }).ignored).toMatch(/ended/)
  const labels = { name: 'labels', full_name: 'acme/labels' }
  expect(records(tell('transferred', { changes: { new_issue: { number: 3 }, new_repository: labels } }))).toMatchObject([
    { id: 'acme/Shop#7', at: when, state: 'cancelled', movedTo: 'acme/labels#3', refs: ['acme/labels#3'] },
  ])
  expect(tell('transferred').ignored).toBeTruthy()
  const there = {
    issue: { ...issue, number: 3, labels: [{ name: 'bug' }] },
    repository: labels,
    changes: { old_issue: issue, old_repository: repository },
  }
  expect(records(tell('opened', there))).toMatchObject([
    { kind: 'work_item', id: 'acme/labels#3', aliases: ['acme/Shop#7'] },
    { kind: 'incident', id: 'acme/labels#3', aliases: ['github/acme/Shop#7'] },
  ])
})
