import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseText } from '../index.ts'

const COMMIT = '1234567890abcdef1234567890abcdef12345678'
const DIGEST = 'cd'.repeat(32)

function read(type: string, content: object, more: { id?: string; timestamp?: string; customData?: unknown; source?: string } = {}) {
  const { id = 'thing-1', timestamp = '2026-05-04T09:30:00Z', source = '/tracker', customData } = more
  const parsed = parseText(
    JSON.stringify({
      context: { specversion: '0.5.0', id: 'event-1', source: '/pipelines', type: `dev.cdevents.${type}.0.3.0`, timestamp },
      subject: { id, source, content },
      ...(customData === undefined ? {} : { customData }),
    }),
  )
  return 'record' in parsed ? parsed.record : parsed.reject.problem
}

describe('services', () => {
  const content = { environment: { id: 'production' }, artifactId: `pkg:oci/shop?vcs_url=git%2Bhttps://git.example/acme/shop%40${COMMIT}` }

  test('a service deployed is a finished, successful deployment of the commit its artifact names', () => {
    expect(read('service.deployed', content, { id: 'shop' })).toMatchObject({
      kind: 'deployment',
      source: '/pipelines',
      id: 'event-1',
      subject: 'component:default/shop',
      environment: 'production',
      commit: COMMIT,
      finishedAt: '2026-05-04T09:30:00.000Z',
      outcome: 'success',
      artifact: content.artifactId,
    })
    expect(read('service.upgraded', content)).toMatchObject({ kind: 'deployment', commit: COMMIT })
  })

  test('custom data may name the commit; a package of a commit names it as its version', () => {
    expect(read('service.deployed', { ...content, artifactId: 'pkg:npm/shop@1.2.3' }, { customData: { commit: COMMIT } })).toMatchObject({
      commit: COMMIT,
    })
    expect(read('service.deployed', { ...content, artifactId: `pkg:github/acme/shop@${COMMIT}` })).toMatchObject({ commit: COMMIT })
  })

  test('where only the digest is known it stands for the commit, and the record says so', () => {
    expect(read('service.deployed', { ...content, artifactId: `pkg:oci/shop@sha256%3A${DIGEST}` })).toMatchObject({
      commit: DIGEST,
      commitKnown: false,
    })
    expect(read('service.deployed', content)).not.toHaveProperty('commitKnown')
  })

  test('neither commit nor digest is refused naming the field', () => {
    expect(read('service.deployed', { ...content, artifactId: 'pkg:npm/shop@1.2.3' })).toMatchObject({ path: 'subject.content.artifactId' })
  })

  test('a rollback is told, with the deployment it undoes where that is known', () => {
    expect(read('service.rolledback', content)).toMatchObject({ kind: 'deployment', rollback: true })
    expect(read('service.rolledback', content, { customData: { rollbackOf: 'event-0' } })).toMatchObject({ rollbackOf: 'event-0' })
  })

  test('a missing environment is refused naming the field', () => {
    expect(read('service.deployed', { artifactId: 'pkg:x/y' })).toMatchObject({
      code: 'evidence.missing_field',
      path: 'subject.content.environment',
    })
  })
})

test('events of one change are revisions of one record', () => {
  const content = { repository: { id: 'acme/Shop.git' } }
  const id = 'cdevents:v0:github::acme:shop:pr:42'
  const common = { kind: 'change', source: '/tracker', id, subject: 'repository:default/shop', number: 42 }
  expect(read('change.created', { ...content, description: 'why' }, { id })).toMatchObject({
    ...common,
    openedAt: '2026-05-04T09:30:00.000Z',
    body: 'why',
  })
  expect(read('change.reviewed', content, { id })).toMatchObject({
    ...common,
    firstReviewAt: '2026-05-04T09:30:00.000Z',
    assumed: ['firstReviewAt'],
  })
  expect(read('change.merged', content, { id, customData: { sha: COMMIT } })).toMatchObject({
    ...common,
    mergedAt: '2026-05-04T09:30:00.000Z',
    mergeCommit: COMMIT,
  })
  expect(read('change.abandoned', content, { id })).toMatchObject({ ...common, closedAt: '2026-05-04T09:30:00.000Z' })
  expect(read('change.abandoned', content, { id })).not.toHaveProperty('mergedAt')
})

test('an incident is opened when detected; resolving it says nothing of that', () => {
  const content = { environment: { id: 'production' }, service: { id: 'shop' } }
  expect(read('incident.detected', { ...content, description: 'Slow' })).toMatchObject({
    kind: 'incident',
    id: 'thing-1',
    subject: 'component:default/shop',
    title: 'Slow',
    openedAt: '2026-05-04T09:30:00.000Z',
  })
  expect(read('incident.detected', { ...content, description: 'Slow' })).not.toHaveProperty('assumed')
  expect(read('incident.resolved', { ...content, description: 'Fine again' })).toMatchObject({
    resolvedAt: '2026-05-04T09:30:00.000Z',
    assumed: ['title', 'openedAt'],
  })
  expect(read('incident.reported', { environment: { id: 'prod' }, ticketURI: 'https://t.example/1' })).toMatchObject({
    subject: 'resource:default/prod',
    url: 'https://t.example/1',
  })
})

test('a ticket is a work item, and nobody is named in it', () => {
  const content = {
    uri: 'https://t.example/7',
    summary: 'Faster search',
    creator: 'Jo',
    assignees: ['Kim'],
    group: 'search',
    labels: ['a'],
    ticketType: 'story',
  }
  expect(read('ticket.created', content)).toMatchObject({
    kind: 'work_item',
    title: 'Faster search',
    type: 'story',
    state: 'open',
    createdAt: '2026-05-04T09:30:00.000Z',
    subject: 'group:default/search',
  })
  const closed = read('ticket.closed', { ...content, summary: undefined, resolution: 'done', updatedBy: 'Jo' })
  expect(closed).toMatchObject({ state: 'done', doneAt: '2026-05-04T09:30:00.000Z', assumed: ['title', 'createdAt'] })
  // The event itself is kept beside, where the ledger puts pseudonyms for people (test/conformance/cdevents).
  expect(JSON.stringify({ ...closed, cdevent: undefined })).not.toMatch(/Jo|Kim/)
})

test('every other type is kept as an event about what it names', () => {
  expect(read('build.finished', { artifactId: 'pkg:x/y' }, { id: 'Build 7' })).toMatchObject({
    kind: 'event',
    type: 'dev.cdevents.build.finished.0.3.0',
    subject: 'component:default/build-7',
  })
  expect(read('branch.created', { repository: { id: 'acme/shop' } })).toMatchObject({ kind: 'event', subject: 'repository:default/shop' })
  expect(read('pipelinerun.started', { pipelineName: 'release' })).toMatchObject({
    subject: 'component:default/release',
    data: { subject: { id: 'thing-1' } },
  })
})

test('events of different types are different records, even where their sender gave them one id', () => {
  const ids = ['build.queued', 'build.finished', 'pipelinerun.started'].map((type) => read(type, {}))
  expect(ids).toMatchObject([{ id: 'build.queued/event-1' }, { id: 'build.finished/event-1' }, { id: 'pipelinerun.started/event-1' }])
  expect(read('build.queued', {}, { timestamp: '2026-05-05T09:30:00Z' })).toMatchObject({ id: 'build.queued/event-1' })
})

test('an envelope that does not fit is refused naming the field', () => {
  expect(read('service', {})).toMatchObject({ path: 'context.type' })
  expect(read('build.queued', {}, { timestamp: 'yesterday' })).toMatchObject({ path: 'context.timestamp' })
  expect(read('build.queued', {}, { id: '' })).toMatchObject({ path: 'subject.id' })
  expect(read('build.queued', {}, { id: '…' })).toMatchObject({ path: 'subject.id' })
})

test('whatever stands where a CDEvent should, it is read or refused with a place', () => {
  const type = fc.constantFrom(
    'service.deployed',
    'service.rolledback',
    'change.created',
    'incident.resolved',
    'ticket.closed',
    'build.queued',
  )
  fc.assert(
    fc.property(type, fc.jsonValue(), fc.jsonValue(), fc.string(), (kind, content, customData, id) => {
      const result = read(kind, Object(content), { customData, id })
      expect('kind' in result || ('path' in result && result.message !== '')).toBe(true)
    }),
  )
})
