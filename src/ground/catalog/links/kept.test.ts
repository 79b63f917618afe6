import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import type { Store } from '../../store/index.ts'
import type { Catalog, Link } from '../catalog.ts'
import { createCatalog } from '../create.ts'

const BY = 'user:default/mara'
const OUTCOME = 'outcome:default/faster'
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => Date.parse('2026-05-04T09:00:00Z') })
})
afterAll(() => store.close())

describe('suggested links', () => {
  it('wait to be settled, surest first, by pages', async () => {
    await catalog.replaceLinks('guesses', [guess('commit:git/a1', 0.6), guess('commit:git/a2', 0.9), guess('commit:git/a3', 0.7)], {
      by: BY,
    })
    const first = await catalog.suggestions({ limit: 2 })
    expect(first).toMatchObject({
      total: 3,
      links: [{ from: 'commit:git/a2', confidence: 0.9, because: 'they share words' }, { from: 'commit:git/a3' }],
    })
    expect((await catalog.suggestions({ limit: 2, offset: 2 })).links.map((link) => link.from)).toEqual(['commit:git/a1'])
    expect(await catalog.suggestions({ limit: 2, offset: 9 })).toMatchObject({ total: 3, links: [] })
    expect(await catalog.suggestions({ namespace: 'example', limit: 2 })).toMatchObject({ total: 0 })
    expect(await catalog.links([OUTCOME])).toEqual([])
  })

  it('stay accepted when the guess is found again, and when it is no longer found', async () => {
    await catalog.replaceLinks('guesses', [guess('commit:git/a1', 0.6), guess('commit:git/a2', 0.9)], { by: BY })
    await catalog.settle({ from: 'commit:git/a1', type: 'serves', to: OUTCOME }, 'accepted', { by: BY })
    expect(await catalog.links([OUTCOME])).toMatchObject([{ from: 'commit:git/a1', status: 'accepted', origin: 'inferred' }])
    await catalog.replaceLinks('guesses', [guess('commit:git/a1', 0.5)], { by: BY })
    expect(await catalog.links(['commit:git/a1'])).toHaveLength(1)
    await catalog.replaceLinks('guesses', [], { by: BY })
    expect(await catalog.links(['commit:git/a1'])).toMatchObject([{ to: OUTCOME, status: 'accepted' }])
  })

  it('stay refused when the guess is found again, until the refusal is taken back', async () => {
    await catalog.replaceLinks('guesses', [guess('commit:git/b1', 0.6)], { by: BY })
    await catalog.settle({ from: 'commit:git/b1', type: 'serves', to: OUTCOME }, 'refused', { by: BY })
    await catalog.replaceLinks('guesses', [guess('commit:git/b1', 0.8)], { by: BY })
    expect(await catalog.suggestions({ limit: 9 })).toMatchObject({ total: 0 })
    expect(await catalog.links(['commit:git/b1'], ['refused'])).toHaveLength(1)
    await catalog.settle({ from: 'commit:git/b1', type: 'serves', to: OUTCOME }, 'suggested', { by: BY })
    expect(await catalog.suggestions({ limit: 9 })).toMatchObject({ total: 1 })
  })

  it('can be settled from either end, and accepted by hand when nobody suggested them', async () => {
    await catalog.settle({ from: OUTCOME, type: 'servedBy', to: 'commit:git/c1' }, 'accepted', { by: BY })
    expect(await catalog.links(['commit:git/c1'])).toMatchObject([
      { from: 'commit:git/c1', type: 'serves', to: OUTCOME, origin: 'declared', confidence: 1 },
    ])
    await catalog.settle({ from: 'commit:git/c1', type: 'serves', to: OUTCOME }, 'refused', { by: BY })
    expect(await catalog.links(['commit:git/c1'])).toEqual([])
  })

  it('are not what a document declares: that is changed where it is written', async () => {
    await catalog.write(
      { apiVersion: 'throughline.dev/v1', kind: 'Decision', metadata: { name: 'small' }, spec: { serves: ['faster'] } },
      { by: BY },
    )
    await expect(
      catalog.settle({ from: 'decision:default/small', type: 'serves', to: OUTCOME }, 'refused', { by: BY }),
    ).rejects.toMatchObject({ status: 409, problem: { code: 'catalog.declared_link' } })
  })
})

describe('stated links', () => {
  it('are replaced for some records without touching others of the same source', async () => {
    const trailer = (from: string): Link => ({
      from,
      type: 'serves',
      to: 'outcome:default/calm',
      origin: 'trailer',
      confidence: 1,
      status: 'accepted',
    })
    await catalog.replaceLinks('trailers', [trailer('commit:git/d1'), trailer('commit:git/d2')], { by: BY })
    await catalog.replaceLinks('trailers', [], { by: BY, from: ['commit:git/d1'] })
    expect((await catalog.links(['outcome:default/calm'])).map((link) => link.from)).toEqual(['commit:git/d2'])
    await catalog.addLinks('trailers', [trailer('commit:git/d3'), trailer('commit:git/d3')], { by: BY })
    expect((await catalog.links(['outcome:default/calm'])).map((link) => link.from)).toEqual(['commit:git/d2', 'commit:git/d3'])
  })

  it('are told once when several sources state them, by the one that says most', async () => {
    await catalog.addLinks('other', [{ ...guess('commit:git/e1', 0.5), status: 'accepted' }], { by: BY })
    await catalog.addLinks(
      'trailers',
      [{ from: 'commit:git/e1', type: 'serves', to: OUTCOME, origin: 'trailer', confidence: 1, status: 'accepted' }],
      { by: BY },
    )
    expect(await catalog.links(['commit:git/e1'])).toMatchObject([{ origin: 'trailer', confidence: 1 }])
  })

  it('can be refused when a reference in text was meant otherwise', async () => {
    await catalog.addLinks(
      'references',
      [{ from: 'commit:git/f1', type: 'serves', to: OUTCOME, origin: 'reference', confidence: 0.95, status: 'accepted' }],
      { by: BY },
    )
    await catalog.settle({ from: 'commit:git/f1', type: 'serves', to: OUTCOME }, 'refused', { by: BY })
    expect(await catalog.links(['commit:git/f1'])).toEqual([])
    await catalog.settle({ from: 'commit:git/f1', type: 'serves', to: OUTCOME }, 'suggested', { by: BY })
    expect(await catalog.links(['commit:git/f1'])).toHaveLength(1)
  })
})

function guess(from: string, confidence: number): Link {
  return { from, type: 'serves', to: OUTCOME, origin: 'inferred', confidence, status: 'suggested', because: 'they share words' }
}
