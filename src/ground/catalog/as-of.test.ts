import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { createMoments, type Moments, sql, type Statement, type Store } from '../store/index.ts'
import { type Catalog, createCatalog, type EntityDraft, type Link } from './index.ts'
import { entityAt, linkAt } from './known.ts'

const BY = 'user:default/mara'
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

describe('as of a moment', () => {
  it('a component has the share of its repository it had then, and a system the parts it had', async () => {
    await catalog.write(component('checkout', { path: 'api' }), { by: BY })
    const before = moments.now()
    await catalog.write(component('checkout', { path: 'web' }), { by: BY })
    await catalog.write(component('till'), { by: BY })
    expect(await catalog.shares('component:default/checkout')).toMatchObject([{ path: 'web' }])
    expect(await catalog.shares('component:default/checkout', before)).toMatchObject([{ path: 'api' }])
    expect(await catalog.shares('system:default/trade')).toHaveLength(2)
    expect(await catalog.shares('system:default/trade', before)).toHaveLength(1)
    expect((await catalog.shareOfEach(['component:default/checkout'], before)).get('component:default/checkout')).toMatchObject({
      path: 'api',
    })
    expect(await catalog.residents(['repository:default/shop'], ['web/a.ts'], before)).toEqual([])
    expect(await catalog.residents(['repository:default/shop'], ['web/a.ts'])).toHaveLength(2)
  })

  it('a component that moved to another folder of its repository lived where it lived', async () => {
    const moving = (folder: string) => [{ ...component('mover', { path: undefined }), file: `${folder}/catalog-info.yaml` }]
    await catalog.applyFolder('/moving', moving('old'), { by: BY })
    const before = moments.now()
    expect(await catalog.applyFolder('/moving', moving('new'), { by: BY })).toMatchObject({ unchanged: 1, updated: 0 })
    expect(await catalog.shares('component:default/mover')).toMatchObject([{ path: 'new' }])
    expect(await catalog.shares('component:default/mover', before)).toMatchObject([{ path: 'old' }])
    expect((await catalog.versions('component:default/mover')).map(({ doc }) => doc.file)).toEqual([
      'new/catalog-info.yaml',
      'old/catalog-info.yaml',
    ])
  })

  it('a suggestion was open until it was settled, and a link stood until its entity was removed', async () => {
    const link: Link = {
      from: 'commit:git/a1',
      type: 'serves',
      to: 'outcome:default/faster',
      origin: 'inferred',
      confidence: 0.7,
      status: 'suggested',
    }
    const found = moments.now()
    await catalog.replaceLinks('guesses', [link], { by: BY })
    const open = moments.now()
    await catalog.settle(link, 'accepted', { by: BY })
    const accepted = moments.now()
    await catalog.settle(link, 'refused', { by: BY })
    const at = async (moment?: number) =>
      (await catalog.links([link.to], ['accepted', 'suggested', 'refused'], moment)).map(({ status }) => status)
    expect([await at(found), await at(open), await at(accepted), await at()]).toEqual([[], ['suggested'], ['accepted'], ['refused']])
    expect([await openAt(open), await openAt(accepted)]).toEqual([1, 0])
    const owned = moments.now()
    await catalog.remove('component:default/till', { by: BY })
    expect((await catalog.relations('component:default/till')).relations).toEqual([])
    expect((await catalog.relations('component:default/till', owned)).relations.map(({ type }) => type)).toEqual(['ownedBy', 'partOf'])
    expect((await catalog.gaps({ namespace: 'default', at: now, asOf: owned })).length).toBeGreaterThan(
      (await catalog.gaps({ namespace: 'default', at: now })).length,
    )
  })

  it('what is stated again unchanged was known all along, and leaves nothing behind', async () => {
    const same = [component('same')]
    await catalog.applyFolder('/same', same, { by: BY })
    const earlier = async () => (await store.query<{ n: number }>(sql`select count(*)::int as n from link_earlier`))[0]!.n
    const before = await earlier()
    now += 60_000
    await catalog.write({ ...same[0]!, metadata: { ...same[0]!.metadata, title: 'The same' } }, { by: BY })
    await catalog.replaceLinks('guesses', [guess('commit:git/b1'), guess('commit:git/b2')], { by: BY })
    moments.now()
    await catalog.replaceLinks('guesses', [guess('commit:git/b2'), guess('commit:git/b3')], { by: BY })
    expect((await earlier()) - before).toBe(2) // the suggestion of the test above, and b1
  })

  it('a moment asked for while something is learned is answered as it was', async () => {
    const moment = moments.now()
    const [late, answer] = await Promise.all([catalog.write(component('late'), { by: BY }), catalog.list({ kind: 'component' }, moment)])
    expect(late.version).toBe(1)
    expect(answer.map(({ ref }) => ref)).not.toContain('component:default/late')
  })
})

describe('plans on a large catalogue', () => {
  beforeAll(async () => {
    await store.query(sql`
      insert into link (from_id, type, to_id, owner, origin, confidence, status, at, by, learned_from)
      select 'commit:git/' || n, 'serves', 'outcome:default/o' || n % 500, 'many', 'trailer', 1, 'accepted', now(), 'user:default/x', '2026-01-01' from generate_series(1, 20000) n`)
    await store.query(sql`
      insert into link_earlier select from_id, type, to_id, owner, origin, confidence, status, because, at, by, '2025-01-01', '2025-06-01' from link where owner = 'many'`)
    await store.query(sql`
      insert into entity_version (ref, version, doc, origin, learned_from, by) select 'component:default/c' || n, 1, '{}', 'form', '2026-01-01', 'user:default/x' from generate_series(1, 20000) n`)
    await store.query(sql`analyze link`)
    await store.query(sql`analyze link_earlier`)
    await store.query(sql`analyze entity_version`)
  })

  it.each([
    ['links of a thing, now', sql`select from_id from ${linkAt(undefined)} where to_id = 'outcome:default/o7' and status = 'accepted'`],
    [
      'links of a thing, then',
      sql`select from_id from ${linkAt(Date.parse('2026-02-01'))} where to_id = 'outcome:default/o7' and status = 'accepted'`,
    ],
    ['links from a thing, then', sql`select to_id from ${linkAt(Date.parse('2026-02-01'))} where from_id = 'commit:git/7'`],
    ['one entity, then', sql`select doc from ${entityAt(Date.parse('2026-02-01'))} where ref = 'component:default/c7'`],
  ])('%s: by an index', async (_, statement) => {
    expect(await planOf(statement)).not.toContain('Seq Scan')
  })
})

async function planOf(statement: Statement): Promise<string> {
  const rows = await store.query<Record<string, string>>(sql`explain ${statement}`)
  return rows.flatMap((row) => Object.values(row)).join('\n')
}

async function openAt(moment: number): Promise<number> {
  return (await catalog.suggestions({ limit: 10 }, moment)).total
}

function guess(from: string): Link {
  return { from, type: 'serves', to: 'outcome:default/calm', origin: 'inferred', confidence: 0.6, status: 'suggested' }
}

function component(name: string, { path }: { path?: string | undefined } = {}): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'throughline.dev/repository': 'repository:default/shop', ...(path ? { 'throughline.dev/path': path } : {}) },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:default/pay', system: 'trade' },
  }
}
