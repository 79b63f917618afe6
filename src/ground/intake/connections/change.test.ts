import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { testGround, type TestGround } from '../../../../test/support/ground.ts'
import { listOf, NameList, type SourceDefinition, SubjectList, told } from '../index.ts'

let ground: TestGround
let read: string[] = []

/** A system of ours whose lists are read page by page, and whose names are what the settings say. */
const source: SourceDefinition = {
  kind: 'changing',
  title: 'Changing',
  brings: 'Events.',
  steps: [],
  settings: z.strictObject({
    lists: NameList.default([]),
    query: z.string().default('all'),
    every: z.coerce.number().int().default(5),
    product: z.string().default('shop').meta({ title: 'Product' }),
    subjects: SubjectList.default([]).meta({ title: 'Names' }),
    labels: listOf(z.string()).default([]),
  }),
  naming: ['product', 'subjects'],
  secrets: [{ name: 'token', label: 'token', made: 'there', optional: true }],
  pull: {
    contents: ['query'],
    includes: (stream, { lists }) => (lists as string[]).includes('org') && stream.startsWith('org/'),
    streams: ({ lists }) => lists as string[],
    everySeconds: () => null,
    async page({ stream, settings }) {
      read.push(stream)
      const event = { stream, subject: (settings.subjects as string[])[0]?.split('=')[1] ?? 'component:default/labels' }
      return { payloads: [{ event: 'e', body: event }], next: null, ...(stream === 'org' ? { streams: ['org/a', 'org/b'] } : {}) }
    },
    read: ({ body }) => {
      const { stream, subject } = body as { stream: string; subject: string }
      return told({ kind: 'event', source: 'changing', id: stream, subject, at: '2026-05-01T10:00:00Z', type: 'x', data: {} })
    },
    test: async () => [],
  },
}

beforeAll(async () => {
  ground = await testGround()
  ground.intake.registerSource(source)
})
afterAll(() => ground.store.close())

async function connected(settings: object): Promise<string> {
  const { id } = await ground.intake.connect({ source: 'changing', settings: { ...settings }, secrets: { token: 't' } }, 'user:default/me')
  return id
}
const change = (id: string, settings: Record<string, unknown>, name?: string) => ground.intake.changeConnection(id, { settings, name })
async function pulled(): Promise<string[]> {
  read = []
  await ground.intake.pull(new AbortController().signal)
  return read.sort()
}
const lists = async (id: string) => (await ground.intake.pulls(id)).map(({ stream }) => stream).sort()

test('what is given is changed, what is not given stays, and what is given empty is as if it had never been given', async () => {
  const id = await connected({ labels: 'a;b', every: 7 })
  expect(await change(id, { labels: 'c' }, 'Other')).toMatchObject({
    connection: { name: 'Other', settings: { labels: ['c'], every: 7, query: 'all' } },
    changed: ['labels'],
  })
  expect(await change(id, { every: '' })).toMatchObject({ connection: { name: 'Other', settings: { every: 5, labels: ['c'] } } })
  expect(await change(id, { labels: null })).toMatchObject({ connection: { settings: { labels: [] } } })
  expect(await change(id, {})).toMatchObject({ changed: [] })
})

test('what does not fit is refused with its place, and nothing is changed', async () => {
  const id = await connected({ every: 7 })
  await expect(change(id, { every: 'often', labels: 'x' })).rejects.toMatchObject({
    problem: { code: 'source.bad_setting', path: 'settings.every' },
  })
  await expect(change(id, { nonsense: 1 })).rejects.toMatchObject({ problem: { code: 'source.bad_setting' } })
  await expect(change('none', {})).rejects.toMatchObject({ problem: { code: 'source.no_such_connection' } })
  expect(await ground.intake.connection(id)).toMatchObject({ settings: { every: 7, labels: [] } })
})

test('lists that are new are read from the beginning, those left out are read no more, the others go on', async () => {
  const id = await connected({ lists: 'a;b' })
  expect(await pulled()).toEqual(['a', 'b'])
  expect(await change(id, { lists: 'b;c' })).toMatchObject({ begun: ['c'], ended: ['a'] })
  expect(await lists(id)).toEqual(['b', 'c'])
  expect(await pulled()).toEqual(['c'])
  // Where nothing is pushed, what was read last is shown to those who wait.
  expect((await ground.intake.connection(id)).lastEvent).toMatchObject({ event: 'c', read: 1, records: [{ id: 'event:changing/c' }] })
  expect(await change(id, { every: 9 })).toMatchObject({ begun: [], ended: [] })
  expect(await pulled()).toEqual([])
})

test('lists found on a page stay while what they were found on is meant', async () => {
  const id = await connected({ lists: 'org;a' })
  await pulled()
  expect(await change(id, { lists: 'org' })).toMatchObject({ ended: ['a'] })
  expect(await lists(id)).toEqual(['org', 'org/a', 'org/b'])
  expect((await change(id, { lists: 'a' })).ended.sort()).toEqual(['org', 'org/a', 'org/b'])
  expect(await lists(id)).toEqual(['a'])
})

test('a setting that says what the lists hold has all of them read again', async () => {
  const id = await connected({ lists: 'a;b' })
  await pulled()
  expect(await change(id, { query: 'some' })).toMatchObject({ begun: ['a', 'b'], ended: [] })
  expect(await pulled()).toEqual(['a', 'b'])
})

test('reading that was ended by hand stays ended, but for what is new', async () => {
  const id = await connected({ lists: 'a' })
  await ground.intake.steerPulls(id, 'stop')
  expect(await change(id, { every: 3 })).toMatchObject({ begun: [] })
  expect(await change(id, { lists: 'a;b' })).toMatchObject({ begun: ['b'] })
  expect(await lists(id)).toEqual(['b'])
})

test('a setting that gives names changes freely until something is known by them, and then says what to do', async () => {
  const id = await connected({ lists: 'named' })
  expect(await change(id, { product: 'first', subjects: 'Labels=component:default/paper' })).toMatchObject({
    changed: ['product', 'subjects'],
  })
  await pulled()
  await expect(change(id, { product: 'second' })).rejects.toMatchObject({
    problem: {
      code: 'source.renames',
      path: 'settings.product',
      message: expect.stringContaining('Product'),
      fix: expect.stringContaining('retract'),
    },
  })
  await expect(change(id, { subjects: 'Labels=component:default/other' })).rejects.toMatchObject({
    problem: { code: 'source.renames', message: expect.stringContaining('component:default/paper') },
  })
  // Nothing is known yet about what another name stood for.
  expect(await change(id, { subjects: 'Labels=component:default/paper;Stamps=component:default/post' })).toMatchObject({
    changed: ['subjects'],
  })
})
