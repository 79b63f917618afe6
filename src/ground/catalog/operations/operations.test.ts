import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import type { Scope } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import type { Catalog } from '../catalog.ts'
import { createCatalog } from '../create.ts'
import { recordNode } from '../links/node-id.ts'
import { catalogOperations } from './index.ts'

const BY = 'user:default/mara'
const SHOP = 'repository:default/shop'
type Operations = (typeof catalogOperations)[number]
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => Date.parse('2026-05-04T09:00:00Z') })
  catalog.registerLinks({
    name: 'test',
    neighbours: async () => ({ edges: [], nodes: [] }),
    describe: async (ids) =>
      ids.flatMap((id) =>
        id.startsWith('change:git/42')
          ? [SHOP, 'repository:default/web'].map((subject) => ({
              id: recordNode('change', 'git', '42', subject),
              kind: 'change',
              title: 'Forty-two',
              subject,
            }))
          : [],
      ),
  })
})
afterAll(() => store.close())

/** Asks as a door does, and holds the answer against what is promised. */
async function ask<Id extends Operations['id']>(id: Id, input: Record<string, unknown>) {
  const operation = catalogOperations.find((one): one is Extract<Operations, { id: Id }> => one.id === id)!
  const scopes: Scope[] = ['admin']
  const run: (ask: unknown, context: unknown) => Promise<unknown> = operation.run as never // the door's own view: input is parsed by the schema beside it
  const answer = await run(operation.input.parse(input), {
    catalog,
    clock: () => Date.parse('2026-05-04T09:00:00Z'),
    caller: { person: BY, scopes },
  })
  const read = operation.output.safeParse(JSON.parse(JSON.stringify(answer)))
  expect(read.error).toBeUndefined()
  return read.data as never as Awaited<ReturnType<Extract<Operations, { id: Id }>['run']>>
}

describe('what may be asked of the catalogue', () => {
  it('apply, list, search, read, versions, export', async () => {
    const drafts = [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'checkout', title: 'Checkout', tags: ['java'] },
        spec: { type: 'service', lifecycle: 'production', owner: 'pay' },
        file: 'a.yaml',
        line: 1,
      },
      { apiVersion: 'throughline.dev/v1', kind: 'Desicion', metadata: { name: 'x' }, file: 'a.yaml', line: 9 },
    ]
    const applied = await ask('catalog.apply', { folder: 'shop', drafts, files: 3 })
    expect(applied).toMatchObject({
      files: 3,
      entities: 2,
      created: 1,
      problems: [{ code: 'catalog.unknown_kind', severity: 'error', line: 9 }, { code: 'catalog.dangling_reference' }],
    })
    expect((await ask('catalog.apply', { folder: 'shop', drafts, checked: true, dryRun: true })).problems).toMatchObject([
      { code: 'catalog.dangling_reference' },
    ])
    expect(await ask('entity.list', { kind: 'component', limit: '10' })).toMatchObject({
      total: 1,
      entities: [{ ref: 'component:default/checkout', title: 'Checkout', owner: 'pay', type: 'service', tags: ['java'] }],
    })
    expect(await ask('search', { q: 'chec' })).toMatchObject({ results: [{ ref: 'component:default/checkout' }] })
    expect(await ask('search', { q: ' !' })).toEqual({ results: [] })
    expect(await ask('entity.read', { ref: 'Component:checkout' })).toMatchObject({
      entity: { version: 1, updatedAt: '2026-05-04T09:00:00.000Z', file: 'a.yaml' },
      relations: [{ type: 'ownedBy', ref: 'group:default/pay', dangling: true }],
    })
    await expect(ask('entity.read', { ref: 'component:nothing' })).rejects.toMatchObject({ status: 404 })
    await expect(ask('entity.read', { ref: 'component:default/checkout', asOf: '2020-01-01' })).rejects.toMatchObject({ status: 404 })
    expect(await ask('entity.versions', { ref: 'component:default/checkout' })).toMatchObject({
      versions: [{ version: 1, by: BY, origin: 'file' }],
    })
    expect(await ask('catalog.export', { kind: 'Component' })).toMatchObject({
      entities: [{ kind: 'Component', relations: [{ type: 'ownedBy', targetRef: 'group:default/pay' }] }],
    })
  })

  it('write and remove with the version that was read', async () => {
    const draft = { apiVersion: 'throughline.dev/v1', kind: 'Decision', metadata: { name: 'trunk' }, spec: { status: 'draft' } }
    expect(await ask('entity.write', { ...draft, expectedVersion: 0 })).toMatchObject({
      entity: { ref: 'decision:default/trunk', origin: 'form', version: 1 },
      problems: [],
    })
    await expect(ask('entity.write', { ...draft, spec: { status: 'accepted' }, expectedVersion: 0 })).rejects.toMatchObject({ status: 409 })
    expect(await ask('entity.remove', { ref: 'decision:trunk', expectedVersion: '1' })).toEqual({ removed: 'decision:default/trunk' })
  })

  it('trace and gaps', async () => {
    expect(await ask('trace', { ref: 'component:checkout', depth: '3' })).toMatchObject({
      nodes: [{ id: 'component:default/checkout', depth: 0 }],
      edges: [],
    })
    expect((await ask('gaps', { scope: 'default', namespace: 'default' })).gaps.map((gap) => gap.code)).toEqual(['dangling_reference'])
  })

  it('settle a suggestion for the one record that is meant', async () => {
    const link = {
      from: recordNode('change', 'git', '42', SHOP),
      type: 'serves',
      to: 'outcome:default/faster',
      origin: 'inferred',
      confidence: 0.8,
      status: 'suggested',
      because: 'words',
    } as const
    await catalog.addLinks('guesses', [link], { by: BY })
    const { total, suggestions } = await ask('suggestions', { limit: '5' })
    expect(total).toBe(1)
    expect(suggestions).toEqual([
      {
        from: 'change:git/42',
        subject: SHOP,
        fromTitle: 'Forty-two',
        type: 'serves',
        to: 'outcome:default/faster',
        toTitle: 'outcome:default/faster',
        confidence: 0.8,
        because: 'words',
        at: expect.stringContaining('2026-05-04T09:00:00.00'), // later than any moment told before
      },
    ])
    await expect(
      ask('link.settle', { from: 'change:git/42', type: 'serves', to: 'outcome:faster', status: 'accepted' }),
    ).rejects.toMatchObject({ status: 409, problem: { code: 'catalog.ambiguous_record' } })
    await expect(
      ask('link.settle', { from: 'change:git/41', type: 'serves', to: 'outcome:faster', status: 'accepted' }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(ask('link.settle', { from: 'not a ref', type: 'serves', to: 'outcome:faster', status: 'accepted' })).rejects.toMatchObject(
      { status: 400 },
    )
    expect(
      await ask('link.settle', { from: 'change:git/42', subject: SHOP, type: 'serves', to: 'outcome:faster', status: 'accepted' }),
    ).toMatchObject({ status: 'accepted' })
    expect(await catalog.links([link.from])).toMatchObject([{ to: 'outcome:default/faster', status: 'accepted' }])
    expect(await ask('suggestions', {})).toMatchObject({ total: 0 })
  })
})
