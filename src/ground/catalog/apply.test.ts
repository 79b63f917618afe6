import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { DAY } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import type { Catalog, EntityDraft } from './catalog.ts'
import { createCatalog } from './create.ts'

const BY = 'user:default/mara'
let store: Store
let catalog: Catalog
let now: number

beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())
beforeEach(async () => {
  await store.query(sql`truncate entity, entity_version, link, link_earlier, link_decision`)
  await store.query(sql`update ledger_clock set learned = 'epoch'`)
  now = Date.parse('2026-05-04T09:00:00Z')
  catalog = createCatalog({ store, clock: () => now })
  await catalog.applyFolder(
    'people',
    [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'payments', namespace: 'people' },
        spec: { type: 'team', children: [] },
      },
    ],
    { by: BY },
  )
})

describe('applying a folder', () => {
  it('creates, then leaves alone what did not change, whatever the order of its keys', async () => {
    expect(await catalog.applyFolder('shop', [component('checkout'), component('search')], { by: BY })).toMatchObject({
      entities: 2,
      created: 2,
      updated: 0,
      unchanged: 0,
      removed: 0,
    })
    const turned = { ...component('checkout'), spec: Object.fromEntries(Object.entries(component('checkout').spec).reverse()) }
    expect(await catalog.applyFolder('shop', [component('search'), turned], { by: BY })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      removed: 0,
    })
    expect(await catalog.versions('component:default/checkout')).toHaveLength(1)
  })

  it('writes a new version when content changes, and says who, when and from where', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    now += DAY
    await catalog.applyFolder('shop', [component('checkout', { lifecycle: 'deprecated' })], { by: 'user:default/ines' })
    expect(await catalog.versions('component:default/checkout')).toMatchObject([
      {
        version: 2,
        at: now,
        by: 'user:default/ines',
        origin: 'file',
        removed: false,
        doc: { file: 'catalog.yaml', spec: { lifecycle: 'deprecated' } },
      },
      { version: 1, at: now - DAY, by: BY, doc: { spec: { lifecycle: 'production' } } },
    ])
  })

  it('removes only what came from the same folder, and remembers that it was there', async () => {
    await catalog.applyFolder('shop', [component('checkout'), component('search')], { by: BY })
    await catalog.applyFolder('other', [component('ledger')], { by: BY })
    const before = now
    now += DAY
    expect(await catalog.applyFolder('shop', [component('search')], { by: BY })).toMatchObject({ removed: 1, unchanged: 1 })
    expect((await catalog.list({ namespace: 'default' })).map((entity) => entity.ref)).toEqual([
      'component:default/ledger',
      'component:default/search',
    ])
    expect(await catalog.get('component:default/checkout')).toBeNull()
    expect(await catalog.get('component:default/checkout', before)).toMatchObject({ version: 1 })
    expect((await catalog.versions('component:default/checkout'))[0]).toMatchObject({ version: 2, removed: true })
    expect(await catalog.list({ namespace: 'default' }, before)).toHaveLength(3)
    expect(await catalog.list({ namespace: 'default' }, now)).toHaveLength(2)
    expect(await catalog.count({ namespace: 'default' }, before)).toBe(3)
  })

  it('goes on counting versions when something removed comes back', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    await catalog.applyFolder('shop', [], { by: BY })
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    expect((await catalog.versions('component:default/checkout')).map((version) => [version.version, version.removed])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
  })

  it('keeps what a broken document said before it broke, and writes the rest', async () => {
    await catalog.applyFolder('shop', [component('checkout'), component('search')], { by: BY })
    const broken = { ...component('checkout'), spec: { type: 'service' } }
    const result = await catalog.applyFolder('shop', [broken, component('search', { lifecycle: 'experimental' })], { by: BY })
    expect(result).toMatchObject({ entities: 2, updated: 1, removed: 0 })
    expect(result.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.path)).toEqual([
      'spec.lifecycle',
      'spec.owner',
    ])
    expect(await catalog.get('component:default/checkout')).toMatchObject({ version: 1, spec: { lifecycle: 'production' } })
  })

  it('keeps what a file said that can no longer be read', async () => {
    await catalog.applyFolder('shop', [component('checkout'), { ...component('search'), file: 'search.yaml' }], { by: BY })
    expect(await catalog.applyFolder('shop', [component('checkout')], { by: BY, unreadable: ['search.yaml'] })).toMatchObject({
      removed: 0,
    })
    expect(await catalog.count({ namespace: 'default' })).toBe(2)
  })

  it('writes nothing at all in strict mode when one document is refused', async () => {
    const result = await catalog.applyFolder('shop', [component('checkout'), { ...component('search'), spec: {} }], {
      by: BY,
      strict: true,
    })
    expect(result).toMatchObject({ created: 0 })
    expect(await catalog.count({ namespace: 'default' })).toBe(0)
  })

  it('only counts in a dry run', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    expect(await catalog.applyFolder('shop', [component('search')], { by: BY, dryRun: true })).toMatchObject({ created: 1, removed: 1 })
    expect((await catalog.list({ namespace: 'default' })).map((entity) => entity.ref)).toEqual(['component:default/checkout'])
  })

  it('notes a moved file without a new version', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    expect(await catalog.applyFolder('shop', [{ ...component('checkout'), file: 'moved.yaml', line: 9 }], { by: BY })).toMatchObject({
      unchanged: 1,
      updated: 0,
    })
    expect(await catalog.get('component:default/checkout')).toMatchObject({ file: 'moved.yaml', line: 9, version: 1 })
  })
})

describe('two places for one thing', () => {
  it('leaves a thing with the folder that had it first and names both places', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    const result = await catalog.applyFolder(
      'fork',
      [{ ...component('checkout', { lifecycle: 'experimental' }), file: 'copy.yaml', line: 3 }],
      { by: BY },
    )
    expect(result).toMatchObject({
      created: 0,
      updated: 0,
      problems: [{ code: 'catalog.owned_elsewhere', severity: 'warning', file: 'copy.yaml', line: 3 }],
    })
    expect(result.problems[0]!.message).toContain('catalog.yaml:1 of the folder shop')
    expect(await catalog.get('component:default/checkout')).toMatchObject({ folder: 'shop', spec: { lifecycle: 'production' } })
    expect(await catalog.applyFolder('fork', [], { by: BY })).toMatchObject({ removed: 0 })
  })

  it('takes the first of two documents with one name and warns about the second', async () => {
    const result = await catalog.applyFolder(
      'shop',
      [component('checkout'), { ...component('Checkout', { lifecycle: 'experimental' }), line: 20 }],
      { by: BY },
    )
    expect(result).toMatchObject({ entities: 2, created: 1, problems: [{ code: 'catalog.duplicate', line: 20 }] })
    expect(await catalog.get('component:default/checkout')).toMatchObject({ spec: { lifecycle: 'production' } })
  })

  it('lets a file take over what was inferred, and skips the inference from then on', async () => {
    const inferred = component('checkout', { owner: 'unknown' })
    await catalog.applyFolder('scan of shop', [inferred, component('worker')], { by: BY, origin: 'inferred' })
    expect(await catalog.applyFolder('shop', [component('checkout')], { by: BY })).toMatchObject({ updated: 1, created: 0 })
    expect(await catalog.applyFolder('scan of shop', [inferred, component('worker')], { by: BY, origin: 'inferred' })).toMatchObject({
      updated: 0,
      removed: 0,
      unchanged: 1,
      problems: [],
    })
    expect(await catalog.get('component:default/checkout')).toMatchObject({
      origin: 'file',
      folder: 'shop',
      spec: { owner: 'group:people/payments' },
    })
  })
})

describe('files and forms', () => {
  it('lets an edit made in the app stand until its file says something new', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    await catalog.write(component('checkout', { lifecycle: 'deprecated' }), { by: 'user:default/ines', expectedVersion: 1 })
    const again = await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    expect(again).toMatchObject({ unchanged: 1, updated: 0, problems: [{ code: 'catalog.edited_in_app' }] })
    expect(await catalog.get('component:default/checkout')).toMatchObject({ origin: 'form', version: 2, spec: { lifecycle: 'deprecated' } })

    const changed = await catalog.applyFolder('shop', [component('checkout', { lifecycle: 'experimental' })], { by: BY })
    expect(changed).toMatchObject({ updated: 1, problems: [{ code: 'catalog.edit_replaced' }] })
    expect(await catalog.get('component:default/checkout')).toMatchObject({
      origin: 'file',
      version: 3,
      spec: { lifecycle: 'experimental' },
    })
  })

  it('is at rest again once the file says what the form said', async () => {
    await catalog.applyFolder('shop', [component('checkout')], { by: BY })
    await catalog.write(component('checkout', { lifecycle: 'deprecated' }), { by: BY })
    expect(await catalog.applyFolder('shop', [component('checkout', { lifecycle: 'deprecated' })], { by: BY })).toMatchObject({
      unchanged: 1,
      problems: [],
    })
    expect(await catalog.get('component:default/checkout')).toMatchObject({ origin: 'file', version: 2 })
  })

  it('refuses to write over a change the writer has not seen, and says whose it is', async () => {
    await catalog.write(component('checkout'), { by: 'user:default/ines', expectedVersion: 0 })
    await catalog.write(component('checkout', { lifecycle: 'deprecated' }), { by: 'user:default/ines', expectedVersion: 1 })
    const late = catalog.write(component('checkout', { lifecycle: 'experimental' }), { by: BY, expectedVersion: 1 })
    await expect(late).rejects.toMatchObject({
      status: 409,
      problem: {
        code: 'catalog.changed_meanwhile',
        message: expect.stringContaining('version 2 is by user:default/ines, 2026-05-04T09:00:00.000Z'),
      },
    })
    await expect(catalog.write(component('checkout'), { by: BY, expectedVersion: 0 })).rejects.toMatchObject({ status: 409 })
  })

  it('refuses an invalid form with every reason', async () => {
    await expect(catalog.write({ ...component('checkout'), spec: { type: 'service' } }, { by: BY })).rejects.toMatchObject({
      status: 422,
      message: 'spec.lifecycle is missing. spec.owner is missing',
    })
  })

  it('removes what a form wrote, not what a file states', async () => {
    await catalog.write(component('checkout'), { by: BY })
    await catalog.remove('component:default/checkout', { by: BY, expectedVersion: 1 })
    expect(await catalog.count({ namespace: 'default' })).toBe(0)
    await catalog.applyFolder('shop', [component('search')], { by: BY })
    await expect(catalog.remove('component:default/search', { by: BY })).rejects.toMatchObject({
      status: 409,
      problem: { code: 'catalog.kept_in_file' },
    })
    await expect(catalog.remove('component:default/nothing', { by: BY })).rejects.toMatchObject({ status: 404 })
  })

  it('never puts a version before the one it follows, even when the clock was set back', async () => {
    await catalog.write(component('checkout'), { by: BY })
    const first = now
    now -= DAY
    await catalog.write(component('checkout', { lifecycle: 'deprecated' }), { by: BY })
    expect((await catalog.versions('component:default/checkout')).map((version) => version.at)).toEqual([first, first])
    expect(await catalog.get('component:default/checkout', first)).toMatchObject({ version: 2 })
  })
})

describe('finding things', () => {
  it('finds by beginnings of words, names before descriptions, and by owner', async () => {
    await catalog.applyFolder(
      'shop',
      [
        component('order-history', {}, { description: 'Shows past orders; not the checkout.' }),
        component('checkout-service', { owner: 'group:default/buying' }, { title: 'Checkout', tags: ['payments'] }),
      ],
      { by: BY },
    )
    expect((await catalog.list({ text: 'check' })).map((entity) => entity.metadata.name)).toEqual(['checkout-service', 'order-history'])
    expect((await catalog.list({ text: 'pay serv' })).map((entity) => entity.metadata.name)).toEqual(['checkout-service'])
    expect((await catalog.list({ owner: 'group:default/buying' })).map((entity) => entity.metadata.name)).toEqual(['checkout-service'])
    expect(
      (await catalog.list({ kind: 'Component', namespace: 'default', limit: 1, offset: 1 })).map((entity) => entity.metadata.name),
    ).toEqual(['order-history'])
    expect(await catalog.count({ text: "o'ord & | !" })).toBe(1)
  })
})

function component(name: string, spec: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, ...metadata },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:people/payments', ...spec },
    file: 'catalog.yaml',
    line: 1,
  }
}
