import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import { createMoments, type Moments, sql, type Store } from '../../store/index.ts'
import { type Catalog, createCatalog, type PackageUse, type Publication, type ToldPackages } from '../index.ts'
import { packageOperations } from '../operations/packages.ts'

const BY = 'user:default/scan'
const SHOP = 'repository:default/shop'
const WEB = 'component:default/web'
const API = 'component:default/api'
const UI = 'component:default/ui'
let store: Store
let moments: Moments
let catalog: Catalog
let now = Date.parse('2026-05-04T09:00:00Z')

beforeAll(async () => {
  store = await testStore()
  moments = createMoments({ store, clock: () => now })
  catalog = createCatalog({ store, clock: () => now, moments })
})
afterAll(() => store.close())

const use = (name: string, version: string | null, who: Partial<PackageUse>): PackageUse => ({
  name,
  version,
  direct: [],
  through: [],
  untold: [],
  development: [],
  ...who,
})

const lock = (uses: PackageUse[], file = 'package-lock.json'): ToldPackages['files'][number] => ({
  file,
  ecosystem: 'npm',
  components: [API, WEB],
  uses,
})

const shop = (uses: PackageUse[], publications: Publication[] = []): ToldPackages => ({ files: [lock(uses)], publications })

const FIRST = [
  use('left', '1.0.0', { direct: [WEB], through: [API] }),
  use('right', '2.0.0', { direct: [API], development: [API] }),
  use('loose', null, { direct: [WEB], asked: '^1.0.0', because: 'no lock file says which version is built in' }),
]

const rows = async () => (await store.query<{ count: number }>(sql`select count(*)::int as count from package`))[0]!.count
const everything = { limit: 100, offset: 0 }
const inWords = async (ask: Parameters<Catalog['packages']>[0], asOf?: number) =>
  (await catalog.packages(ask, asOf)).packages.map(
    ({ name, versions }) =>
      `${name} ${versions.map(({ version, users }) => `${version ?? '?'} ${users.map(({ ref, how }) => `${ref.slice(18)} ${how}`).join(' ')}`).join(', ')}`,
  )

describe('what a repository tells of packages', () => {
  it('is kept once, and telling the same again writes nothing', async () => {
    expect(await catalog.tellPackages(SHOP, shop(FIRST), { by: BY })).toEqual({ files: 1, begun: 3, ended: 0 })
    const learned = (await store.query(sql`select learned from ledger_clock`))[0]
    expect(await catalog.tellPackages(SHOP, shop(FIRST), { by: BY })).toEqual({ files: 0, begun: 0, ended: 0 })
    expect((await store.query(sql`select learned from ledger_clock`))[0]).toEqual(learned)
    expect(await rows()).toBe(3)
  })

  it('writes only what differs when a lock file changes, and the past stays as it was known', async () => {
    const before = moments.now()
    now += 60_000
    const changed = [use('left', '1.1.0', { direct: [WEB], through: [API] }), FIRST[1]!, { ...FIRST[2]!, direct: [API, WEB] }]
    expect(await catalog.tellPackages(SHOP, shop(changed), { by: BY })).toEqual({ files: 1, begun: 2, ended: 2 })
    expect(await rows()).toBe(5)
    expect(await inWords({ name: 'left', ...everything })).toEqual(['left 1.1.0 web direct api through'])
    expect(await inWords({ name: 'left', ...everything }, before)).toEqual(['left 1.0.0 web direct api through'])
    expect(await inWords({ component: API, ...everything }, before)).toEqual(['right 2.0.0 api direct', 'left 1.0.0 api through'])
    expect(await catalog.builtOf(WEB, before)).toMatchObject({
      packages: 2,
      direct: 2,
      development: 0,
      files: [{ file: 'package-lock.json' }],
    })
    expect(await catalog.builtOf(WEB, before - 3_600_000)).toEqual({ packages: 0, direct: 0, development: 0, files: [] })
  })

  it('ends with its file, and a file that cannot be read any more leaves its packages unknown', async () => {
    const broken = { ...lock([]), unread: 'it is not valid JSON' }
    expect(await catalog.tellPackages(SHOP, { files: [broken], publications: [] }, { by: BY })).toEqual({ files: 1, begun: 0, ended: 3 })
    expect(await catalog.builtOf(WEB)).toMatchObject({ packages: 0, files: [{ unread: 'it is not valid JSON' }] })
    expect(await catalog.tellPackages(SHOP, { files: [], publications: [] }, { by: BY })).toEqual({ files: 1, begun: 0, ended: 0 })
    expect((await catalog.builtOf(WEB)).files).toEqual([])
  })

  it('is found by the beginning of a name, of its last part, by version and ecosystem', async () => {
    const log4j = {
      file: 'pom.xml',
      ecosystem: 'maven' as const,
      components: [API],
      uses: [use('org.apache.logging.log4j:log4j-core', '2.17.1', { direct: [API] })],
    }
    const npm = lock([
      use('log4', '2.17', { direct: [WEB] }),
      use('@log/log4j_x', '12.17.0', { untold: [WEB] }),
      use('100%_sure', '1.0.0-beta.1', { direct: [WEB] }),
    ])
    const golang = {
      file: 'go.mod',
      ecosystem: 'golang' as const,
      components: [API],
      uses: [use('example.org/log4j/v2', 'v2.17.9', { direct: [API] })],
    }
    await catalog.tellPackages(SHOP, { files: [log4j, npm, golang], publications: [] }, { by: BY })
    const named = async (ask: object) => (await catalog.packages({ ...everything, ...ask })).packages.map(({ name }) => name).sort()
    expect(await named({ name: 'LOG4J' })).toEqual(['@log/log4j_x', 'example.org/log4j/v2', 'org.apache.logging.log4j:log4j-core'])
    expect(await named({ name: 'log4j-core' })).toEqual(['org.apache.logging.log4j:log4j-core'])
    expect(await named({ name: 'log4', exact: true })).toEqual(['log4'])
    expect((await catalog.packages({ ...everything, name: 'log4' })).packages[0]!.name).toBe('log4')
    expect(await named({ version: '2.17' })).toEqual(['example.org/log4j/v2', 'log4', 'org.apache.logging.log4j:log4j-core'])
    expect(await named({ version: 'v2.17.9' })).toEqual(['example.org/log4j/v2'])
    expect(await named({ version: '1.0.0' })).toEqual(['100%_sure'])
    expect(await named({ version: '2.1' })).toEqual([])
    expect(await named({ version: '2.17|x' })).toEqual([])
    expect(await named({ ecosystem: 'maven' })).toEqual(['org.apache.logging.log4j:log4j-core'])
    expect(await named({ name: '%' })).toEqual([])
    expect(await named({ name: '100%_' })).toEqual(['100%_sure'])
    expect(await named({ component: SHOP })).toHaveLength(5)
    expect(await catalog.packages({ limit: 2, offset: 4 })).toMatchObject({ total: 5, packages: [{}] })
    expect(await catalog.packages({ limit: 2, offset: 40 })).toMatchObject({ total: 5, packages: [] })
  })
})

describe('a component that asks for what another publishes', () => {
  const ui = (more: Partial<Publication> = {}): Publication => ({
    component: UI,
    ecosystem: 'npm',
    name: '@acme/ui',
    file: 'package.json',
    ...more,
  })
  const LIBRARY = 'repository:default/library'
  const asking = (how: Partial<PackageUse>) => shop([use('@acme/ui', '3.0.0', how)])
  const links = async () =>
    (await catalog.links([UI], ['accepted', 'suggested', 'refused'])).map(({ from, to, status, origin, confidence }) => ({
      from,
      to,
      status,
      origin,
      confidence,
    }))
  const depends = { from: WEB, to: UI, status: 'accepted', origin: 'reference', confidence: expect.closeTo(0.9) }

  it('depends on it, whichever of the two was scanned first; what it only gets through others does not count', async () => {
    await catalog.tellPackages(SHOP, asking({ direct: [WEB], through: [API] }), { by: BY })
    expect(await links()).toEqual([])
    await catalog.tellPackages(LIBRARY, { files: [], publications: [ui()] }, { by: BY })
    expect(await links()).toEqual([depends])
    await catalog.tellPackages(SHOP, asking({ through: [API, WEB] }), { by: BY })
    expect(await links()).toEqual([])
    await catalog.tellPackages(SHOP, asking({ direct: [WEB] }), { by: BY })
    expect(await links()).toEqual([depends])
  })

  it('can be told by a person that it does not, and stays told', async () => {
    await catalog.settle({ from: WEB, type: 'dependsOn', to: UI }, 'refused', { by: 'user:default/mara' })
    await catalog.tellPackages(SHOP, shop([use('@acme/ui', '3.1.0', { direct: [WEB] })]), { by: BY })
    expect(await links()).toMatchObject([{ status: 'refused' }])
    await catalog.settle({ from: WEB, type: 'dependsOn', to: UI }, 'suggested', { by: 'user:default/mara' })
    expect(await links()).toEqual([depends])
  })

  it('from another repository never depends on what is private, nor on a name that stands for its own folder', async () => {
    await catalog.tellPackages(LIBRARY, { files: [], publications: [ui({ private: true })] }, { by: BY })
    expect(await links()).toEqual([])
    await catalog.tellPackages(LIBRARY, { files: [], publications: [ui()] }, { by: BY })
    await catalog.tellPackages(SHOP, asking({ direct: [WEB], local: true }), { by: BY })
    expect(await links()).toEqual([])
    await catalog.tellPackages(SHOP, { ...asking({ direct: [WEB], local: true }), publications: [ui({ private: true })] }, { by: BY })
    expect(await links()).toEqual([{ ...depends, confidence: 1 }])
  })

  it('of a name that two publish is only a suggestion', async () => {
    await catalog.tellPackages(SHOP, asking({ direct: [WEB] }), { by: BY })
    await catalog.tellPackages(
      'repository:default/fork',
      { files: [], publications: [ui({ component: 'component:default/fork' })] },
      { by: BY },
    )
    expect(await links()).toEqual([{ ...depends, status: 'suggested', origin: 'inferred', confidence: expect.closeTo(0.4) }])
    await catalog.tellPackages('repository:default/fork', { files: [], publications: [] }, { by: BY })
    expect(await links()).toEqual([depends])
  })
})

describe('the operations', () => {
  const [read, tell] = packageOperations
  const context = () => ({ catalog, clock: () => now, caller: { person: BY, scopes: ['admin' as const] } })

  it('answer as promised, from what was told through them', async () => {
    const told = tell.input.parse(JSON.parse(JSON.stringify({ repository: 'Repository:shop', ...shop(FIRST) })))
    expect(told.repository).toBe(SHOP)
    expect(await tell.run(told, context())).toMatchObject({ files: 1 })
    const answer = read.output.parse(
      await read.run(read.input.parse({ component: 'component:web', limit: '1', exact: 'false' }), context()),
    )
    expect(answer).toMatchObject({
      total: 2,
      built: {
        packages: 2,
        direct: 2,
        development: 0,
        files: [{ file: 'package-lock.json', unread: null, learned: expect.stringMatching(/Z$/) }],
      },
      packages: [
        {
          ecosystem: 'npm',
          name: 'left',
          used: 1,
          more: 0,
          versions: [{ version: '1.0.0', users: [{ ref: WEB, title: null, how: 'direct', development: false }] }],
        },
      ],
    })
    expect(read.output.parse(await read.run(read.input.parse({ name: 'loose' }), context()))).toMatchObject({
      built: null,
      packages: [{ versions: [{ version: null, asked: '^1.0.0', because: expect.stringContaining('no lock file') }] }],
    })
  })

  it('refuse names no package can have', () => {
    const bad = (name: string) => tell.input.safeParse({ repository: SHOP, ...shop([use(name, '1', { direct: [WEB] })]) }).success
    expect(['', 'a b', 'a\nb', 'a\u0000', 'x'.repeat(301)].map(bad)).toEqual([false, false, false, false, false])
    expect(bad('__proto__')).toBe(true)
    const inFile = (file: string) => tell.input.safeParse({ repository: SHOP, files: [lock([], file)], publications: [] }).success
    expect(['', 'a\u0000b', 'a\ud800b', 'Größe/go.mod'].map(inFile)).toEqual([false, false, false, true])
  })
})
