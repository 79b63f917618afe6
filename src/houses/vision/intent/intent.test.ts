import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { installVision } from '../index.ts'

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ install: [installVision] })
}, 60_000)
afterAll(() => ground.store.close())

const problems = (kind: string, spec: Record<string, unknown>) =>
  ground.catalog.checkDraft({ apiVersion: 'throughline.dev/v1', kind, metadata: { name: 'x' }, spec })
const errors = (kind: string, spec: Record<string, unknown>) =>
  problems(kind, spec)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.path}: ${problem.message}`)
const warnings = (kind: string, spec: Record<string, unknown>) =>
  problems(kind, spec)
    .filter((problem) => problem.severity === 'warning')
    .map((problem) => problem.code)

describe('a vision', () => {
  const page = {
    statement: 'Parcels people can plan around.',
    horizon: '2028-12-31',
    outcomes: ['a', 'b', 'c'],
    principles: ['p', 'q', 'r'],
  }

  it('of one page is accepted', () => {
    expect(problems('Vision', page)).toEqual([])
  })

  it('is refused beyond 300 words, five outcomes or seven principles, and below three, saying how many it has', () => {
    expect(errors('Vision', { ...page, statement: 'word '.repeat(301) })[0]).toContain(
      'the statement has 301 words; at most 300 fit on the page',
    )
    expect(errors('Vision', { ...page, outcomes: ['a', 'b'] })[0]).toContain('a vision has 3 to 5 outcomes; this one names 2')
    expect(errors('Vision', { ...page, outcomes: ['a', 'b', 'c', 'd', 'e', 'f'] })[0]).toContain('this one names 6')
    expect(errors('Vision', { ...page, principles: [...'abcdefgh'] })[0]).toContain('a vision has 3 to 7 principles; this one names 8')
    expect(errors('Vision', { ...page, outcomes: ['a', 'b', 'B'] })[0]).toContain('the same outcome is named twice')
  })

  it('is refused with fields nobody knows, dates that do not exist and references that are none', () => {
    expect(errors('Vision', { ...page, horizn: '2028-12-31' })[0]).toContain('horizn')
    expect(errors('Vision', { ...page, horizon: '2028-02-31' })[0]).toContain('spec.horizon')
    expect(errors('Vision', { ...page, outcomes: ['a', 'b', 'outcome:default/'] })[0]).toContain('spec.outcomes.2')
    expect(errors('Vision', { ...page, review: { every: 'soon' } })[0]).toContain('spec.review.every')
  })
})

describe('an outcome', () => {
  const outcome = {
    statement: 'Improvements within a day.',
    owner: 'delivery',
    measure: 'delivery.change_lead_time',
    baseline: { value: '4.1d', at: '2026-01-01' },
    target: { value: '1d', by: '2027-03-31' },
  }

  it('with measure, baseline, target and owner is accepted', () => {
    expect(problems('Outcome', outcome)).toEqual([])
  })

  it('may be kept unfinished, and is told what it lacks', () => {
    expect(errors('Outcome', { statement: 'Improvements within a day.' })).toEqual([])
    expect(warnings('Outcome', { statement: 'Improvements within a day.' })).toEqual([
      'outcome.no_measure',
      'outcome.no_target',
      'outcome.no_owner',
    ])
    expect(warnings('Outcome', { ...outcome, target: { value: '1d', by: '2025-03-31' } })).toEqual(['outcome.due_before_baseline'])
  })

  it('is refused with an unknown lever, an unreadable quantity, or a guardrail with two limits', () => {
    expect(errors('Outcome', { ...outcome, lever: 'fame' })[0]).toContain('spec.lever')
    expect(errors('Outcome', { ...outcome, target: { value: 'soon', by: '2027-03-31' } })[0]).toContain(
      'write a number, a duration such as 36h or 4.1d, or a share such as 12%',
    )
    expect(errors('Outcome', { ...outcome, guardrails: [{ measure: 'x', atMost: 1, atLeast: 0 }] })[0]).toContain(
      'a guardrail has atMost or atLeast, not both',
    )
    expect(errors('Outcome', { measure: 'x' })[0]).toContain('spec.statement')
  })
})

describe('a principle', () => {
  it('needs a limit in each signal, and is told when it forbids or measures nothing', () => {
    expect(errors('Principle', { statement: 'Small.', signals: [{ measure: 'delivery.change_size' }] })[0]).toContain(
      'a signal needs one limit: atMost or atLeast',
    )
    expect(warnings('Principle', { statement: 'Small.' })).toEqual([
      'principle.forbids_nothing',
      'principle.no_signals',
      'principle.serves_nothing',
    ])
  })
})

describe('what a decision expects', () => {
  const bet = {
    date: '2026-01-10',
    expects: [{ measure: 'delivery.change_lead_time', atMost: '2d', by: '2026-06-30', probability: 0.8 }],
    premortem: 'It failed because nobody split the change.',
    tripwires: [
      { measure: 'delivery.change_size', quantile: 'p75', atMost: 400 },
      { measure: 'delivery.change_lead_time', atMost: '6d', because: 'by then it would be faster to go back' },
    ],
  }

  it('is a limit, a day and a probability, how it could fail and two tripwires', () => {
    expect(problems('Decision', bet)).toEqual([])
    expect(warnings('Decision', { date: '2026-01-10' })).toEqual([])
    expect(warnings('Decision', { ...bet, premortem: undefined, tripwires: bet.tripwires.slice(1) })).toEqual([
      'expectation.not_two_tripwires',
      'expectation.no_premortem',
    ])
  })

  it('is refused when it is certain, due before it is decided, without a limit, or in two units', () => {
    const [forecast] = bet.expects
    const expecting = (change: Record<string, unknown>) => errors('Decision', { ...bet, expects: [{ ...forecast, ...change }] })[0]
    expect(expecting({ probability: 1 })).toContain('spec.expects.0.probability: a probability lies between 0 and 1')
    expect(expecting({ by: '2026-01-10' })).toContain('would be known before it is decided on 2026-01-10')
    expect(expecting({ atMost: undefined })).toContain('one limit: atMost or atLeast')
    expect(expecting({ atMost: '20%' })).toContain('held against 20%, a share, and against 6d, a duration')
  })
})

describe('links of the strategy', () => {
  it('lead from principle to outcome, from outcome to vision, and to the measures that show them', async () => {
    const by = 'user:default/test'
    const draft = (kind: string, name: string, spec: Record<string, unknown>) => ({
      apiVersion: 'throughline.dev/v1',
      kind,
      metadata: { name },
      spec,
    })
    await ground.catalog.applyFolder(
      '/links',
      [
        draft('Vision', 'vision', { statement: 'A page.', outcomes: ['a', 'b', 'c'], principles: ['p', 'q', 'r'] }),
        draft('Outcome', 'a', { statement: 'A.', measure: 'delivery.change_lead_time', owner: 'team' }),
        draft('Principle', 'p', { statement: 'P.', serves: ['a'] }),
      ],
      { by },
    )
    const links = (await ground.catalog.links(['outcome:default/a'])).map(({ from, type, to }) => `${from} ${type} ${to}`)
    expect(links.sort()).toEqual([
      'outcome:default/a measuredBy measure:default/delivery.change_lead_time',
      'outcome:default/a ownedBy group:default/team',
      'outcome:default/a partOf vision:default/vision',
      'principle:default/p serves outcome:default/a',
    ])
  })
})
