import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { DAY, formatInstant } from '../../ground/core/index.ts'
import { Evidence, type EvidenceInput } from '../../ground/ledger/index.ts'
import { installDelivery } from '../delivery/index.ts'
import { installPlatform } from '../platform/index.ts'
import { installVision } from '../vision/index.ts'
import { briefOf } from './index.ts'
import { render } from './render/index.ts'
import { corrections } from './store/corrections.ts'
import { storyOf } from './store/story.ts'
import { correctionsText } from './tell/corrections-view.ts'

/** When the report is made; the corrections come a month later. */
const REPORT = Date.parse('2026-05-01T12:00:00Z')
const LATER = REPORT + 31 * DAY
const by = 'user:default/test'
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: REPORT, install: [installDelivery, installPlatform, installVision] })
  await ground.catalog.applyFolder('/ours', INTENT, { by })
  await tell(
    hours([40, 40, 41, 40, 39, 40, 41, 40, 39, 40, 41, 40, 40, 30, 30, 31, 30, 30]),
    commit('1', 'Shorter routes', 'outcome:default/faster'),
    commit('2', 'chore: tidy'),
  )
}, 60_000)
afterAll(() => ground.store.close())

const promise = { baseline: { value: 40, at: '2026-01-05' }, target: { value: 20, by: '2026-08-01' } }
const INTENT: EntityDraft[] = [
  intent('Outcome', 'faster', 'Faster parcels', {
    statement: 'Parcels arrive within a day.',
    measure: 'hours',
    ...promise,
    guardrails: [{ measure: 'broken', atMost: 2 }],
  }),
  intent('Outcome', 'cheaper', 'Cheaper parcels', { statement: 'A parcel costs less.', measure: 'cost' }),
  intent('Measure', 'hours', 'Hours to the door', { question: 'How long?', unit: 'h', better: 'lower' }),
  intent('Measure', 'broken', 'Broken parcels', { question: 'How many break?', unit: 'count', better: 'lower' }),
  intent('Component', 'cart', 'Cart', { type: 'service', lifecycle: 'production', owner: 'web' }),
  intent('Decision', '0001-vans', 'Own vans', { status: 'superseded', date: '2025-11-04' }),
  intent('Decision', '0002-bikes', 'Bicycles in town', {
    status: 'accepted',
    date: '2026-04-02',
    supersedes: ['0001-vans'],
    supports: [],
    links: [{ type: 'serves', to: 'outcome:default/faster' }],
  }),
]

function intent(kind: string, name: string, title: string, spec: Record<string, unknown>): EntityDraft {
  return { apiVersion: kind === 'Component' ? 'backstage.io/v1alpha1' : 'throughline.dev/v1', kind, metadata: { name, title }, spec }
}

/** One value a week, the last one a day before the report. */
function hours(values: readonly number[], measure = 'hours'): EvidenceInput[] {
  return values.map((value, index) =>
    measurement(measure, `${measure}-${index}`, REPORT - (values.length - 1 - index) * 7 * DAY - DAY, value),
  )
}

function measurement(measure: string, id: string, at: number, value: number): EvidenceInput {
  return { kind: 'measurement', source: 'test', id, subject: 'component:default/cart', at: formatInstant(at), measure, value }
}

function commit(digit: string, message: string, serves?: string): EvidenceInput[] {
  const at = formatInstant(REPORT - 2 * DAY)
  const sha = digit.repeat(40)
  return [
    {
      kind: 'commit',
      source: 'git',
      id: sha,
      subject: 'repository:default/shop',
      at,
      sha,
      author: 'u1@example.org',
      authoredAt: at,
      committedAt: at,
      parents: ['f'.repeat(40)],
      message,
      ...(serves ? { trailers: { Serves: [serves] } } : {}),
    },
  ]
}

async function tell(...records: readonly EvidenceInput[][]): Promise<void> {
  await ground.ledger.append(
    records.flat().map((record) => Evidence.parse(record)),
    { by },
  )
}

const briefText = async (asOf: number) => render(await briefOf(ground, { scope: 'default', audience: 'engineering', asOf }), 'text')
const storyText = async (asOf: number) => render(await storyOf(ground, { scope: 'default', asOf }), 'text')

describe('a story', () => {
  it('sets how each outcome moved beside the work that names it, the trade-offs and what was learned', async () => {
    const told = await storyOf(ground, { scope: 'default' })
    const texts = told.claims.map(({ text }) => text)
    expect(texts[0]).toBe('In the last 91 days, of 2 outcomes none clearly moved; 50 % of 2 changes served an outcome.')
    expect(texts).toContain('1 change served it, 50 % of the work; the latest: "Shorter routes".')
    expect(texts).toContain('Decided for it: "Bicycles in town" (2 April 2026).')
    expect(texts).toContain('"Bicycles in town" took the place of "Own vans" (2 April 2026).')
    expect(texts.find((text) => text.startsWith('Parcels arrive'))).toMatch(
      /^Parcels arrive within a day\. Hours to the door is 30 h \(n = 4\).* 40 h .*; promised 20 h by 1 August 2026\.$/,
    )
    expect(texts.find((text) => text.startsWith('A parcel costs less. Whether it moved is not known'))).toBeDefined()
    expect(told.claims.every(({ because }) => because.length > 0)).toBe(true)
  })

  it('is told of any time, and refuses one that is empty', async () => {
    const told = await storyOf(ground, { scope: 'default', from: REPORT - 21 * DAY })
    expect(told.claims[0]!.text).toContain('In the last 21 days')
    await expect(storyOf(ground, { scope: 'default', from: REPORT + DAY })).rejects.toThrow('The story would begin')
  })
})

describe('a report told again after corrections came', () => {
  it('is the same word for word, and what the corrections changed is told apart', async () => {
    const before = { brief: await briefText(REPORT), story: await storyText(REPORT) }
    ground.setNow(LATER)
    await tell(
      // Four of the last values were typed wrong, one that was missing breaks the guardrail, one commit comes late.
      hours([40, 40, 41, 40, 39, 40, 41, 40, 39, 40, 41, 40, 40, 30, 38, 39, 38, 38]),
      [measurement('broken', 'broken-1', REPORT - 3 * DAY, 5)],
      commit('3', 'A road round the town', 'outcome:default/faster'),
    )
    await ground.ledger.retract({ source: 'git', id: '2'.repeat(40) }, { by, at: LATER })

    expect({ brief: await briefText(REPORT), story: await storyText(REPORT) }).toEqual(before)

    const found = await corrections(ground, { scope: 'default', asOf: REPORT }, (when) => storyOf(ground, { scope: 'default', ...when }))
    const moved = found.corrected.find((one) => one.before?.text.startsWith('Parcels arrive'))!
    expect(moved.before!.text).toContain('30 h (n = 4)')
    expect(moved.after!.text).toContain('38 h (n = 4)')
    expect(found.corrected.find((one) => one.before?.text.startsWith('1 change served it'))!.after!.text).toContain(
      '2 changes served it, 100 %',
    )
    expect(found.corrected.find((one) => one.after?.text.startsWith('Beside "Faster parcels" a guardrail gave way'))!.before).toBeNull()
    expect(found.records.counts).toEqual([
      { kind: 'measurement', source: 'test', added: 1, revised: 4, retracted: 0 },
      { kind: 'commit', source: 'git', added: 1, revised: 0, retracted: 1 },
    ])
    expect(found.records.examples[0]).toMatchObject({ id: `commit:git/${'2'.repeat(40)}`, what: 'retracted' })
    expect(correctionsText(found)).toContain('measurement from test: 1 more, 4 changed')
  })

  it('says that nothing changed where nothing did, and asks for the moment of the report', async () => {
    const same = await corrections(ground, { scope: 'default', asOf: LATER + DAY }, (when) =>
      storyOf(ground, { scope: 'default', ...when }),
    )
    expect(same.corrected).toEqual([])
    expect(same.records).toEqual({ counts: [], examples: [] })
    await expect(corrections(ground, { scope: 'default' }, () => Promise.reject(new Error('not reached')))).rejects.toThrow(
      'say as of when',
    )
  })
})
