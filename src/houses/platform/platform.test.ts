import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { DAY, formatInstant, type ReadingAsk } from '../../ground/core/index.ts'
import { Evidence, type EvidenceInput } from '../../ground/ledger/index.ts'
import { busiestAreaOf, installPlatform, platformOperations } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/test'
const SHOP = 'repository:default/shop'
let ground: TestGround

function component(
  name: string,
  owner: string | undefined,
  more: { spec?: Record<string, unknown>; metadata?: Record<string, unknown> } = {},
): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, ...more.metadata },
    spec: { type: 'service', lifecycle: 'production', owner: owner ?? 'unknown', ...more.spec },
  }
}

let made = 0
/** A commit of the shop, so many days ago. */
function commit(daysAgo: number, author: string, files: string[], more: Record<string, unknown> = {}): EvidenceInput & { kind: 'commit' } {
  const sha = (++made).toString(16).padStart(40, '0')
  const at = formatInstant(NOW - daysAgo * DAY)
  return {
    kind: 'commit',
    source: 'git',
    id: sha,
    subject: SHOP,
    at,
    sha,
    author,
    authoredAt: at,
    committedAt: at,
    parents: ['f'.repeat(40)],
    files: files.map((file) => [file, 3, 1] as [string, number, number]),
    additions: 3,
    deletions: 1,
    ...more,
  }
}

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installPlatform] })
  await ground.catalog.applyFolder(
    '/catalogue',
    [
      component('payments', 'money', { metadata: { tags: ['platform', 'capability:payments'] } }),
      component('cart', 'web', { spec: { dependsOn: ['component:payments'] } }),
      component('rebel', undefined, {
        metadata: {
          annotations: {
            'throughline.dev/capability': 'payments, search',
            'throughline.dev/repository': SHOP,
            'throughline.dev/path': 'services/rebel',
          },
        },
      }),
    ],
    { by },
  )
  const squash = commit(5, 'ann', ['services/rebel/pay.ts'])
  const records: EvidenceInput[] = [
    commit(2, 'ann', ['services/rebel/pay.ts', 'docs/pay.md']),
    commit(3, 'ben', ['web/cart.ts']),
    commit(4, 'renovate[bot]', ['package.json'], { bot: true }),
    commit(4, 'ann', ['web/cart.ts'], { parents: ['a'.repeat(40), 'b'.repeat(40)] }),
    commit(40, 'cat', ['web/cart.ts']),
    squash,
    { kind: 'change', source: 'git', id: '7', subject: SHOP, at: squash.at, number: 7, mergedAt: squash.at, mergeCommit: squash.sha },
  ]
  await ground.ledger.append(
    records.map((record) => Evidence.parse(record)),
    { by },
  )
}, 60_000)
afterAll(() => ground.store.close())

const read = (measure: string, more: Partial<ReadingAsk> = {}) => ground.measures.read({ measure, ...more })

describe('reuse of the platform', () => {
  it('is the share of needs that a shared component meets, with the needs behind it', async () => {
    expect(await read('platform.reuse')).toMatchObject({ value: 0.5, n: 2 })
    const rows = await ground.measures.rows({ measure: 'platform.reuse' })
    expect(rows.map((row) => [row.id, row.value, row.title])).toEqual([
      ['component:default/cart', 1, 'uses the shared payments'],
      ['component:default/rebel', 0, 'builds or keeps its own payments'],
    ])
  })

  it('is told per component', async () => {
    expect(await read('platform.reuse', { subject: 'component:default/cart' })).toMatchObject({ value: 1, n: 1 })
    expect((await read('platform.reuse', { subject: 'component:default/payments' })).unknown!.code).toBe('no_need')
  })

  it('is unknown, not perfect, where nobody declares a capability', async () => {
    expect((await read('platform.reuse', { subject: 'namespace:elsewhere' })).unknown!.code).toBe('no_capability')
    expect((await read('platform.reuse', { asOf: NOW - DAY })).unknown!.code).toBe('no_capability')
  })

  it('was not known before the catalogue was declared: a series does not invent a past', async () => {
    const weeks = await ground.measures.readMany({ measure: 'platform.reuse', bucket: 'week' })
    expect(weeks.at(-1)!.value).toBe(0.5)
    expect(weeks.slice(0, -1).every((week) => week.value === null)).toBe(true)
  })

  it('lists capabilities with who provides them and who builds their own', async () => {
    const [operation] = platformOperations
    const { capabilities } = await operation.run(operation.input.parse({}), { ...ground, caller: { person: by, scopes: ['read'] } })
    expect(capabilities).toEqual([
      {
        name: 'payments',
        providers: [
          {
            ref: 'component:default/payments',
            title: 'payments',
            owner: 'group:default/money',
            shared: true,
            users: ['component:default/cart'],
          },
          { ref: 'component:default/rebel', title: 'rebel', owner: null, shared: false, users: [] },
        ],
        unmet: ['component:default/rebel'],
      },
      { name: 'search', providers: [{ ref: 'component:default/rebel', title: 'rebel', owner: null, shared: false, users: [] }], unmet: [] },
    ])
  })
})

describe('ownership', () => {
  it('counts components with an owner, and a stand-in is none', async () => {
    expect(await read('catalog.owned')).toMatchObject({ value: 2 / 3, n: 3 })
    expect((await ground.measures.rows({ measure: 'catalog.owned' }))[0]).toMatchObject({
      id: 'component:default/rebel',
      flags: ['no_owner'],
    })
  })
})

describe('how work arrives', () => {
  it('counts commits without merges, authors without bots, and the share of bots', async () => {
    expect(await read('work.commits')).toMatchObject({ n: 4, value: 4 / 28 })
    expect(await read('work.people')).toMatchObject({ value: null, n: 0, unknown: { code: 'too_few_people' } })
    expect(await read('work.bot_share')).toMatchObject({ value: 0.25, n: 4 })
  })

  it('tells what came through changes from what arrived directly', async () => {
    expect(await read('work.through_changes')).toMatchObject({ value: 0.25, n: 4 })
  })

  it('gives a component that is a folder the commits that touch it', async () => {
    expect(await read('work.commits', { subject: 'component:default/rebel' })).toMatchObject({ n: 2 })
  })

  it('is unknown where nothing was committed', async () => {
    expect((await read('work.bot_share', { subject: 'component:default/cart' })).unknown!.code).toBe('no_commits')
  })

  it('names the busiest area, one level down where one folder holds nearly all', async () => {
    const ask = {
      pieces: [
        {
          subject: 'namespace:default',
          shares: await ground.catalog.shares('namespace:default'),
          window: { from: NOW - 28 * DAY, to: NOW },
        },
      ],
      where: {},
      at: NOW,
      asOf: null,
    }
    expect(await busiestAreaOf(ask, ground)).toEqual({ area: 'services/rebel', commits: 2 })
    expect(await read('work.area_share', { where: { area: 'services' } })).toMatchObject({ value: 2 / 3, n: 3 })
    expect((await read('work.area_share')).unknown!.code).toBe('no_area')
  })
})
