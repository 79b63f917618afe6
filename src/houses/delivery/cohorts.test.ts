import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { DAY, formatInstant, HOUR } from '../../ground/core/index.ts'
import { parseEvidence, type Evidence } from '../../ground/ledger/index.ts'
import { deliveryOperations, installDelivery } from './index.ts'
import { sha } from './scenario.test-data.ts'

const SHOP = 'repository:default/shop'
const START = Date.parse('2026-05-01T09:00:00Z')
const WINDOW = { from: START, to: START + 28 * DAY, at: START + 28 * DAY }

/** Commits on main, a day apart; each deployed as many hours after it was written as it says. */
const COMMITS: readonly { author: string; hours: number; agents?: string[]; bot?: boolean; helpers?: string[] }[] = [
  { author: 'u0', hours: 1 },
  // Six by five people alone: 2, 3, 4, 5, 6, 7 hours.
  ...[2, 3, 4, 5, 6, 7].map((hours, index) => ({ author: `u${index % 5}`, hours })),
  // Five by people with an agent, but only of two people.
  ...[8, 8, 8, 8, 8].map((hours, index) => ({ author: `u${index % 2}`, hours, agents: ['claude'] })),
  // Five by an agent alone: 1 hour each.
  ...[1, 1, 1, 1, 1].map((hours) => ({ author: 'devin-ai-integration[bot]', hours, agents: ['devin'], bot: true })),
  // Two by another program.
  ...[9, 9].map((hours) => ({ author: 'renovate[bot]', hours, bot: true })),
]

function record(kind: Evidence['kind'], id: string, at: number, more: Record<string, unknown>): Evidence {
  const read = parseEvidence({ kind, source: 'events', id, subject: SHOP, at: formatInstant(at), ...more })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: WINDOW.at, install: [installDelivery] })
  const records = COMMITS.flatMap(({ hours, ...made }, index) => {
    const at = START + index * DAY
    const name = sha(`k${index}`)
    const moment = formatInstant(at)
    const parents = index === 0 ? [] : [sha(`k${index - 1}`)]
    return [
      record('commit', name, at, {
        sha: name,
        authoredAt: moment,
        committedAt: moment,
        parents,
        message: 'work',
        additions: hours,
        deletions: 0,
        ...made,
      }),
      record('deployment', `d${index}`, at + hours * HOUR, {
        commit: name,
        finishedAt: formatInstant(at + hours * HOUR),
        outcome: 'success',
      }),
    ]
  })
  await ground.ledger.append(records, { by: 'user:default/me' })
})
afterAll(() => ground.store.close())

const ask = (kind: string, measure = 'delivery.change_lead_time') => ({ measure, subject: SHOP, ...WINDOW, where: { author_kind: kind } })
const hours = (count: number) => (count * HOUR) / 1000

describe('people and coding agents as cohorts', () => {
  it('five people and more are told of; the first deployment of all is left out as ever', async () => {
    const reading = await ground.measures.read(ask('people'))
    expect(reading).toMatchObject({ value: hours(4.5), n: 6, excluded: [{ code: 'no_previous_deployment', count: 1 }] })
    expect((await ground.measures.rows(ask('people'))).filter((row) => !row.excluded)).toHaveLength(6)
    // Size counts the first one, too: 1, 2, … 7 lines.
    expect(await ground.measures.read(ask('people', 'delivery.change_size'))).toMatchObject({ value: 4, n: 7 })
  })

  it('agents alone are told of from five changes on: no person stands behind them', async () => {
    expect(await ground.measures.read(ask('agents'))).toMatchObject({ value: hours(1), n: 5 })
  })

  it('of fewer than five people, or fewer than five changes, nothing is told: no value, no number, no record', async () => {
    for (const kind of ['mixed', 'bots']) {
      expect(await ground.measures.read(ask(kind))).toMatchObject({
        value: null,
        n: 0,
        excluded: [],
        unknown: { code: 'cohort_too_small' },
      })
      expect(await ground.measures.rows(ask(kind))).toEqual([])
    }
  })

  it('the same as of a moment, where all is derived from the records', async () => {
    const asOf = await ground.ledger.present()
    await ground.ledger.append(
      [
        record('deployment', 'later', WINDOW.at - DAY, {
          commit: sha('k0'),
          finishedAt: formatInstant(WINDOW.at - DAY),
          outcome: 'success',
        }),
      ],
      {
        by: 'user:default/me',
      },
    )
    const { asOf: _then, stale: _silent, ...told } = await ground.measures.read({ ...ask('people'), asOf })
    const { asOf: _now, ...now } = await ground.measures.read(ask('people'))
    expect(told).toEqual(now)
  })

  it('names that are joined are one person: of four people nothing is told, and before they were joined there were five', async () => {
    const before = await ground.ledger.present()
    ground.setNow(WINDOW.at + HOUR)
    await ground.identity.people.merge('u3', 'u4', 'user:default/me')
    const joined = await ground.measures.read(ask('people'))
    expect(joined).toMatchObject({ value: null, n: 0, unknown: { code: 'cohort_too_small' } })
    expect(await ground.measures.read({ ...ask('people'), asOf: before })).toMatchObject({ value: hours(4.5), n: 6 })
  })

  it('the page gets all cohorts of one moment at once, each as it is told alone', async () => {
    const all = deliveryOperations.find((one) => one.id === 'delivery.cohorts')!
    const window = { from: formatInstant(WINDOW.from), to: formatInstant(WINDOW.to), at: formatInstant(WINDOW.at) }
    const context = { ...ground, caller: { person: 'user:default/me', scopes: ['read' as const] } }
    const { asOf, measures, cohorts } = all.output.parse(await all.run(all.input.parse({ subject: SHOP, ...window }), context))
    expect(cohorts.map(({ kind }) => kind)).toEqual(['people', 'agents', 'mixed', 'bots'])
    for (const { kind, readings } of cohorts)
      for (const [place, measure] of measures.entries())
        expect(readings[place]).toEqual(await ground.measures.read({ ...ask(kind, measure), asOf: Date.parse(asOf) }))
  })

  it('a person, or any other kind, cannot be asked for', async () => {
    await expect(ground.measures.read(ask('u1'))).rejects.toThrow('no kind of author')
    await expect(ground.measures.read(ask('people', 'delivery.change_failure_rate'))).rejects.toThrow('cannot be filtered')
  })
})
