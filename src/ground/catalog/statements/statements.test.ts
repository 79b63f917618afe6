import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import { DAY } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Catalog, EntityDraft, Observation } from '../catalog.ts'
import { createCatalog } from '../create.ts'

const by = 'user:default/u1'
const REF = 'component:default/checkout'
const SCAN = 'scan:repository:default/shop'
const OWNERS: Observation = {
  fact: 'owner',
  value: 'group:default/web',
  from: 'CODEOWNERS',
  file: 'CODEOWNERS',
  line: 3,
  because: '/checkout/',
}
let store: Store
let catalog: Catalog
let now: number

beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())
beforeEach(async () => {
  await store.query(sql`truncate entity, entity_version, link, link_earlier, link_decision, statement, folder_read`)
  await store.query(sql`update ledger_clock set learned = 'epoch'`)
  now = Date.parse('2026-05-04T09:00:00Z')
  catalog = createCatalog({ store, clock: () => now })
})

const apply = (folder: string, drafts: EntityDraft[], origin: 'file' | 'inferred' = 'file') =>
  catalog.applyFolder(folder, drafts, { by, origin })
const scan = (owner = 'web', more: Partial<EntityDraft> = {}) =>
  apply(SCAN, [component(owner, { observed: [OWNERS], ...more })], 'inferred')
/** Folder, owner of the document, whether it stands, what is seen. */
const told = async (asOf?: number) =>
  (await catalog.statements({ refs: [REF] }, asOf)).map(({ folder, doc, stands, observed }) => [
    folder,
    doc?.spec.owner ?? null,
    stands,
    observed.map(({ value }) => value),
  ])
const rows = async () => (await store.query<{ n: number }>(sql`select count(*)::int as n from statement`))[0]!.n

describe('what others state of an entity is kept beside the document that stands', () => {
  it('of a scan, when a folder declares it, before or after', async () => {
    await scan()
    expect(await told()).toEqual([[SCAN, 'web', true, ['group:default/web']]])
    now += DAY
    await apply('/catalogue', [component('pay')])
    const both = [
      ['/catalogue', 'pay', true, []],
      [SCAN, 'web', false, ['group:default/web']],
    ]
    expect(await told()).toEqual(both)
    now += DAY
    await scan()
    expect(await told()).toEqual(both)
    expect(await catalog.get(REF)).toMatchObject({ spec: { owner: 'pay' }, origin: 'file' })
    expect((await catalog.statements({ refs: [REF] }))[1]).toMatchObject({ since: Date.parse('2026-05-04T09:00:00Z'), seenAt: now })
  })

  it('of a second folder, which is still told that the entity belongs elsewhere', async () => {
    await apply('/catalogue', [component('pay')])
    const { problems } = await apply('/other', [component('web', { file: 'web.yaml', line: 4 })])
    expect(problems.map(({ code }) => code)).toContain('catalog.owned_elsewhere')
    expect(await catalog.statements({ refs: [REF] })).toMatchObject([
      { folder: '/catalogue', stands: true },
      { folder: '/other', origin: 'file', file: 'web.yaml', line: 4, stands: false, doc: { spec: { owner: 'web' } } },
    ])
  })

  it('of the file that a form was written over, until the file itself replaces the edit', async () => {
    await apply('/catalogue', [component('pay')])
    await catalog.write(component('ops'), { by })
    const both = [
      [null, 'ops', true, []],
      ['/catalogue', 'pay', false, []],
    ]
    expect(await told()).toEqual(both)
    await apply('/catalogue', [component('pay')])
    await catalog.write(component('sec'), { by })
    expect(await told()).toEqual([[null, 'sec', true, []], both[1]])
    await apply('/catalogue', [component('web')])
    expect(await told()).toEqual([['/catalogue', 'web', true, []]])
  })

  it('until nobody states it any more, and as it was known at a moment', async () => {
    await apply('/catalogue', [component('pay')])
    now += DAY
    await scan()
    const then = now
    now += DAY
    await scan('pay')
    expect(await told()).toEqual([
      ['/catalogue', 'pay', true, []],
      [SCAN, 'pay', false, ['group:default/web']],
    ])
    expect((await told(then))[1]).toEqual([SCAN, 'web', false, ['group:default/web']])
    expect((await catalog.statements({ refs: [REF] }, then))[1]!.seenAt).toBe(then)
    now += DAY
    await apply(SCAN, [], 'inferred')
    expect(await told()).toEqual([['/catalogue', 'pay', true, []]])
    await apply('/catalogue', [])
    expect(await told()).toEqual([])
    expect(await told(then)).toHaveLength(2)
  })

  it('and nothing is written when the same is stated again; a moved line is no other statement', async () => {
    await apply('/catalogue', [component('pay')])
    await scan()
    const before = await rows()
    const [{ learned }] = (await store.query<{ learned: number }>(sql`select learned from catalog_revision`)) as [{ learned: number }]
    now += DAY
    await scan()
    expect(await rows()).toBe(before)
    expect(await store.query(sql`select learned from catalog_revision`)).toEqual([{ learned }])
    await scan('web', { file: 'a.yaml', line: 9 })
    expect(await rows()).toBe(before)
    expect((await catalog.statements({ refs: [REF] }))[1]).toMatchObject({ file: 'a.yaml', line: 9 })
  })

  it('a document that is refused, and a file that cannot be read, leave what was stated before', async () => {
    await apply('/catalogue', [component('pay')])
    await apply('/other', [component('web', { file: 'web.yaml' })])
    await apply('/other', [{ ...component('web', { file: 'web.yaml' }), spec: { type: 'service' } }])
    expect(await told()).toHaveLength(2)
    await catalog.applyFolder('/other', [], { by, unreadable: ['web.yaml'] })
    expect(await told()).toHaveLength(2)
  })

  it('a dry run keeps nothing', async () => {
    await apply('/catalogue', [component('pay')])
    await catalog.applyFolder('/other', [component('web')], { by, dryRun: true })
    expect(await told()).toHaveLength(1)
    expect(await store.query(sql`select folder from folder_read`)).toEqual([{ folder: '/catalogue' }])
  })

  it('when it was read is noted once a day, also when nothing changed', async () => {
    await scan()
    now += 3 * DAY
    await catalog.wasRead(SCAN)
    await catalog.wasRead(SCAN)
    expect((await catalog.statements({ refs: [REF] }))[0]!.seenAt).toBe(now)
    expect(await store.query(sql`select folder from folder_read`)).toHaveLength(2)
  })
})

function component(owner: string, more: Partial<EntityDraft> = {}): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    spec: { type: 'service', lifecycle: 'production', owner },
    ...more,
  }
}
