import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import type { Store } from '../../store/index.ts'
import type { Catalog, EntityDraft } from '../catalog.ts'
import { createCatalog } from '../create.ts'
import { docOf } from '../document.ts'
import { whereaboutsOf } from './annotations.ts'

const BY = 'user:default/mara'
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => 0 })
  await catalog.applyFolder(
    'default',
    [
      component('web', { 'github.com/project-slug': 'acme/web' }, { system: 'shop' }),
      component(
        'checkout',
        {
          'throughline.dev/repository': 'mono',
          'throughline.dev/path': '/services/checkout/',
          'throughline.dev/deployments': 'tags:checkout-v',
          'throughline.dev/aliases': 'till, component:old/till',
        },
        { system: 'shop' },
      ),
      component('checkout-ui', { 'throughline.dev/repository': 'repository:default/mono', 'throughline.dev/path': 'services/checkout/ui' }),
      component('billing', { 'throughline.dev/deployments': 'main' }, { system: 'shop' }),
      component('old', { 'github.com/project-slug': 'acme/legacy' }),
      component('older', { 'github.com/project-slug': 'acme/legacy' }),
      {
        apiVersion: 'throughline.dev/v1',
        kind: 'Repository',
        metadata: { name: 'mono', annotations: { 'throughline.dev/deployments': 'main' } },
        spec: {},
      },
      { apiVersion: 'throughline.dev/v1', kind: 'Repository', metadata: { name: 'tools' }, spec: {} },
      { apiVersion: 'backstage.io/v1alpha1', kind: 'System', metadata: { name: 'shop' }, spec: { owner: 'pay', domain: 'trade' } },
      { apiVersion: 'backstage.io/v1alpha1', kind: 'Domain', metadata: { name: 'trade' }, spec: { owner: 'pay' } },
    ],
    { by: BY },
  )
  await catalog.applyFolder(
    'example',
    [
      component('web', { 'github.com/project-slug': 'acme/web' }, {}, 'example'),
      { apiVersion: 'throughline.dev/v1', kind: 'Repository', metadata: { name: 'web', namespace: 'example' }, spec: {} },
    ],
    { by: BY },
  )
  catalog.registerSubjects(async (namespace) =>
    namespace === 'default'
      ? ['repository:default/web', 'repository:default/unheard', 'component:default/ghost', 'component:default/checkout']
      : [],
  )
})
afterAll(() => store.close())

describe('which evidence tells of a thing', () => {
  it('a component without a path is its whole repository: evidence of either counts for both', async () => {
    const web = {
      subjects: ['component:default/web', 'repository:default/web'],
      repository: 'repository:default/web',
      deployments: { by: 'tags' },
    }
    expect(await catalog.shares('component:default/web')).toEqual([{ ref: 'component:default/web', ...web }])
    expect(await catalog.shares('repository:default/web')).toEqual([
      { ...web, ref: 'repository:default/web', subjects: [...web.subjects].reverse() },
    ])
  })

  it('a component with a path has its part of the repository, less the parts inside it', async () => {
    expect(await catalog.shares('component:default/checkout')).toEqual([
      {
        ref: 'component:default/checkout',
        subjects: ['component:default/checkout', 'component:default/till', 'component:old/till'],
        repository: 'repository:default/mono',
        path: 'services/checkout',
        except: ['services/checkout/ui'],
        deployments: { by: 'tags', prefix: 'checkout-v' },
      },
    ])
    expect(await catalog.shares('component:default/checkout-ui')).toMatchObject([
      { path: 'services/checkout/ui', deployments: { by: 'main' } },
    ])
  })

  it('an old name leads to the present one', async () => {
    expect(await catalog.shares('component:old/till')).toMatchObject([{ ref: 'component:default/checkout' }])
  })

  it('a component without a repository has the events sent under its name', async () => {
    expect(await catalog.shares('component:default/billing')).toEqual([
      { ref: 'component:default/billing', subjects: ['component:default/billing'], deployments: { by: 'main' } },
    ])
  })

  it('two components on one repository are told apart by what names them, and together by the repository', async () => {
    expect((await catalog.shares('component:default/old'))[0]!.subjects).toEqual(['component:default/old', 'repository:default/legacy'])
    expect((await catalog.shares('repository:default/legacy'))[0]!.subjects).toEqual([
      'repository:default/legacy',
      'component:default/old',
      'component:default/older',
    ])
  })

  it('a system, a domain and a team have the shares of their components', async () => {
    const refs = ['component:default/billing', 'component:default/checkout', 'component:default/web']
    expect((await catalog.shares('system:default/shop')).map((share) => share.ref)).toEqual(refs)
    expect((await catalog.shares('domain:default/trade')).map((share) => share.ref)).toEqual(refs)
    expect((await catalog.shares('group:default/pay')).map((share) => share.ref)).toEqual([
      'component:default/billing',
      'component:default/checkout',
      'component:default/checkout-ui',
      'component:default/web',
      'repository:default/legacy',
    ])
  })

  it('a namespace has everything once, also what nobody declared', async () => {
    const shares = await catalog.shares('namespace:default')
    expect(shares.map((share) => share.ref)).toEqual([
      'component:default/billing',
      'component:default/checkout',
      'component:default/checkout-ui',
      'component:default/ghost',
      'component:default/web',
      'repository:default/legacy',
      'repository:default/mono',
      'repository:default/tools',
      'repository:default/unheard',
    ])
    expect(shares.find((share) => share.ref === 'repository:default/mono')).toMatchObject({
      except: ['services/checkout', 'services/checkout/ui'],
    })
    const subjects = shares.flatMap((share) => share.subjects)
    expect(new Set(subjects).size).toBe(subjects.length)
  })

  it('the example company keeps to its own repositories', async () => {
    expect(await catalog.shares('namespace:example')).toMatchObject([
      { ref: 'component:example/web', subjects: ['component:example/web', 'repository:example/web'] },
    ])
  })

  it('a name nobody declared tells of itself alone', async () => {
    expect(await catalog.shares('component:default/ghost')).toEqual([
      { ref: 'component:default/ghost', subjects: ['component:default/ghost'], deployments: { by: 'events' } },
    ])
    expect(await catalog.shares('repository:default/unheard')).toMatchObject([
      { subjects: ['repository:default/unheard'], repository: 'repository:default/unheard' },
    ])
    expect(await catalog.shares('system:default/nothing')).toEqual([
      { ref: 'system:default/nothing', subjects: ['system:default/nothing'], deployments: { by: 'events' } },
    ])
    expect(await catalog.shares('namespace:empty')).toEqual([])
  })
})

describe('where a component lives', () => {
  const where = (annotations: Record<string, string>, file?: string) => {
    const { repository, path } = whereaboutsOf('component:default/x', docOf(component('x', annotations)), file)
    return [repository, path]
  }
  it('is read from annotations of several forges', () => {
    expect(where({ 'backstage.io/source-location': 'url:https://github.com/acme/mono/tree/main/services/checkout/' })).toEqual([
      'mono',
      'services/checkout',
    ])
    expect(where({ 'backstage.io/source-location': 'url:https://gitlab.com/acme/group/mono/-/tree/main/services/checkout' })).toEqual([
      'mono',
      'services/checkout',
    ])
    expect(where({ 'backstage.io/source-location': 'url:https://bitbucket.org/acme/mono/src/master/a' })).toEqual(['mono', 'a'])
    expect(where({ 'backstage.io/source-location': 'url:https://github.com/acme/Web.git' })).toEqual(['web', null])
    expect(where({ 'gitlab.com/project-slug': 'acme/sub/web' })).toEqual(['web', null])
    expect(where({ 'backstage.io/source-location': 'not an address' })).toEqual([null, null])
    expect(where({ 'throughline.dev/repository': 'repository:example/web', 'github.com/project-slug': 'acme/other' })).toEqual([
      'repository:example/web',
      null,
    ])
  })
  it('is the folder of its descriptor inside a repository, as Backstage takes it', () => {
    expect(where({ 'github.com/project-slug': 'acme/mono' }, 'packages/search/catalog-info.yaml')).toEqual(['mono', 'packages/search'])
    expect(where({ 'github.com/project-slug': 'acme/mono' }, 'catalog-info.yaml')).toEqual(['mono', null])
    expect(where({ 'github.com/project-slug': 'acme/mono' }, 'catalog/all.yaml')).toEqual(['mono', null])
    expect(where({ 'github.com/project-slug': 'acme/mono', 'throughline.dev/path': '.' }, 'packages/search/catalog-info.yaml')).toEqual([
      'mono',
      null,
    ])
  })
})

function component(
  name: string,
  annotations: Record<string, string> = {},
  spec: Record<string, unknown> = {},
  namespace?: string,
): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations, ...(namespace ? { namespace } : {}) },
    spec: { type: 'service', lifecycle: 'production', owner: 'pay', ...spec },
  }
}

it('who lives where is what is kept, also after a change that was taken back, and after one by whom it was asked meanwhile', async () => {
  const alone = async () => (await catalog.shares('component:default/web'))[0]!.repository
  const before = await catalog.revision()
  const moved = component('web', { 'github.com/project-slug': 'acme/elsewhere' }, { system: 'shop' })
  const change = async () => {
    await catalog.write(moved, { by: BY })
    expect(await catalog.revision()).not.toBe(before)
    expect(await alone()).toBe('repository:default/elsewhere')
  }
  await expect(
    store.transaction(async () => {
      await change()
      throw new Error('taken back')
    }),
  ).rejects.toThrow('taken back')
  expect([await catalog.revision(), await alone()]).toEqual([before, 'repository:default/web'])
  const meanwhile = store.transaction(change)
  await catalog.revision()
  await meanwhile
  expect(await catalog.revision()).not.toBe(before)
  expect(await alone()).toBe('repository:default/elsewhere')
})
