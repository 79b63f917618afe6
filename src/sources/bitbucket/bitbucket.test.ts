import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { bitbucket } from './index.ts'

const repository = { type: 'repository', name: 'The Shop', full_name: 'acme/shop', uuid: '{r}' }
const author = { type: 'user', nickname: 'u1', account_id: '1', uuid: '{1}', display_name: 'Not to be kept' }
const colleague = { type: 'user', nickname: 'u2', account_id: '2', uuid: '{2}' }
const pull = {
  id: 42,
  title: 'Faster labels',
  description: '',
  state: 'OPEN',
  author,
  source: { branch: { name: 'faster' } },
  destination: { branch: { name: 'main' } },
  merge_commit: null,
  created_on: '2026-05-01T08:00:00.000000+00:00',
  updated_on: '2026-05-02T12:00:00.123456+02:00',
  links: { html: { href: 'https://bitbucket.example/acme/shop/pull-requests/42' } },
}
function read(event: string, body: object, settings: object = {}): ReadPayload {
  return bitbucket.push!.read({ event, body: { repository, actor: author, ...body } }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('a pull request is a change; merged, it says when and by which commit', () => {
  const [open] = records(read('pullrequest:updated', { pullrequest: pull }))
  expect(open).toMatchObject({
    kind: 'change',
    id: 'acme/shop#42',
    subject: 'repository:default/shop',
    number: 42,
    author: 'u1',
    branch: 'faster',
  })
  expect(open).not.toHaveProperty('mergedAt')
  expect(JSON.stringify(open)).not.toContain('Not to be kept')
  const merged = { ...pull, state: 'MERGED', merge_commit: { hash: '764413d85e29' } }
  expect(records(read('pullrequest:fulfilled', { pullrequest: merged }))).toMatchObject([
    {
      at: '2026-05-02T10:00:00.123Z',
      mergedAt: '2026-05-02T10:00:00.123Z',
      closedAt: '2026-05-02T10:00:00.123Z',
      mergeCommit: '764413d85e29',
    },
  ])
  const [declined] = records(read('pullrequest:rejected', { pullrequest: { ...pull, state: 'DECLINED' } }))
  expect(declined).toMatchObject({ closedAt: '2026-05-02T10:00:00.123Z' })
  expect(declined).not.toHaveProperty('mergedAt')
})

test('the first look and the approval are those of a colleague, not of the author or a program', () => {
  const approved = (user: object) => read('pullrequest:approved', { pullrequest: pull, approval: { date: '2026-05-01T12:00:00Z', user } })
  expect(records(approved(colleague))).toMatchObject([
    { firstReviewAt: '2026-05-01T12:00:00.000Z', approvedAt: '2026-05-01T12:00:00.000Z', assumed: ['firstReviewAt', 'approvedAt'] },
  ])
  expect(approved(author).ignored).toMatch(/author/)
  expect(approved({ ...colleague, type: 'app_user' }).ignored).toMatch(/program/)
  const comment = { created_on: '2026-05-01T11:00:00Z', user: colleague }
  const [looked] = records(read('pullrequest:comment_created', { pullrequest: pull, comment }))
  expect(looked).toMatchObject({ firstReviewAt: '2026-05-01T11:00:00.000Z', assumed: ['firstReviewAt'] })
  expect(looked).not.toHaveProperty('approvedAt')
})

test('a push to the main branch is told, to another or of a deleted branch it is not', () => {
  const change = (name: string) => ({
    new: { type: 'branch', name, target: { hash: 'ab'.repeat(20), date: '2026-05-01T08:00:00+00:00' } },
    old: null,
  })
  const push = (changes: object[], settings = {}) => read('repo:push', { push: { changes } }, settings)
  expect(records(push([change('faster'), change('main')]))).toMatchObject([
    { kind: 'event', type: 'bitbucket.push', id: `push/acme/shop/${'ab'.repeat(20)}`, data: { branch: 'main', forced: false } },
  ])
  expect(push([change('main')], { mainBranch: 'trunk' }).ignored).toMatch(/main branch/)
  expect(push([{ new: null, old: null }]).ignored).toMatch(/main branch/)
})

test('a payload that does not fit names the field; an event nobody needs is said to be ignored', () => {
  expect(records(read('pullrequest:created', { pullrequest: { ...pull, id: '42' } }))).toMatchObject([
    { code: 'evidence.bad_field', path: 'pullrequest.id' },
  ])
  expect(records(read('repo:push', {}))).toMatchObject([{ code: 'evidence.missing_field', path: 'push' }])
  expect(read('pr:opened', {}).ignored).toMatch(/pr:opened/)
  expect(read('constructor', {}).ignored).toMatch(/constructor/)
})
