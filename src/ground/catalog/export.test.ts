import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import type { Store } from '../store/index.ts'
import type { Catalog, EntityDraft } from './catalog.ts'
import { createCatalog } from './create.ts'

const BY = 'user:default/mara'
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => 0 })
})
afterAll(() => store.close())

it('exporting and applying again changes nothing, whatever the documents hold', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ spec: storable(), extra: storable() }), { minLength: 1, maxLength: 8 }), async (contents) => {
      round += 1
      const namespace = `round${round}`
      const drafts = contents.map(({ spec, extra }, index): EntityDraft => ({
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: { name: `Widget.${index}`, namespace, ...extra, annotations: { note: 'kept' } },
        spec,
      }))
      const written = drafts.filter((draft) => !catalog.checkDraft(draft).some((problem) => problem.severity === 'error'))
      await catalog.applyFolder(namespace, drafts, { by: BY })
      const exported = await catalog.export({ namespace })
      expect(exported.map(({ relations: _, ...doc }) => doc)).toEqual(JSON.parse(JSON.stringify(written)))
      const back = exported.map(({ relations: _, ...doc }) => doc)
      expect(await catalog.applyFolder(namespace, back, { by: BY })).toMatchObject({
        entities: written.length,
        created: 0,
        updated: 0,
        unchanged: written.length,
        removed: 0,
      })
      expect(await catalog.export({ namespace })).toEqual(exported)
    }),
    { numRuns: 40 },
  )
})

it('keys leave in the order they were written in', async () => {
  await catalog.write(
    {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'ordered', namespace: 'order' },
      spec: { zebra: 1, ant: { y: 1, x: 2 } },
    },
    { by: BY },
  )
  expect(JSON.stringify(await catalog.export({ namespace: 'order' }))).toContain('"spec":{"zebra":1,"ant":{"y":1,"x":2}}')
})

it('relations are told from both ends, as Backstage names them, without the records', async () => {
  await catalog.applyFolder(
    'relations',
    [
      { apiVersion: 'backstage.io/v1alpha1', kind: 'System', metadata: { name: 'shop', namespace: 'rel' }, spec: { owner: 'pay' } },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'web', namespace: 'rel' },
        spec: { type: 'site', lifecycle: 'production', owner: 'pay', system: 'shop', consumesApis: ['orders'] },
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'API',
        metadata: { name: 'orders', namespace: 'rel' },
        spec: { type: 'openapi', lifecycle: 'production', owner: 'pay', definition: 'x' },
      },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'pay', namespace: 'rel' },
        spec: { type: 'team', children: [] },
      },
    ],
    { by: BY },
  )
  await catalog.addLinks(
    'test',
    [{ from: 'commit:git/abc', type: 'serves', to: 'system:rel/shop', origin: 'trailer', confidence: 1, status: 'accepted' }],
    { by: BY },
  )
  const relations = Object.fromEntries(
    (await catalog.export({ namespace: 'rel' })).map((entity) => [
      entity.kind,
      entity.relations.map(({ type, targetRef }) => `${type} ${targetRef}`),
    ]),
  )
  expect(relations).toEqual({
    API: ['apiConsumedBy component:rel/web', 'ownedBy group:rel/pay'],
    Component: ['consumesApi api:rel/orders', 'ownedBy group:rel/pay', 'partOf system:rel/shop'],
    Group: ['ownerOf api:rel/orders', 'ownerOf component:rel/web', 'ownerOf system:rel/shop'],
    System: ['hasPart component:rel/web', 'ownedBy group:rel/pay'],
  })
  expect(await catalog.export({ kind: 'api', namespace: 'rel' })).toHaveLength(1)
  expect(await catalog.relations('system:rel/shop')).toMatchObject({
    relations: [
      { type: 'ownedBy', ref: 'group:rel/pay', dangling: false },
      { type: 'hasPart', ref: 'component:rel/web' },
    ],
    records: [{ type: 'servedBy', kind: 'commit', count: 1 }],
  })
})

function storable(): fc.Arbitrary<Record<string, never>> {
  return fc
    .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 3 }))
    .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, never>)
}
