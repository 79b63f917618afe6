import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { installDelivery } from '../../houses/delivery/index.ts'
import { installPlatform } from '../../houses/platform/index.ts'
import { type EvidenceInput, parseEvidence } from '../ledger/index.ts'
import { sql } from '../store/index.ts'
import { joinUsers, peopleOperations } from './index.ts'

const MAIL = 'dev-one.quill@example.org'
const HANDLE = 'quillhandle'
const NOREPLY = `4711+${HANDLE}@users.noreply.github.com`
const NAME = 'Devona Quill'
const USER = 'user:default/devona-q'
const SUBJECT = 'repository:default/shop'
const CALLER = { person: 'user:default/boss', scopes: ['admin'] as const }

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ install: [installDelivery, installPlatform] })
  await ground.catalog.applyFolder('people', documents(), { by: 'user:default/boss' })
  await ground.catalog.applyFolder('scan:shop', [seenTill()], { by: USER, origin: 'inferred' })
  await joinUsers(ground)
  await say(records())
  await ground.store.query(sql`insert into setting (key, value) values ('test', ${JSON.stringify({ last: `seen by ${MAIL}` })}::jsonb)`)
  await ground.identity.createToken({ name: `token of ${NAME}`, scopes: ['read'], person: USER }, USER)
  await ground.identity.audit({ person: USER, verb: 'token.create', target: NAME })
  const { importId } = await ground.intake.begin({ label: `file of ${HANDLE}`, format: 'ndjson', by: USER })
  const problem = { code: 'test.bad', severity: 'error' as const, message: `"${MAIL}" is no moment` }
  await ground.intake.batch(
    importId,
    [{ reject: { raw: `{"author":"${MAIL}"}`, problem } }, { reject: { raw: '{"author":"u2"}', problem: { ...problem, message: 'bad' } } }],
    {
      by: USER,
    },
  )
  await ground.intake.finish(importId)
  await ground.ledger.retract({ source: 'git', id: 'c2' }, { by: USER, at: Date.parse('2026-05-20T00:00:00Z') })
  await ground.measures.read({ measure: 'delivery.deployment_frequency' })
})
afterAll(() => ground.store.close())

const call = (id: string, ask: Record<string, unknown>): Promise<never> => {
  const operation = peopleOperations.find((one) => one.id === id)!
  return operation.run(operation.input.parse(ask) as never, { ...ground, caller: CALLER } as never) as Promise<never>
}

test('before anything is erased it is told what would be, and nothing is changed', async () => {
  const before = await dump()
  const told = await call('people.erase', { person: MAIL })
  expect(told).toMatchObject({
    done: false,
    users: [USER],
    records: { commit: { kept: 3, deleted: 0 }, change: { kept: 1, deleted: 0 }, product_event: { kept: 0, deleted: 1 } },
    rejects: 1,
    tokens: 1,
  })
  expect(await dump()).toEqual(before)
})

test('erased, a search over the whole store finds no trace of the person, and the records of work stand', async () => {
  const pseudonyms = [MAIL, HANDLE, NOREPLY].map((name) => ground.identity.pseudonym(name))
  for (const trace of [MAIL, HANDLE, NAME, 'devona', ...pseudonyms]) expect(await found(trace), trace).not.toEqual([])
  const records = await counts()
  const told = await call('people.erase', { person: MAIL, confirm: true })
  expect(told).toMatchObject({ done: true, remains: [], notes: [expect.stringContaining('Backups')] })
  for (const trace of [MAIL, HANDLE, NAME, 'devona', 'quill', ...pseudonyms]) expect(await found(trace), trace).toEqual([])
  expect(await counts()).toEqual({ ...records, product_event: records.product_event! - 1 })
  expect((await ground.identity.auditTrail({ limit: 1 }))[0]).toMatchObject({
    verb: 'person.erase',
    target: 'a person',
    person: CALLER.person,
  })
  expect((await ground.intake.rejects({ limit: 9 })).total).toBe(1)
  expect(await ground.catalog.get(USER)).toBeNull()
  expect((await ground.catalog.get('component:default/till'))?.spec).toMatchObject({ owner: 'user:default/erased' })
})

test('the history of a record is the same but for the person, and a record that was taken back stays so', async () => {
  const history = await ground.ledger.history('commit:git/c1')
  expect(history).toHaveLength(2)
  expect(history[0]).toMatchObject({ state: { author: 'person:erased', message: 'Sum up\n\nThanks to erased, erased and @erased' } })
  expect(history[1]).toMatchObject({ state: { author: 'person:erased', additions: 7 } })
  expect((await ground.ledger.history('commit:git/c2')).at(-1)).toMatchObject({ retracted: true })
})

test('the same evidence and the same documents do not bring the person back', async () => {
  const before = await counts()
  const appended = await say(records())
  expect(appended).toMatchObject({ accepted: 0, revised: 0, notKept: { erasedPerson: 1, beyondRetention: 0 } })
  const applied = await ground.catalog.applyFolder('people', documents(), { by: 'user:default/boss' })
  expect(applied.problems.map(({ code }) => code)).toContain('catalog.person_erased')
  expect(applied).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
  await ground.catalog.applyFolder('scan:shop', [seenTill()], { by: 'user:default/scan', origin: 'inferred' })
  expect(await ground.catalog.statements({ refs: ['component:default/till'] })).toMatchObject([
    { folder: 'people', stands: true },
    { folder: 'scan:shop', doc: { spec: { owner: 'user:default/erased' } }, observed: [{ value: 'user:default/erased' }] },
  ])
  await joinUsers(ground)
  await say([
    { kind: 'event', source: 'chat', id: 'e9', subject: SUBJECT, at: '2026-05-09', type: 'said', data: { by: MAIL, text: `ask ${NAME}` } },
  ])
  expect(await counts()).toEqual({ ...before, event: 2 })
  const { importId } = await ground.intake.begin({ label: 'again', format: 'ndjson', by: 'user:default/boss' })
  const problem = { code: 'test.bad', severity: 'error' as const, message: `"${MAIL}" is no moment` }
  await ground.intake.batch(importId, [{ reject: { raw: `{"at":"${MAIL}"}`, problem } }], { by: 'user:default/boss' })
  const [kept] = (await ground.intake.rejects({ limit: 1 })).rejects
  expect([kept!.message, await ground.intake.rejectBody(kept!.id)]).toEqual(['"erased" is no moment', '{"at":"erased"}'])
  for (const trace of [MAIL, HANDLE, NAME, 'devona', ground.identity.pseudonym(MAIL)]) expect(await found(trace), trace).toEqual([])
})

test('another process learns who was erased before it takes a record', async () => {
  const { createIdentity } = await import('../identity/index.ts')
  const { createLedger } = await import('../ledger/index.ts')
  const identity = createIdentity({ store: ground.store, clock: ground.clock, secret: Buffer.alloc(32, 1) })
  const ledger = createLedger({ store: ground.store, clock: ground.clock, pseudonym: identity.pseudonym, people: identity.people })
  const read = parseEvidence({ ...commit('c9', { author: MAIL }), message: `by ${HANDLE}` })
  if (!read.ok) throw new Error('unreadable')
  await ledger.append([read.value], { by: CALLER.person })
  expect((await ground.ledger.history('commit:git/c9'))[0]?.state).toMatchObject({ author: 'person:erased', message: 'by erased' })
})

test('things that are called like a person keep their name', async () => {
  const eye = ground.identity.people.eyeFor(['till', 'Max Muster'])
  expect(eye.without({ owner: 'component:default/till', text: 'Till and max-muster; tiller', by: 'user:default/till' })).toEqual({
    owner: 'component:default/till',
    text: 'erased and erased; tiller',
    by: 'user:default/erased',
  })
})

function documents() {
  const backstage = { apiVersion: 'backstage.io/v1alpha1' }
  return [
    {
      ...backstage,
      kind: 'User',
      metadata: { name: 'devona-q', title: NAME, annotations: { 'github.com/user-login': HANDLE } },
      spec: { memberOf: ['till-team'], profile: { displayName: NAME, email: MAIL } },
    },
    { ...backstage, kind: 'Group', metadata: { name: 'till-team' }, spec: { type: 'team', children: [], members: ['devona-q'] } },
    {
      ...backstage,
      kind: 'Component',
      metadata: { name: 'till', description: `ask ${NAME}` },
      spec: { type: 'service', lifecycle: 'production', owner: USER },
    },
  ]
}

/** What a scan states of a component beside the document that stands. */
function seenTill() {
  const till = documents().at(-1)!
  return { ...till, observed: [{ fact: 'owner', value: USER, from: 'CODEOWNERS', because: `/till/ ${MAIL}` }] }
}

function commit(id: string, more: Record<string, unknown>): Record<string, unknown> {
  const sha = id.padEnd(8, '0').replace('c', 'a')
  return {
    kind: 'commit',
    source: 'git',
    id,
    subject: SUBJECT,
    at: '2026-05-04T10:00:00Z',
    sha,
    authoredAt: '2026-05-04',
    committedAt: '2026-05-04',
    parents: [],
    ...more,
  }
}

function records(): Record<string, unknown>[] {
  return [
    commit('c1', {
      author: MAIL,
      message: `Sum up\n\nThanks to ${MAIL}, ${NAME.replace(' ', '  ')} and @${HANDLE}`,
      coAuthors: ['u2@example.org'],
    }),
    commit('c1', {
      author: MAIL,
      at: '2026-05-05T10:00:00Z',
      additions: 7,
      message: `Sum up\n\nThanks to ${MAIL}, ${NAME} and @${HANDLE}`,
    }),
    commit('c2', { author: NOREPLY, trailers: { 'Reviewed-by': [`${NAME} <${MAIL}>`] }, reviewers: [HANDLE] }),
    commit('c3', { author: 'u2@example.org', files: [[`notes/${HANDLE}.md`, 1, 0]] }),
    commit('c4', { author: 'u2@example.org' }),
    {
      kind: 'change',
      source: 'github',
      id: 'shop#4',
      subject: SUBJECT,
      at: '2026-05-06T10:00:00Z',
      number: 4,
      title: `Till by ${NAME}`,
      author: HANDLE,
      url: `https://github.com/${HANDLE}/shop/pull/4`,
      branch: `${HANDLE}/till`,
      mergedAt: '2026-05-06T10:00:00Z',
      mergeCommit: 'a1000000',
    },
    {
      kind: 'deployment',
      source: 'ci',
      id: 'd1',
      subject: SUBJECT,
      at: '2026-05-07T10:00:00Z',
      commit: 'a1000000',
      finishedAt: '2026-05-07T10:00:00Z',
      outcome: 'success',
    },
    { kind: 'product_event', source: 'app', id: 'p1', subject: 'component:default/till', at: '2026-05-07', name: 'bought', actor: MAIL },
    { kind: 'product_event', source: 'app', id: 'p2', subject: 'component:default/till', at: '2026-05-07', name: 'bought', actor: 'u3' },
    {
      kind: 'event',
      source: 'chat',
      id: 'e1',
      subject: SUBJECT,
      at: '2026-05-08',
      type: 'said',
      data: { user: { login: HANDLE }, text: `hello ${NAME}` },
    },
    {
      kind: 'sli',
      source: 'probe',
      id: 's1',
      subject: SUBJECT,
      at: '2026-05-08T10:00:00Z',
      indicator: 'up',
      windowStart: '2026-05-08T10:00:00Z',
      seconds: 60,
      good: 1,
      total: 1,
      note: NAME,
    },
  ]
}

async function say(inputs: readonly (Record<string, unknown> | EvidenceInput)[]) {
  const parsed = inputs.map((input) => {
    const read = parseEvidence(input)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  return ground.ledger.append(parsed, { by: 'user:default/boss' })
}

async function counts(): Promise<Record<string, number>> {
  const rows = await ground.store.query<{ kind: string; records: number }>(
    sql`select kind, sum(records)::int as records from evidence_subject group by kind`,
  )
  return Object.fromEntries(rows.map(({ kind, records }) => [kind, records]))
}

/** Every row of every table as text. */
async function dump(): Promise<string[]> {
  const tables = await ground.store.query<{ table: string }>(
    sql`select relname::text as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const rows: string[] = []
  for (const { table } of tables) {
    const own = await ground.store.query<{ text: string }>(sql`select t::text as text from ${sql.table(table)} t`)
    rows.push(...own.map(({ text }) => `${table} ${text}`))
  }
  return rows.sort()
}

async function found(trace: string): Promise<string[]> {
  return (await dump()).filter((row) => row.toLowerCase().includes(trace.toLowerCase()))
}
