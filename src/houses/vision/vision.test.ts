import type * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { DAY, formatInstant } from '../../ground/core/index.ts'
import { Evidence, type EvidenceInput } from '../../ground/ledger/index.ts'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { installPlatform } from '../platform/index.ts'
import { installVision, visionOperations } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/test'
let ground: TestGround

function intent(kind: string, name: string, spec: Record<string, unknown>, more: Record<string, unknown> = {}): EntityDraft {
  const apiVersion = ['Component', 'System', 'Group'].includes(kind) ? 'backstage.io/v1alpha1' : 'throughline.dev/v1'
  return { apiVersion, kind, metadata: { name, ...more }, spec }
}

/** A value sent in once a week, ending yesterday. */
function weekly(measure: string, subject: string, values: readonly number[]): EvidenceInput[] {
  return values.map((value, index) => ({
    kind: 'measurement',
    source: 'test',
    id: `${measure}-${subject}-${index}`,
    subject,
    at: formatInstant(NOW - (values.length - index) * 7 * DAY + DAY),
    measure,
    value,
  }))
}

const drafts: EntityDraft[] = [
  intent(
    'Vision',
    'vision',
    {
      statement: 'Parcels people can plan around.',
      horizon: '2028-12-31',
      outcomes: ['faster', 'calmer', 'cheaper'],
      principles: ['small', 'reuse', 'plain'],
    },
    { title: 'Parcels' },
  ),
  intent(
    'Outcome',
    'faster',
    {
      statement: 'Parcels arrive within a day.',
      measure: 'parcel.hours',
      baseline: { value: 40, at: '2026-01-05' },
      target: { value: 12, by: '2026-08-01' },
    },
    { title: 'Faster parcels' },
  ),
  intent('Outcome', 'calmer', {
    statement: 'Nobody is woken at night.',
    measure: 'pages',
    baseline: { value: 10, at: '2026-01-05' },
    target: { value: 1, by: '2026-08-01' },
  }),
  intent('Outcome', 'cheaper', {
    statement: 'A parcel costs less.',
    measure: 'cost.parcel',
    baseline: { value: 5, at: '2026-01-05' },
    target: { value: 4, by: '2026-08-01' },
  }),
  intent('Principle', 'small', {
    statement: 'Keep queues short.',
    forbids: ['a queue nobody watches'],
    serves: ['faster'],
    signals: [{ measure: 'queue', atMost: 10 }],
  }),
  intent('Principle', 'reuse', {
    statement: 'Reuse before building.',
    forbids: ['a second copy'],
    signals: [{ measure: 'platform.reuse', atLeast: '80%' }],
  }),
  intent('Principle', 'plain', { statement: 'Strive for excellence.' }),
  intent(
    'Measure',
    'parcel.hours',
    { question: 'How long does a parcel take?', unit: 'count', better: 'lower' },
    { title: 'Hours to the door' },
  ),
  intent('Measure', 'pages', { question: 'How often is somebody woken?', unit: 'count', better: 'lower' }, { title: 'Pages at night' }),
  intent('Measure', 'queue', { question: 'How long is the queue?', unit: 'count', better: 'lower' }, { title: 'Queue' }),
  intent('Group', 'web', { type: 'team', children: [] }),
  intent('Component', 'cart', {
    type: 'service',
    lifecycle: 'production',
    owner: 'web',
    system: 'shop',
    dependsOn: ['component:payments'],
  }),
  intent(
    'Component',
    'rebel',
    { type: 'service', lifecycle: 'production', owner: 'web' },
    {
      tags: ['capability:payments'],
      annotations: { 'throughline.dev/repository': 'repository:default/shop', 'throughline.dev/path': 'services/rebel' },
    },
  ),
  intent(
    'Component',
    'payments',
    { type: 'service', lifecycle: 'production', owner: 'group:default/money', provides: ['payments'] },
    { tags: ['platform'] },
  ),
  intent('System', 'shop', { owner: 'web' }),
  intent('Exception', 'cart-queue', {
    from: 'principle:default/small',
    subjects: ['system:default/shop'],
    reason: 'moving house',
    until: '2026-05-20',
    approvedBy: 'web',
  }),
  intent('Decision', 'd1', { status: 'accepted', date: '2026-05-04', supports: ['small'], affects: ['rebel'] }, { title: 'Short queues' }),
  intent('Decision', 'd2', { status: 'accepted', date: '2026-05-10', against: ['small'] }, { title: 'Long queues' }),
]

type Operations = (typeof visionOperations)[number]
type Answer<Id extends string> = z.output<Extract<Operations, { id: Id }>['output']>

/** Calls an operation as the doors do: input parsed, output checked. */
async function call<Id extends Operations['id']>(id: Id, ask: Record<string, unknown> = {}): Promise<Answer<Id>> {
  const operation: { input: z.ZodType; output: z.ZodType; run: (ask: never, context: never) => Promise<unknown> } = visionOperations.find(
    (one) => one.id === id,
  )!
  const answer = await operation.run(
    (await operation.input.parseAsync(ask)) as never,
    { ...ground, caller: { person: by, scopes: ['admin'] } } as never,
  )
  return (await operation.output.parseAsync(answer)) as Answer<Id>
}

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installPlatform, installVision] })
  const applied = await ground.catalog.applyFolder('/intent', drafts, { by })
  if (applied.problems.some((problem) => problem.severity === 'error')) throw new Error(JSON.stringify(applied.problems))
  const records = [
    ...weekly('parcel.hours', 'component:default/cart', [40, 39, 37, 35, 34, 32, 31, 30, 28, 27, 25, 24, 22, 21, 20, 19, 18, 17, 16, 15]),
    ...weekly('pages', 'component:default/cart', [10, 10, 9, 10, 9, 10, 9, 9, 10, 9, 9, 9]),
    ...weekly('queue', 'component:default/cart', [30, 30, 30]),
    ...weekly('queue', 'component:default/rebel', [3, 3, 3]),
  ]
  await ground.ledger.append(
    records.map((record) => Evidence.parse(record)),
    { by },
  )
}, 60_000)
afterAll(() => ground.store.close())

describe('the vision page', () => {
  it('counts where outcomes stand and lists them worst first', async () => {
    const page = await call('vision.page')
    expect(page.counts).toEqual({ met: 0, on_course: 1, at_risk: 1, missed: 0, unknown: 1 })
    expect(page.outcomes.map((outcome) => outcome.ref)).toEqual([
      'outcome:default/calmer',
      'outcome:default/cheaper',
      'outcome:default/faster',
    ])
    expect(page.vision).toMatchObject({ title: 'Parcels', horizon: '2028-12-31' })
  })

  it('says what a careful reader would object to', async () => {
    const { remarks } = await call('vision.page')
    const codes = remarks.map((remark) => `${remark.code} ${remark.ref}`)
    expect(codes).toContain('lint.cited_both_ways principle:default/small')
    expect(codes).toContain('lint.forbids_nothing principle:default/plain')
    expect(codes).toContain('lint.vague principle:default/plain')
    expect(codes).toContain('lint.measure_unknown outcome:default/cheaper')
  })
})

describe('outcomes', () => {
  it('tell progress, pace, forecast and the records behind them', async () => {
    const { outcomes } = await call('outcomes')
    const faster = outcomes.find((outcome) => outcome.ref === 'outcome:default/faster')!
    expect(faster.judgement.state).toBe('on_course')
    expect(faster.progress).toBeGreaterThan(0.7)
    expect(faster.pace!.seen!).toBeLessThan(faster.pace!.needed!)
    expect(faster.forecastUnknown!.code).toBe('short_history')
    expect(faster.likelihood).toMatchObject({ basis: 'pace' })
    expect(faster.series.filter((point) => point.value !== null).length).toBe(20)
  })

  it('are the same when asked again as of the same day, whatever was learned since', async () => {
    const before = JSON.stringify(await call('outcomes', { asOf: formatInstant(NOW) }))
    ground.setNow(NOW + DAY)
    await ground.ledger.append(
      weekly('pages', 'component:default/late', [99, 99, 99]).map((record) => Evidence.parse(record)),
      { by },
    )
    expect(JSON.stringify(await call('outcomes', { asOf: formatInstant(NOW) }))).toBe(before)
  })
})

describe('principles', () => {
  it('are broken in the components that break them, after their exception ended', async () => {
    const { principles } = await call('principles', { at: formatInstant(NOW) })
    const small = principles.find((principle) => principle.ref === 'principle:default/small')!
    expect(small.judgement).toMatchObject({ state: 'missed', rule: 'broken in 1 of 2, 2 unknown' })
    expect(small.subjects[0]).toMatchObject({ subject: 'component:default/cart', team: 'group:default/web', state: 'broken' })
    expect(small.subjects[0]!.signals[0]!.rule).toContain('its exception ended on 20 May 2026')
    expect(small.cited.map((cited) => cited.how).sort()).toEqual(['against', 'supports'])
  })

  it('were excepted while the exception held', async () => {
    const { principles } = await call('principles', { at: '2026-05-19T00:00:00Z' })
    const small = principles.find((principle) => principle.ref === 'principle:default/small')!
    expect(small.subjects.find((subject) => subject.subject === 'component:default/cart')!.state).toBe('excepted')
  })

  it('show who builds a shared capability again', async () => {
    const { principles } = await call('principles')
    const reuse = principles.find((principle) => principle.ref === 'principle:default/reuse')!
    const states = Object.fromEntries(reuse.subjects.map((subject) => [subject.subject, subject.state]))
    expect(states).toEqual({
      'component:default/cart': 'held',
      'component:default/rebel': 'broken',
      'component:default/payments': 'unknown',
      'repository:default/shop': 'unknown',
    })
  })

  it('come ready with working signals', async () => {
    const { principles } = await call('principles.ready')
    expect(principles.map((principle) => principle.name)).toEqual(['reuse-the-platform', 'small-reversible-changes'])
    for (const principle of principles)
      expect(ground.catalog.checkDraft(principle.doc).filter((problem) => problem.severity === 'error')).toEqual([])
  })
})

describe('what applies here', () => {
  it('names the component of a path, the decisions that affect it and how it lives the principles', async () => {
    const here = await call('applies', { path: 'services/rebel/src/pay.ts' })
    expect(here.components).toEqual([
      { ref: 'component:default/rebel', title: 'Rebel', declared: true, owner: 'group:default/web', path: 'services/rebel' },
    ])
    expect(here.decisions.map((decision) => [decision.ref, decision.because])).toContainEqual([
      'decision:default/d1',
      'it affects component:default/rebel',
    ])
    expect(here.principles.find((principle) => principle.ref === 'principle:default/reuse')!.state).toBe('broken')
  })

  it('names the live exceptions of the system a component belongs to', async () => {
    const here = await call('applies', { component: 'component:default/cart', at: '2026-05-19T00:00:00Z' })
    expect(here.exceptions.map((exception) => exception.ref)).toEqual(['exception:default/cart-queue'])
  })

  it('asks for a path or a component', async () => {
    await expect(call('applies')).rejects.toThrow('Neither a path nor a component is named')
  })
})
