import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, type WorkUnit } from './classify.ts'
import { workShares } from './shares.ts'

function unit(more: Partial<WorkUnit> = {}): WorkUnit {
  return {
    id: 'commit:git/a',
    node: 'commit:git/a',
    subject: 'repository:default/shop',
    title: 'Draw the menu anew',
    at: 0,
    lines: 10,
    labels: [],
    paths: ['src/menu.ts'],
    reverts: false,
    fixesIncident: false,
    bot: false,
    merge: false,
    branch: null,
    outcomes: [],
    ...more,
  }
}

describe('where a piece of work counts', () => {
  const of = (more: Partial<WorkUnit>) => bucketOf(unit(more))
  it('for its outcome before anything else', () => {
    expect(of({ outcomes: ['outcome:default/faster'], title: 'fix: totals' })).toBe('outcome')
  })
  it('as repair of what users met', () => {
    for (const more of [
      { title: 'fix(till): totals' },
      { title: 'Hotfix totals' },
      { title: 'Revert "Draw the menu"' },
      { reverts: true },
      { fixesIncident: true },
      { labels: ['bug'] },
      { branch: 'hotfix/totals' },
    ])
      expect([more, of(more)]).toEqual([more, 'incidents'])
  })
  it('as upkeep by its words or by what it touches', () => {
    for (const more of [
      { title: 'chore: tidy' },
      { title: 'docs: how to fix an incident' },
      { title: 'refactor(till)!: part it' },
      { title: 'Bump left-pad from 1.0 to 1.1' },
      { labels: ['dependencies'] },
      { paths: ['docs/a.md', 'README.md'] },
      { paths: ['.github/workflows/ci.yml', 'package-lock.json'] },
    ])
      expect([more, of(more)]).toEqual([more, 'upkeep'])
  })
  it('as unlinked when nothing else is known', () => {
    for (const more of [
      {},
      { title: 'feat: menu' },
      { title: 'Prefix names' },
      { title: 'wip: things' },
      { paths: [] },
      { paths: ['src/a.ts', 'README.md'] },
    ])
      expect([more, of(more)]).toEqual([more, 'unlinked'])
  })
})

it('shares add up to one, whatever the work', () => {
  const units = fc.array(
    fc
      .record({
        title: fc.constantFrom('feat: a', 'fix: b', 'docs: c', 'd'),
        lines: fc.option(fc.nat(1_000)),
        bot: fc.boolean(),
        merge: fc.boolean(),
        outcomes: fc.uniqueArray(fc.constantFrom('outcome:default/a', 'outcome:default/b', 'outcome:default/c')),
      })
      .map((more) => unit(more)),
  )
  fc.assert(
    fc.property(units, (all) => {
      const { n, lines, excluded, outcomes, incidents, upkeep, unlinked } = workShares(all)
      const parts = [...outcomes, incidents, upkeep, unlinked]
      expect(n + excluded.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
      expect(parts.reduce((sum, part) => sum + part.count, 0)).toBeCloseTo(n)
      for (const part of parts) expect([part.share === null, part.linesShare === null]).toEqual([n === 0, lines === 0])
      if (n > 0) expect(parts.reduce((sum, part) => sum + part.share!, 0)).toBeCloseTo(1)
      if (lines > 0) expect(parts.reduce((sum, part) => sum + part.linesShare!, 0)).toBeCloseTo(1)
    }),
  )
})
