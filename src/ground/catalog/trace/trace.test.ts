import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import type { Store } from '../../store/index.ts'
import type { Catalog, EntityDraft, Link, Trace } from '../catalog.ts'
import { createCatalog } from '../create.ts'
import { recordNode } from '../links/node-id.ts'
import { FAN_OUT } from './neighbours.ts'

const BY = 'user:default/mara'
const SHOP = 'repository:default/shop'
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => Date.parse('2026-05-04T09:00:00Z') })
  for (const kind of ['Outcome', 'Principle'])
    catalog.registerKind({ kind, apiVersions: ['throughline.dev/v1'], spec: (await import('zod')).looseObject({}) })
  await catalog.applyFolder(
    'intent',
    [
      intent('Outcome', 'faster'),
      intent('Principle', 'small', { links: [{ type: 'serves', to: 'outcome:faster' }] }),
      intent('Decision', 'trunk', { supports: ['small'] }),
      intent('Decision', 'branches', { supports: ['small'], status: 'superseded' }),
      intent('Decision', 'newer', { supersedes: ['branches'] }),
      { apiVersion: 'backstage.io/v1alpha1', kind: 'System', metadata: { name: 'shop' }, spec: { owner: 'pay', serves: ['faster'] } },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'checkout', title: 'Checkout' },
        spec: { type: 'service', lifecycle: 'production', owner: 'pay', system: 'shop', dependsOn: ['component:ledger'] },
      },
    ],
    { by: BY },
  )
  await catalog.addLinks(
    'test',
    [
      link('commit:git/aaa', 'implements', 'decision:default/trunk'),
      link(recordNode('change', 'git', '42', SHOP), 'implements', recordNode('work_item', 'jira', 'ABC-1', SHOP)),
      link(recordNode('work_item', 'jira', 'ABC-1', SHOP), 'serves', 'outcome:default/faster'),
      link('commit:git/bbb', 'serves', 'outcome:default/nowhere'),
    ],
    { by: BY },
  )
})
afterAll(() => store.close())

describe('trace', () => {
  it('leads from a commit up to the outcome, over decision and principle', async () => {
    expect(await outline(catalog.trace('commit:git/aaa', 'up', 6))).toEqual([
      '0 commit:git/aaa',
      '-1 decision:default/trunk',
      '-2 principle:default/small',
      '-3 outcome:default/faster',
    ])
  })

  it('leads from the outcome down to all work, and back', async () => {
    const down = await outline(catalog.trace('outcome:default/faster', 'down', 6))
    expect(down).toEqual(
      expect.arrayContaining([
        '1 work_item:jira/ABC-1',
        '2 change:git/42',
        '3 commit:git/aaa',
        '1 system:default/shop',
        '2 component:default/checkout',
        '3 decision:default/newer',
      ]),
    )
    expect(await outline(catalog.trace('change:git/42@repository:default/shop', 'up', 6))).toEqual([
      '0 change:git/42',
      '-1 work_item:jira/ABC-1',
      '-2 outcome:default/faster',
    ])
  })

  it('goes both ways from the middle, counting depth from there', async () => {
    expect(await outline(catalog.trace('decision:trunk', 'both', 2))).toEqual([
      '0 decision:default/trunk',
      '-1 principle:default/small',
      '-2 outcome:default/faster',
      '1 commit:git/aaa',
    ])
  })

  it('stops at the depth asked for', async () => {
    expect(await outline(catalog.trace('commit:git/aaa', 'up', 1))).toEqual(['0 commit:git/aaa', '-1 decision:default/trunk'])
  })

  it('does not follow ownership and dependencies', async () => {
    const nodes = await outline(catalog.trace('component:default/checkout', 'both', 6))
    expect(nodes).toEqual(['0 component:default/checkout', '-1 system:default/shop', '-2 outcome:default/faster'])
  })

  it('shows what nobody declared as dangling', async () => {
    const trace = await catalog.trace('commit:git/bbb', 'up', 3)
    expect(trace.nodes).toMatchObject([
      { id: 'commit:git/bbb' },
      { id: 'outcome:default/nowhere', dangling: true, title: 'outcome:default/nowhere' },
    ])
    expect((await catalog.trace('outcome:default/never-heard-of', 'both', 3)).nodes).toMatchObject([{ dangling: true }])
  })

  it('ends in a circle', async () => {
    await catalog.applyFolder(
      'circle',
      [intent('Decision', 'chicken', { supersedes: ['egg'] }), intent('Decision', 'egg', { supersedes: ['chicken'] })],
      { by: BY },
    )
    expect(await outline(catalog.trace('decision:chicken', 'both', 9))).toHaveLength(2)
  })

  it('lists some of very many neighbours and says how many more there are', async () => {
    await catalog.addLinks(
      'many',
      Array.from({ length: FAN_OUT + 40 }, (_, index) => link(`commit:git/c${index}`, 'serves', 'outcome:default/busy')),
      { by: BY },
    )
    const trace = await catalog.trace('outcome:default/busy', 'down', 2)
    expect(trace.nodes).toHaveLength(FAN_OUT + 1)
    expect(trace.nodes[0]).toMatchObject({ id: 'outcome:default/busy', more: 40 })
  })

  it('leaves out what is only suggested', async () => {
    await catalog.addLinks(
      'guesses',
      [{ ...link('commit:git/ggg', 'serves', 'outcome:default/faster'), origin: 'inferred', status: 'suggested' }],
      { by: BY },
    )
    expect(await outline(catalog.trace('commit:git/ggg', 'both', 3))).toEqual(['0 commit:git/ggg'])
  })
})

describe('trace with what houses know', () => {
  it('shows membership apart, and tells records of one id in two subjects from each other', async () => {
    const own = createCatalog({ store, clock: () => 0 })
    const other = 'repository:default/web'
    own.registerLinks({
      name: 'test',
      async neighbours(ids) {
        const edges = ids
          .filter((id) => id === 'component:default/checkout')
          .map((to) => ({
            from: recordNode('change', 'git', '7', SHOP),
            type: 'partOf',
            to,
            origin: 'inferred' as const,
            confidence: 1,
            weak: true,
          }))
        const more: Record<string, number> = edges.length > 0 ? { 'component:default/checkout': 12 } : {}
        return { edges, nodes: edges.map((edge) => ({ id: edge.from, kind: 'change', title: 'Seven' })), more }
      },
      async describe(ids) {
        return ids.flatMap((id) =>
          id === 'change:git/42'
            ? [SHOP, other].map((subject) => ({
                id: recordNode('change', 'git', '42', subject),
                kind: 'change',
                title: `Forty-two of ${subject}`,
                subject,
              }))
            : [],
        )
      },
    })
    const trace = await own.trace('system:default/shop', 'down', 3)
    expect(trace.edges.find((edge) => edge.from === 'change:git/7')).toMatchObject({ weak: true, to: 'component:default/checkout' })
    expect(trace.nodes.find((node) => node.id === 'component:default/checkout')).toMatchObject({ more: 12, title: 'Checkout' })
    const both = await own.trace('change:git/42', 'up', 3)
    expect(both.nodes.filter((node) => node.depth === 0).map((node) => node.id)).toEqual([
      `change:git/42@${SHOP}`,
      `change:git/42@${other}`,
    ])
    expect(both.nodes.filter((node) => node.depth < 0).map((node) => node.id)).toEqual(['work_item:jira/ABC-1', 'outcome:default/faster'])
  })
})

async function outline(trace: Promise<Trace>): Promise<string[]> {
  return (await trace).nodes.map((node) => `${node.depth} ${node.id}`)
}

function intent(kind: string, name: string, spec: Record<string, unknown> = {}): EntityDraft {
  return { apiVersion: 'throughline.dev/v1', kind, metadata: { name }, spec }
}

function link(from: string, type: string, to: string): Link {
  return { from, type, to, origin: 'trailer', confidence: 1, status: 'accepted' }
}
