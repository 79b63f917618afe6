import { expect, test } from 'vitest'
import type { ReadPayload } from '../../ground/intake/index.ts'
import { jenkins } from './index.ts'

const SHA = 'ab'.repeat(20)
const build = {
  full_url: 'https://jenkins.example/job/team/job/shop/42/',
  number: 42,
  queue_id: 7,
  phase: 'FINALIZED',
  status: 'SUCCESS',
  timestamp: Date.parse('2026-05-01T08:10:00Z'),
  duration: 60_000,
  scm: { url: 'git@git.example:acme/Shop.git', branch: 'origin/main', commit: SHA, culprits: ['u1'] },
}
function read(more: object = {}, settings: object = { deployJobs: 'team/shop' }): ReadPayload {
  const body = { name: 'shop', display_name: 'shop', url: 'job/team/job/shop/', build: { ...build, ...more } }
  return jenkins.push!.read({ event: 'FINALIZED', body }, settings as Record<string, unknown>)
}
function records({ lines }: ReadPayload): unknown[] {
  return lines.map((line) => ('record' in line ? line.record : line.reject.problem))
}

test('a build of a job that deploys is a deployment of the repository it built', () => {
  expect(records(read())).toMatchObject([
    {
      kind: 'deployment',
      id: 'team/shop#42',
      subject: 'repository:default/shop',
      commit: SHA,
      outcome: 'success',
      startedAt: '2026-05-01T08:09:00.000Z',
      finishedAt: '2026-05-01T08:10:00.000Z',
      assumed: ['startedAt', 'environment'],
    },
  ])
  expect(records(read({ status: 'FAILURE' }))).toMatchObject([{ outcome: 'failure' }])
  expect(records(read({ status: 'ABORTED', duration: 0 }))[0]).not.toHaveProperty('startedAt')
})

test('any other job is an event; what has not ended says nothing; who is to blame is not kept', () => {
  expect(records(read({}, {}))).toMatchObject([{ kind: 'event', type: 'jenkins.build', data: { job: 'team/shop', commit: SHA } }])
  expect(JSON.stringify(records(read({}, {})))).not.toContain('u1')
  expect(read({ phase: 'COMPLETED' }).ignored).toMatch(/COMPLETED/)
  expect(read({ status: 'NOT_BUILT' }).ignored).toMatch(/NOT_BUILT/)
  expect(read({ status: 'constructor' }).ignored).toMatch(/constructor/)
})

test('a job stands for what the settings say, otherwise for its repository, otherwise for itself', () => {
  const settings = { deployJobs: ['team/shop'], subjects: ['team/shop=component:default/checkout'] }
  expect(records(read({}, settings))).toMatchObject([{ subject: 'component:default/checkout' }])
  const without = { scm: { commit: SHA } }
  expect(records(read(without))).toMatchObject([{ subject: 'component:default/team-shop' }])
  expect(records(read({ scm: { commit: SHA, url: 'https://git.example/acme/web/' } }))).toMatchObject([
    { subject: 'repository:default/web' },
  ])
})

test('a deployment of nobody knows what is refused by name, as is what is no build', () => {
  expect(records(read({ scm: {} }))).toMatchObject([{ code: 'jenkins.no_commit', path: 'build.scm.commit' }])
  expect(records(read({ scm: { commit: 'HEAD' } }))).toMatchObject([{ code: 'evidence.bad_field', path: 'commit' }])
  expect(records(read({ timestamp: '2026-05-01' }))).toMatchObject([{ path: 'build.timestamp' }])
  expect(records(read({ timestamp: 1e16 }))).toMatchObject([{ path: 'build.timestamp' }])
  expect(records(read({ number: undefined }))).toMatchObject([{ code: 'evidence.missing_field', path: 'build.number' }])
})
