import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadPayload } from '../../../ground/intake/index.ts'
import { bitbucketDataCenter } from '../index.ts'

// Payloads of our own making after confluence.atlassian.com/bitbucketserver, Event payload.
const OPENED = Date.parse('2026-05-01T08:00:00Z')
const CLOSED = Date.parse('2026-05-02T10:00:00.123Z')
const repository = { slug: 'labels', id: 84, name: 'The Labels', project: { key: 'SHOP', name: 'The Shop' } }
const fork = { ...repository, project: { key: '~u1', name: 'Not to be kept' } }
const author = { name: 'u1', slug: 'u1', type: 'NORMAL', emailAddress: 'dev-1@example.org', displayName: 'Not to be kept' }
const colleague = { name: 'u2', slug: 'u2', type: 'NORMAL' }
const pull = {
  id: 42,
  version: 1,
  title: 'Faster labels',
  state: 'OPEN',
  createdDate: OPENED,
  updatedDate: CLOSED,
  fromRef: { id: 'refs/heads/faster', displayId: 'faster', repository: fork },
  toRef: { id: 'refs/heads/main', displayId: 'main', repository },
  author: { user: author, role: 'AUTHOR' },
  reviewers: [],
  links: { self: [{ href: 'https://git.example.org/projects/SHOP/repos/labels/pull-requests/42' }] },
}
function read(event: string, body: object, settings: object = {}): ReadPayload {
  const whole = { eventKey: event, date: '2026-05-01T20:00:00+1000', actor: author, ...body }
  return bitbucketDataCenter.push!.read({ event, body: whole }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('a pull request is a change of the repository it is merged into; merged, it says when and by which commit', () => {
  const [open] = records(read('pr:opened', { pullRequest: pull }))
  expect(open).toMatchObject({
    kind: 'change',
    source: 'bitbucket',
    id: 'SHOP/labels#42',
    subject: 'repository:default/labels',
    number: 42,
    author: 'u1',
    branch: 'faster',
    base: 'main',
    openedAt: '2026-05-01T08:00:00.000Z',
    url: 'https://git.example.org/projects/SHOP/repos/labels/pull-requests/42',
  })
  for (const absent of ['mergedAt', 'closedAt', 'mergeCommit', 'bot']) expect(open).not.toHaveProperty(absent)
  expect(JSON.stringify(open)).not.toMatch(/Not to be kept|dev-1@/)
  const merged = {
    ...pull,
    state: 'MERGED',
    closedDate: CLOSED,
    properties: { mergeCommit: { displayId: 'abababa', id: 'ab'.repeat(20) } },
  }
  expect(records(read('pr:merged', { pullRequest: merged }))).toMatchObject([
    { mergedAt: '2026-05-02T10:00:00.123Z', closedAt: '2026-05-02T10:00:00.123Z', mergeCommit: 'ab'.repeat(20) },
  ])
})

test('declined and deleted ones are closed, not merged', () => {
  const [declined] = records(read('pr:declined', { pullRequest: { ...pull, closedDate: CLOSED } }))
  expect(declined).toMatchObject({ closedAt: '2026-05-02T10:00:00.123Z' })
  expect(declined).not.toHaveProperty('mergedAt')
  expect(records(read('pr:deleted', { pullRequest: pull }))).toMatchObject([
    { at: '2026-05-01T10:00:00.000Z', closedAt: '2026-05-01T10:00:00.000Z', deleted: true },
  ])
})

test('the first look and the approval are those of a colleague, not of the author or a program', () => {
  const approved = (user: object) => read('pr:reviewer:approved', { pullRequest: pull, participant: { user, approved: true } })
  expect(records(approved(colleague))).toMatchObject([
    { firstReviewAt: '2026-05-01T10:00:00.000Z', approvedAt: '2026-05-01T10:00:00.000Z', assumed: ['firstReviewAt', 'approvedAt'] },
  ])
  expect(approved(author).ignored).toMatch(/author/)
  expect(approved({ ...colleague, type: 'SERVICE' }).ignored).toMatch(/program/)
  for (const event of ['pr:reviewer:changes_requested', 'pr:reviewer:needs_work'])
    expect(records(read(event, { pullRequest: pull, participant: { user: colleague } }))[0]).not.toHaveProperty('approvedAt')
  const comment = { author: colleague, createdDate: OPENED + 1_000, text: 'Not to be kept' }
  expect(records(read('pr:comment:added', { pullRequest: pull, comment }))).toMatchObject([{ firstReviewAt: '2026-05-01T08:00:01.000Z' }])
})

test('a push to the main branch is told, to another, of a tag or of a deleted branch it is not', () => {
  const change = (displayId: string, more: object = {}) => ({
    ref: { id: `refs/heads/${displayId}`, displayId, type: 'BRANCH' },
    fromHash: 'cd'.repeat(20),
    toHash: 'ab'.repeat(20),
    type: 'UPDATE',
    ...more,
  })
  const push = (changes: object[], settings = {}) => read('repo:refs_changed', { repository, changes }, settings)
  expect(records(push([change('faster'), change('main')]))).toMatchObject([
    {
      kind: 'event',
      type: 'bitbucket.push',
      id: `push/SHOP/labels/${'ab'.repeat(20)}`,
      at: '2026-05-01T10:00:00.000Z',
      data: { branch: 'main', before: 'cd'.repeat(20), after: 'ab'.repeat(20) },
    },
  ])
  const [first] = records(push([change('main', { type: 'ADD', fromHash: '0'.repeat(40) })])) as [{ data: object }]
  expect(first.data).not.toHaveProperty('before')
  expect(push([change('main')], { mainBranch: 'trunk' }).ignored).toMatch(/main branch/)
  expect(push([change('main', { type: 'DELETE' })]).ignored).toMatch(/main branch/)
  expect(push([change('main', { ref: { displayId: 'main', type: 'TAG' } })]).ignored).toMatch(/main branch/)
})

test('a payload that does not fit names the field; a test and an event nobody needs are said to be ignored', () => {
  expect(records(read('pr:opened', { pullRequest: { ...pull, id: '42' } }))).toMatchObject([
    { code: 'evidence.bad_field', path: 'pullRequest.id' },
  ])
  expect(records(read('pr:merged', { pullRequest: { ...pull, createdDate: 'soon' } }))).toMatchObject([{ path: 'pullRequest.createdDate' }])
  expect(records(read('repo:refs_changed', {}))).toMatchObject([{ code: 'evidence.missing_field', path: 'repository' }])
  expect(read('diagnostics:ping', {}).ignored).toMatch(/works/)
  expect(read('pullrequest:created', {}).ignored).toMatch(/pullrequest:created/)
  expect(read('constructor', {}).ignored).toMatch(/constructor/)
})

test('nothing that can come in makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (any, fields) => {
      for (const event of ['pr:opened', 'pr:reviewer:approved', 'pr:comment:added', 'repo:refs_changed']) {
        bitbucketDataCenter.push!.read({ event, body: any }, {})
        read(event, { pullRequest: { ...pull, ...fields }, participant: any, comment: any, changes: any, repository: any })
      }
    }),
  )
})
