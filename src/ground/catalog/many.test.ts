import { afterAll, beforeAll, expect, it } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
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

it('10,000 entities are applied and linked in a handful of statements, and a second time leave everything as it is', async () => {
  const drafts = manyEntities(10_000)
  let statements = 0
  const counted = createCatalog({ store: counting(store, () => (statements += 1)), clock: () => 0 })
  expect(await counted.applyFolder('big', drafts, { by: BY })).toMatchObject({ entities: 10_000, created: 10_000, problems: [] })
  expect(statements).toBeLessThan(40)
  statements = 0
  expect(await counted.applyFolder('big', drafts, { by: BY })).toMatchObject({ unchanged: 10_000, updated: 0 })
  expect(statements).toBeLessThan(5)

  const [links] = await store.query<{ count: number }>(sql`select count(*)::int as count from link`)
  expect(links!.count).toBe(expectedLinks(drafts))
  expect(await catalog.count({ kind: 'component' })).toBe(9_000)
  const trace = await catalog.trace('domain:default/domain-0', 'down', 2)
  expect(trace.nodes.filter((node) => node.kind === 'system')).toHaveLength(10)
  expect(await catalog.shares('namespace:default')).toHaveLength(9_000)
})

/** Domains of ten systems of ninety components, each with an owner and a dependency on its neighbour. */
function manyEntities(count: number): EntityDraft[] {
  const api = 'backstage.io/v1alpha1'
  const groups = Array.from({ length: count / 20 - 10 }, (_, index): EntityDraft => ({
    apiVersion: api,
    kind: 'Group',
    metadata: { name: `group-${index}` },
    spec: { type: 'team', children: [] },
  }))
  const domains = Array.from({ length: 10 }, (_, index): EntityDraft => ({
    apiVersion: api,
    kind: 'Domain',
    metadata: { name: `domain-${index}` },
    spec: { owner: `group-${index}` },
  }))
  const systems = Array.from({ length: count / 20 }, (_, index): EntityDraft => ({
    apiVersion: api,
    kind: 'System',
    metadata: { name: `system-${index}` },
    spec: { owner: `group-${index % 400}`, ...(index < 100 ? { domain: `domain-${index % 10}` } : {}) },
  }))
  const components = Array.from({ length: count - groups.length - domains.length - systems.length }, (_, index): EntityDraft => ({
    apiVersion: api,
    kind: 'Component',
    metadata: { name: `component-${index}`, description: 'One of very many', tags: ['java'] },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `group-${index % 400}`,
      system: `system-${index % 500}`,
      ...(index > 0 ? { dependsOn: [`component:component-${index - 1}`] } : {}),
    },
  }))
  return [...groups, ...domains, ...systems, ...components]
}

function expectedLinks(drafts: readonly EntityDraft[]): number {
  return drafts.reduce(
    (sum, { spec }) => sum + ['owner', 'system', 'domain', 'dependsOn'].filter((field) => spec[field] !== undefined).length,
    0,
  )
}

function counting(inner: Store, count: () => void): Store {
  return new Proxy(inner, {
    get(target, property) {
      if (property === 'query') count()
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
