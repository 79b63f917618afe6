import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directLinks } from './direct.ts'
import { mentionsIn, mentionsInBranch, mergedBranch } from './mentions.ts'
import type { WorkRecord } from './record.ts'
import { decisionKey, numberedDecisions, type Vocabulary } from './vocabulary.ts'

const SHOP = 'repository:default/shop'
const vocabulary: Vocabulary = {
  outcomes: [],
  known: new Set(['outcome:default/faster', 'outcome:default/calm', 'decision:default/trunk']),
  decisionsByNumber: new Map([
    [decisionKey('shop', 7), 'decision:shop/0007-cache'],
    [decisionKey('default', 7), 'decision:default/adr-7-other'],
    [decisionKey('default', 9), 'decision:default/0009-queue'],
  ]),
}

const BARE: WorkRecord = {
  kind: 'commit',
  node: 'commit:git/a',
  subject: SHOP,
  source: 'git',
  id: 'a',
  at: 0,
  title: '',
  body: '',
  trailers: {},
  labels: [],
  refs: [],
  paths: [],
  bot: false,
  merge: false,
}

function said(record: Partial<WorkRecord>): string[] {
  const { links, keys } = directLinks({ ...BARE, ...record }, vocabulary)
  return [
    ...links.map((link) => `${link.origin} ${link.type} ${link.to}`),
    ...keys.map((key) => `${key.origin} ${key.fixes ? 'fixes' : 'names'} ${key.key}`),
  ]
}

describe('trailers', () => {
  it('name an outcome in full, short, or by its bare name', () => {
    for (const value of ['outcome:default/faster', 'outcome:faster', 'default/faster', 'faster', 'Faster'])
      expect(said({ trailers: { serves: [value] } })).toEqual(['trailer serves outcome:default/faster'])
    expect(said({ trailers: { serves: ['faster, calm', 'outcome:example/other'] } })).toEqual([
      'trailer serves outcome:default/faster',
      'trailer serves outcome:default/calm',
      'trailer serves outcome:example/other',
    ])
  })
  it('keep one name that nobody declared, so that the slip shows, and take nothing from prose', () => {
    expect(said({ trailers: { serves: ['fster'] } })).toEqual(['trailer serves outcome:default/fster'])
    expect(said({ trailers: { serves: ['the greater good'] } })).toEqual([])
    expect(said({ trailers: { serves: ['https://example.com/a', '1a2b3c4d5e'] } })).toEqual([])
  })
  it('implement decisions, investments and work items, and fix issues', () => {
    expect(
      said({ trailers: { implements: ['ADR-0007', 'decision:default/trunk', 'trunk', 'ABC-12', '#5', 'investment:default/cache'] } }),
    ).toEqual([
      'trailer implements decision:shop/0007-cache',
      'trailer implements decision:default/trunk',
      'trailer implements investment:default/cache',
      'trailer names ABC-12',
      'trailer names #5',
    ])
    expect(said({ trailers: { fixes: ['INC-9', '1a2b3c4 ("Speed up")'] } })).toEqual(['trailer fixes INC-9'])
  })
  it('are read in the middle of a squash merge too', () => {
    expect(said({ body: '* first\n\nServes: faster\n\n* second\n\nSigned-off-by: x' })).toEqual(['trailer serves outcome:default/faster'])
  })
})

describe('references', () => {
  it('in titles, bodies, labels and lists name outcomes, decisions and issues', () => {
    expect(said({ title: 'Cut waits (outcome:faster), see ABC-12' })).toEqual([
      'reference serves outcome:default/faster',
      'reference names ABC-12',
    ])
    expect(said({ title: 'Follow ADR 7 and decision 9' })).toEqual([
      'reference implements decision:shop/0007-cache',
      'reference implements decision:default/0009-queue',
    ])
    expect(said({ labels: ['outcome:faster', 'outcome/calm', 'size: L'] })).toEqual([
      'reference serves outcome:default/faster',
      'reference serves outcome:default/calm',
    ])
    expect(said({ refs: ['12', 'outcome:default/calm', '0123456789abcdef'] })).toEqual([
      'reference serves outcome:default/calm',
      'reference names #12',
    ])
  })
  it('in the name of a branch count a little less than in the title', () => {
    const { keys } = directLinks(
      { ...BARE, kind: 'change', title: 'Labels for SHOP-12', branch: 'feature/shop-12-and-SHOP-13' },
      vocabulary,
    )
    expect(keys.map(({ key, origin, confidence }) => [key, origin, confidence])).toEqual([
      ['SHOP-12', 'reference', 0.95],
      ['SHOP-13', 'reference', 0.9],
    ])
  })
  it('are as sure as the place they stand in; a trailer beats them', () => {
    const { links } = directLinks(
      { ...BARE, at: 5, title: 'outcome:faster', body: 'outcome:calm', trailers: { serves: ['faster'] } },
      vocabulary,
    )
    expect(links.map(({ to, origin, confidence, at }) => [to, origin, confidence, at])).toEqual([
      ['outcome:default/faster', 'trailer', 1, 5],
      ['outcome:default/calm', 'reference', 0.85, 5],
    ])
  })
  it('never name the record itself', () => {
    expect(said({ kind: 'change', number: 42, title: 'Speed up (#42), as asked in #41' })).toEqual(['reference names #41'])
    expect(said({ title: 'Speed up (#42)' })).toEqual([])
    expect(said({ title: 'Merge pull request #42 from mara/speed' })).toEqual([])
  })
  it('a work item leads to the one above it', () => {
    expect(said({ kind: 'work_item', parent: 'ABC-1' })).toEqual(['declared names ABC-1'])
  })
})

describe('what a branch is named for', () => {
  it('is an issue in either spelling, never a standard or a version', () => {
    const keys = (branch: string) => mentionsInBranch(branch).map((mention) => (mention.of === 'key' ? mention.key : ''))
    expect(keys('SHOP-12')).toEqual(['SHOP-12'])
    expect(keys('u1/eng-7-labels-do-not-print')).toEqual(['ENG-7'])
    expect(keys('bugfix/ABC-1_DEF-2')).toEqual(['ABC-1', 'DEF-2'])
    expect(keys('ABC-1/ABC-1')).toEqual(['ABC-1'])
    for (const branch of ['main', 'utf-8', 'lodash-4.17.21', 'build-12a', 'x-0', '2026-05-01', 'a-1']) expect(keys(branch)).toEqual([])
  })
  it('is read from what git and its hosts write into merge commits', () => {
    expect(mergedBranch('Merge pull request #42 from acme/feature/SHOP-12')).toBe('feature/SHOP-12')
    expect(mergedBranch("Merge branch 'SHOP-12-labels' into 'main'")).toBe('SHOP-12-labels')
    expect(mergedBranch("Merge remote-tracking branch 'origin/main'")).toBe('origin/main')
    expect(mergedBranch('Merged in SHOP-12 (pull request #3)')).toBe('SHOP-12')
    expect(mergedBranch('Merge the lists of SHOP-12')).toBeNull()
  })
  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void [mentionsInBranch(`${text}/ABC-1/${text}`), mergedBranch(`Merge ${text}`)]))
  })
})

describe('what a text names', () => {
  it('leaves standards, versions, addresses and paths alone', () => {
    for (const text of [
      'UTF-8',
      'SHA-256 and ISO-8601',
      'v1.2.0-rc-1',
      'https://example.com/a#12',
      'a/ABC-12',
      'ABC-12.5',
      'outcome: faster',
      'https://x/outcome:faster',
    ])
      expect(mentionsIn(text, 'default')).toEqual([])
  })
  it('never throws and names each thing once', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const mentions = mentionsIn(`${text} ABC-1 ABC-1 outcome:x ${text}`, 'default').map((mention) => JSON.stringify(mention))
        expect(new Set(mentions).size).toBe(mentions.length)
      }),
    )
  })
})

it('decisions are numbered by what they state or begin with; two of one number are nobody', () => {
  const of = (name: string, number: number | null = null) => ({ ref: `decision:shop/${name}`, namespace: 'shop', name, number })
  expect([...numberedDecisions([of('0001-a'), of('adr-0002-b'), of('trunk', 3), of('0004-x'), of('0004-y'), of('2024-plan', 5)])]).toEqual([
    ['shop#1', 'decision:shop/0001-a'],
    ['shop#2', 'decision:shop/adr-0002-b'],
    ['shop#3', 'decision:shop/trunk'],
    ['shop#5', 'decision:shop/2024-plan'],
  ])
})
