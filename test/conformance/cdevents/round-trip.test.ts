import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import { cdEvent, TYPES, VERSIONS } from './payloads.ts'

/** A folder of CDEvents to look at besides, for example the specification's own `conformance` folder. */
const FOLDER = process.env.CDEVENTS_FOLDER ?? ''
const folderTest: (name: string, run: () => Promise<void>) => void = FOLDER === '' ? () => {} : test

let ground: Ground
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  app = createApp({ ground, operations, localKey: 'k', version: '0', health: { loading: () => null, store: () => ground.store.health() } })
})
afterAll(() => ground.store.close())

interface Answer {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  byKind: Record<string, number>
  problems: { code: string; path?: string; message: string; fix?: string }[]
}
async function post(body: unknown, contentType = 'application/json'): Promise<Answer> {
  const answer = await app.request('/api/evidence', {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return (await answer.json()) as Answer
}

/** What came in, as it can be had back, wherever its record is. */
async function sentOf(type: string, event: { context: { id: string; source: string }; subject: { id: string; source?: string } }) {
  const kind = TYPES[type]?.[0] ?? 'event'
  const own = { source: event.context.source, id: kind === 'deployment' ? event.context.id : `${type}/${event.context.id}` }
  const { source, id } =
    kind === 'deployment' || kind === 'event' ? own : { source: event.subject.source ?? own.source, id: event.subject.id }
  const answer = await app.request(`/api/sent/${encodeURIComponent(`${kind}:${source}/${id}`)}`)
  expect(answer.status, `${kind}:${source}/${id}`).toBe(200)
  return ((await answer.json()) as { sent: unknown[] }).sent
}

const PEOPLE = ['creator', 'assignees', 'updatedBy', 'requestor', 'responder', 'user']
/** The event with pseudonyms where its content names people. */
function withPseudonyms<T>(event: T): T {
  const name = (one: unknown) => (typeof one === 'string' ? ground.identity.pseudonym(one) : one)
  return JSON.parse(JSON.stringify(event), (key, value: unknown) =>
    PEOPLE.includes(key) ? (Array.isArray(value) ? value.map(name) : name(value)) : value,
  ) as T
}

describe.each(VERSIONS)('CDEvents $stated', (version) => {
  test.each(Object.entries(TYPES))('%s is kept as a record of its kind and can be had back as it came', async (type, [kind]) => {
    for (const much of [false, true]) {
      const event = cdEvent(type, version, much)
      expect(await post(event)).toMatchObject({ accepted: 1, rejected: 0, byKind: { [kind]: 1 } })
      const sent = await sentOf(type, event as never)
      expect(sent).toEqual([withPseudonyms(event)])
      expect(await post(sent)).toMatchObject({ accepted: 0, revised: 0, duplicates: 1, rejected: 0 })
    }
  })
})

test('nobody is named in what is kept', async () => {
  const event = cdEvent('ticket.closed', VERSIONS[2], true)
  await post(event)
  const kept = JSON.stringify(await sentOf('ticket.closed', event as never))
  expect(kept).not.toMatch(/@example\.org/)
  expect(kept).toContain(ground.identity.pseudonym('dev-1@example.org'))
})

const FIELDS = [
  'context',
  'context.id',
  'context.source',
  'context.type',
  'context.timestamp',
  'context.specversion',
  'subject',
  'subject.id',
  'subject.content',
] as const

test.each(FIELDS)('without %s an event is refused naming it', async (path) => {
  const event = structuredClone(cdEvent('build.queued', VERSIONS[2], true))
  const steps = path.split('.')
  const inner = steps.slice(0, -1).reduce<Record<string, unknown>>((value, step) => value[step] as Record<string, unknown>, event)
  delete inner[steps.at(-1)!]
  const answer = await post(event, 'application/cloudevents+json')
  expect(answer).toMatchObject({ accepted: 0, rejected: 1, problems: [{ fix: expect.any(String) }] })
  if (steps.length > 1) expect(answer.problems[0]!.path).toBe(path)
})

const WRONG: readonly [string, object, string][] = [
  ['service.deployed', { environment: 'production', artifactId: 'pkg:x/y' }, 'subject.content.environment'],
  ['service.upgraded', { environment: { id: 'production' } }, 'subject.content.artifactId'],
  ['change.merged', { repository: { id: '' } }, 'subject.content.repository.id'],
  ['incident.resolved', {}, 'subject.content.environment'],
  ['ticket.closed', { uri: 'not an address' }, 'subject.content.uri'],
]
test.each(WRONG)('%s with a content that does not fit is refused naming the field', async (type, content, path) => {
  const event = cdEvent(type, VERSIONS[2], true)
  const answer = await post({ ...event, subject: { id: 'wrong-1', content } })
  expect(answer).toMatchObject({ rejected: 1, problems: [{ path, fix: expect.any(String) }] })
})

const STORY = ['change.created', 'change.reviewed', 'change.updated', 'change.merged'] as const

test('whatever the order its events come in, a change is one record in the same state', async () => {
  const at = (type: string) => `2026-05-0${STORY.indexOf(type as never) + 1}T09:00:00Z`
  const told = (type: string, id: string) => ({
    context: { specversion: '0.5.0', id: `${id}-${type}`, source: '/git', type: `dev.cdevents.${type}.0.3.0`, timestamp: at(type) },
    subject: { id, source: '/git', content: { repository: { id: 'acme/orders' } } },
  })
  const states = []
  for (const [n, order] of [
    STORY,
    STORY.toReversed(),
    ['change.merged', 'change.created', 'change.merged', 'change.reviewed', 'change.updated'],
  ].entries()) {
    const id = `acme/orders#${n + 1}`
    for (const type of order) await post(told(type, id))
    const answer = await app.request(`/api/records/${encodeURIComponent(`change:/git/${id}`)}`)
    const { revisions } = (await answer.json()) as { revisions: { learnedTo: string | null; state: Record<string, unknown> }[] }
    expect(revisions).toHaveLength(STORY.length)
    const { cdevent: _, number: __, ...state } = revisions.find(({ learnedTo }) => learnedTo === null)!.state
    states.push(state)
  }
  expect(states[0]).toMatchObject({
    openedAt: '2026-05-01T09:00:00.000Z',
    firstReviewAt: '2026-05-02T09:00:00.000Z',
    mergedAt: '2026-05-04T09:00:00.000Z',
  })
  expect(states[1]).toEqual(states[0])
  expect(states[2]).toEqual(states[0])
})

folderTest(`every payload in ${FOLDER} is accepted and can be had back, or refused naming a field`, async () => {
  const rows: Record<string, string>[] = []
  for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const text = readFileSync(join(FOLDER, file), 'utf8')
    const answer = await post(text)
    const [problem] = answer.problems
    if (problem) {
      expect(problem, file).toMatchObject({ path: expect.any(String), fix: expect.any(String) })
      rows.push({ file, became: 'refused', why: `${problem.path}: ${problem.message}` })
      continue
    }
    expect(answer.rejected, file).toBe(0)
    const event = JSON.parse(text) as Parameters<typeof sentOf>[1] & { context: { type: string } }
    const type = event.context.type.split('.').slice(2, 4).join('.')
    expect(await sentOf(type, event), file).toContainEqual(withPseudonyms(event))
    rows.push({ file, became: Object.keys(answer.byKind)[0] ?? (answer.revised ? 'a revision' : 'a duplicate'), why: '' })
  }
  console.table(rows)
  expect(rows).not.toEqual([])
})
