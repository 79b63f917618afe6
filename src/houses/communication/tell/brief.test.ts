import { describe, expect, it } from 'vitest'
import { claimsOf } from '../render/index.ts'
import { AUDIENCES, tellBrief } from './brief.ts'
import { compared, facts, outcome, principle, reading, repository } from './facts.fixture.ts'

const texts = (told: ReturnType<typeof tellBrief>) => claimsOf(told).map((claim) => claim.text)
const lead = (days: number, n = 212) => reading('delivery.change_lead_time', days * 86_400, { n })

const checkout = outcome(
  'Checkout lead time',
  { state: 'at_risk', reading: lead(4.1) },
  {
    measure: { id: 'delivery.change_lead_time', title: 'Change lead time', unit: 's', better: 'lower' },
    value: 4.1 * 86_400,
    target: { value: 2 * 86_400, text: '2d', by: '2027-03-31' },
    forecast: {
      value: 2.9 * 86_400,
      low: 2.3 * 86_400,
      high: 3.6 * 86_400,
      level: 0.8,
      weeks: 20,
      n: 400,
      held: 0.8,
      heldOf: 200,
      points: [],
    },
    drivers: [
      { measure: 'delivery.review_time', title: 'Review time', reading: reading('delivery.review_time', 3_600) },
      { measure: 'delivery.review_wait', title: 'Waiting for review', reading: reading('delivery.review_wait', 38 * 3_600) },
    ],
  },
)
const cost = outcome('Lower cost', { state: 'unknown' }, { because: 'no cost source' })
const five = [checkout, cost, outcome('A', {}), outcome('B', {}), outcome('C', {})]

describe('the headline', () => {
  it('counts outcomes by where they stand and says why one is unknown', () => {
    expect(tellBrief(facts({ outcomes: five }), 'executive').headline.text).toBe(
      '5 outcomes: 3 on course, 1 at risk, 1 unknown (no cost source).',
    )
  })

  it('says that nothing is promised where nothing is, and that nothing is known where nothing is', () => {
    expect(tellBrief(facts({ repository: repository() }), 'executive').headline.text).toBe(
      'No outcome is written yet; the history of parcels tells the rest (512 commits, merges apart, in the last 365 days).',
    )
    expect(tellBrief(facts(), 'executive').headline.text).toBe('Nothing is known here yet: no outcome is written and no history was read.')
  })
})

describe('an outcome in a brief', () => {
  it('is told with value, n, promise, forecast and what weighs most', () => {
    expect(texts(tellBrief(facts({ outcomes: five }), 'executive'))[1]).toBe(
      'Checkout lead time is at risk: change lead time 4.1 d (n = 212); promised 2 d by 31 March 2027; forecast 2.9 d (80 %: 2.3 d to 3.6 d; 20 weeks). Mostly: waiting for review, 38 h (n = 40).',
    )
  })

  it('that is unknown says why instead of a number', () => {
    expect(texts(tellBrief(facts({ outcomes: [cost] }), 'product'))).toContain('Lower cost is unknown: no cost source.')
  })
})

describe('delivery in a brief', () => {
  const wide = { low: 80_000, high: 200_000, level: 0.95 }
  it('claims a change only where the intervals do not touch', () => {
    const now = reading('delivery.change_lead_time', 2 * 86_400, { interval: wide })
    const unclear = compared(
      'Change lead time',
      now,
      reading('delivery.change_lead_time', 2.5 * 86_400, { interval: { low: 150_000, high: 300_000, level: 0.95 } }),
    )
    const better = compared(
      'Change lead time',
      now,
      reading('delivery.change_lead_time', 9 * 86_400, { interval: { low: 600_000, high: 900_000, level: 0.95 } }),
    )
    const told = (one: typeof unclear) =>
      texts(tellBrief(facts({ outcomes: five, delivery: new Map([['delivery.change_lead_time', one]]) }), 'engineering')).find((text) =>
        text.startsWith('Half of the changes'),
      )
    expect(told(unclear)).toContain('no clear change from 2.5 d in the weeks before')
    expect(told(better)).toContain('down from 9 d in the weeks before, which is better')
    expect(
      told(compared('Change lead time', reading('delivery.change_lead_time', 86_400), reading('delivery.change_lead_time', 9 * 86_400))),
    ).not.toContain('weeks before')
  })

  it('says how little "no failure" means with few deployments', () => {
    const rate = compared(
      'Change failure rate',
      reading('delivery.change_failure_rate', 0, { unit: 'ratio', n: 5, interval: { low: 0, high: 0.43, level: 0.95 } }),
    )
    expect(
      texts(tellBrief(facts({ outcomes: five, delivery: new Map([['delivery.change_failure_rate', rate]]) }), 'engineering')),
    ).toContain('None of 5 deployments is known to have failed its users (up to 43 % would look the same).')
  })

  it('says that reverts alone tell of failures where no incident was ever recorded', () => {
    const told = (value: number) =>
      texts(
        tellBrief(
          facts({
            outcomes: five,
            incidentsKnown: false,
            delivery: new Map([
              [
                'delivery.change_failure_rate',
                compared('Change failure rate', reading('delivery.change_failure_rate', value, { unit: 'ratio', n: 20 })),
              ],
              [
                'delivery.failed_deployment_recovery_time',
                compared('Recovery', reading('delivery.failed_deployment_recovery_time', 86_400, { n: 2 })),
              ],
            ]),
          }),
          'engineering',
        ),
      ).join(' ')
    expect(told(0)).toContain(
      'None of 20 deployments is known to have failed its users; no incident was ever recorded here, so only a rollback, revert or hotfix would tell.',
    )
    expect(told(0.1)).toContain(
      'At least 2 of 20 deployments failed their users (10 %; n = 20); told by rollbacks, reverts and hotfixes alone, since no incident was ever recorded here.',
    )
    expect(told(0.1)).not.toContain('put right')
  })

  it('says what is not known, why, and what would make it known', () => {
    const delivery = new Map([
      ['delivery.change_failure_rate', compared('Change failure rate', reading('delivery.change_failure_rate', null))],
      ['delivery.rework_rate', compared('Rework rate', reading('delivery.rework_rate', null))],
    ])
    expect(texts(tellBrief(facts({ outcomes: [outcome('A', {})], delivery }), 'engineering'))).toContain(
      'Not known: change failure rate and rework rate (no incident source). Connect one.',
    )
  })
})

describe('principles in a brief', () => {
  it('are named where they are broken, with the figure that breaks them', () => {
    const broken = principle(
      'Small changes',
      { state: 'missed', rule: 'broken in 1 of 3' },
      {
        counts: { held: 2, broken: 1, excepted: 0, unknown: 0 },
        teams: [{ team: 'group:default/web', state: 'broken', broken: ['component:default/cart'], subjects: 2 }],
        subjects: [
          {
            subject: 'component:default/cart',
            team: 'group:default/web',
            state: 'broken',
            signals: [
              {
                measure: 'delivery.change_size',
                state: 'broken',
                rule: 'p75 of change size at most 400 lines; 900 lines (n = 30)',
                reading: reading('delivery.change_size', 900),
              },
            ],
          },
        ],
      },
    )
    const told = texts(tellBrief(facts({ outcomes: five, principles: [broken, principle('Reuse', {})] }), 'product'))
    expect(told).toContain(
      '"Small changes" is broken in 1 of 3: cart (1 team). In cart: p75 of change size at most 400 lines; 900 lines (n = 30).',
    )
    expect(told).toContain('1 of 2 principles is held wherever it can be judged: "Reuse".')
  })
})

describe('a repository nobody promised anything about', () => {
  it('is told in true sentences about how it ships and how work arrives, and ends in a first step', () => {
    const told = texts(tellBrief(facts({ repository: repository() }), 'engineering'))
    expect(told).toEqual([
      'No outcome is written yet; the history of parcels tells the rest (512 commits, merges apart, in the last 365 days).',
      '40 releases in these 365 days, on average one every 9.1 d; the latest is v1.2.3 of 4 May 2026.',
      'Half of the 120 changes released in these 365 days took at most 4.1 d from first commit to release; one in ten took longer than 20 d.',
      'Half of the 120 changes merged in these 365 days touch at most 45 lines, generated ones apart; one in ten has more than 640 lines.',
      'The longest way to a release of these 365 days took 90 d from the first commit: "Rewrite the sorter".',
      '72 % of 512 commits of these 365 days came through pull requests or merged branches; the others were pushed directly, or rebased so that history does not show it. Of 120 changes, 115 carry a pull-request number.',
      'The busiest area is src/server: 38 % of 512 commits by people in these 365 days touch it.',
      '7 authors wrote the 512 commits of these 365 days, bots apart.',
      'Bots wrote 23 % of 512 commits of these 365 days.',
      '4 of 7 components have an owner; nobody is named for the others.',
      'Next: write a vision of at most 300 words with three to five outcomes, in a file throughline/vision.yaml or on the Vision page; then these figures are held against what you intend.',
    ])
  })

  it('counts what can be counted instead of telling shares of a percent', () => {
    const few = repository({
      throughChanges: reading('work.through_changes', 1 / 227, { unit: 'ratio', n: 227 }),
      numbered: { numbered: 1, changes: 1 },
      bots: reading('work.bot_share', 2 / 227, { unit: 'ratio', n: 227 }),
    })
    const told = texts(tellBrief(facts({ repository: few }), 'engineering'))
    expect(told).toContain(
      '1 of 227 commits of these 365 days came through pull requests or merged branches; the others were pushed directly, or rebased so that history does not show it.',
    )
    expect(told).toContain('Bots wrote 2 of 227 commits of these 365 days.')
  })

  it('tells everybody that nothing is known of releases where no tag and no pipeline tells', () => {
    const silent = facts({
      repository: repository({ frequency: reading('delivery.deployment_frequency', null), latestDeployment: null }),
      delivery: new Map([
        ['delivery.deployment_frequency', compared('Deployment frequency', reading('delivery.deployment_frequency', null))],
      ]),
    })
    for (const audience of AUDIENCES)
      expect(texts(tellBrief(silent, audience)).join(' ')).toContain('Not known: deployment frequency (no incident source).')
  })

  it('says nothing from a handful of records, and says that it fell quiet', () => {
    const few = repository({
      window: { from: Date.parse('2018-05-04T00:00:00Z'), to: Date.parse('2019-05-04T00:00:00Z'), quiet: true },
      leadTime: reading('delivery.change_lead_time', 100, { n: 2 }),
      size: reading('delivery.change_size', null),
      bots: reading('work.bot_share', 0, { unit: 'ratio' }),
      longest: null,
      area: null,
      numbered: null,
      owned: reading('catalog.owned', null),
      frequency: reading('delivery.deployment_frequency', null),
      latestDeployment: null,
    })
    const told = texts(tellBrief(facts({ repository: few }), 'engineering'))
    expect(told[1]).toBe('No commit is known after 3 May 2019; what follows tells of the time before.')
    expect(told.join(' ')).not.toMatch(/Bots|changes released|touch at most|owner/)
  })
})

describe('a brief for each audience', () => {
  const many = facts({
    outcomes: five,
    repository: repository(),
    principles: [
      principle('Small', { state: 'missed', rule: 'broken' }),
      principle('Reuse', {}),
      principle('Plain', { state: 'unknown', rule: 'none could be read' }),
    ],
    delivery: new Map(
      [
        'delivery.change_lead_time',
        'delivery.deployment_frequency',
        'delivery.change_failure_rate',
        'delivery.rework_rate',
        'delivery.change_size',
      ].map((id) => [id, compared(id, reading(id, id === 'delivery.rework_rate' ? null : 0.5))]),
    ),
  })

  it('is at most eight sentences for executives and fourteen for product', () => {
    expect(claimsOf(tellBrief(many, 'executive')).length).toBeLessThanOrEqual(8)
    expect(claimsOf(tellBrief(many, 'product')).length).toBeLessThanOrEqual(14)
    expect(claimsOf(tellBrief(facts({ repository: repository() }), 'executive')).length).toBeLessThanOrEqual(8)
  })

  it('tells one truth: every shorter brief says nothing the longest leaves out, apart from summing up what is unknown', () => {
    const longest = new Set(texts(tellBrief(many, 'engineering')))
    for (const audience of AUDIENCES) {
      expect(texts(tellBrief(many, audience)).filter((text) => !text.startsWith('Not known') && !longest.has(text))).toEqual([])
    }
  })

  it('has grounds for every sentence: a reading, a judgement or an entity', () => {
    for (const audience of AUDIENCES) {
      expect(claimsOf(tellBrief(many, audience)).filter((claim) => claim.because.every((ground) => ground.kind === 'evidence'))).toEqual([])
    }
  })
})

it('an override of the gate is told with its reason and its end, and not as any other decision', () => {
  const at = facts({}).at
  const decision = 'decision:default/gate-override-1'
  const override = {
    decision,
    title: 'Release checkout although the gate holds',
    component: 'component:default/checkout',
    environment: 'production',
    commit: null,
    reason: 'The certificate ends tonight.',
    by: 'user:default/u1',
    told: [],
    from: at - 3_600_000,
    until: at + 3_600_000,
    withdrawnAt: null,
  }
  const told = (more: Partial<typeof override>) => texts(tellBrief(facts({ overrides: [{ ...override, ...more }] }), 'executive'))
  expect(told({})).toContain(
    'The release gate was overridden once in the last four weeks: checkout (until 1 June 2026; "The certificate ends tonight").',
  )
  expect(told({ until: at - 1 })).toContain(
    'The release gate was overridden once in the last four weeks: checkout (over; "The certificate ends tonight").',
  )
})

it('a budget that burned fast enough to wake somebody is told with how long, what still burns first', () => {
  const { at } = facts({})
  const page = (service: string, from: number, to: number | null) => ({
    id: 1,
    slo: `slo:default/${service}-answers`,
    objective: 'objective-1',
    rule: 'page',
    severity: 'page',
    service: `component:default/${service}`,
    state: to === null ? ('firing' as const) : ('resolved' as const),
    since: from,
    firedAt: from,
    endedAt: to,
    endedBy: to === null ? null : ('calm' as const),
    seen: { op: 'gt' as const, threshold: 14.4, windows: [] },
    most: 80,
    silentSince: null,
    acknowledged: null,
    untold: false,
  })
  const pages = [page('basket', at - 7_200_000, at - 3_600_000), page('search', at - 1_800_000, null)]
  expect(texts(tellBrief(facts({ pages }), 'executive'))).toContain(
    'An error budget burned fast enough to wake somebody 2 times in the last week: search (search-answers; still, since 30 min) and basket (basket-answers; for 60 min).',
  )
})
